/**
 * The addresses of the pages for people, as messages carry them. One place for all who send them and
 * for the test that they are served. `publicUrl` has no slash at its end.
 */
export function prefecturePageUrl(publicUrl: string, prefecture: string): string {
  return `${publicUrl}/p/${prefecture}`;
}

/** The page where a person joins. */
export function joinPageUrl(publicUrl: string, prefecture: string): string {
  return `${prefecturePageUrl(publicUrl, prefecture)}/join`;
}

/** The page where who lost the link to an entry asks for it. */
export function lostLinkPageUrl(publicUrl: string, prefecture: string): string {
  return `${prefecturePageUrl(publicUrl, prefecture)}/lost-link`;
}

/** The page where a person sees and changes an entry. Never with its token: addresses are kept. */
export function entryPageUrl(publicUrl: string, prefecture: string, entryId: string): string {
  return `${prefecturePageUrl(publicUrl, prefecture)}/entries/${entryId}`;
}

/** The page that checks receipts and certificates. */
export function certificatesPageUrl(publicUrl: string): string {
  return `${publicUrl}/certificates`;
}

/** The same with a signed document to check: what the codes on paper hold. */
export function checkUrl(publicUrl: string, jws: string): string {
  return `${certificatesPageUrl(publicUrl)}?jws=${jws}`;
}
