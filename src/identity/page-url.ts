/**
 * The addresses of the pages for people, as messages carry them. One place for all who send them and
 * for the test that they are served. `publicUrl` has no slash at its end.
 */
export function prefecturePageUrl(publicUrl: string, prefecture: string): string {
  return `${publicUrl}/p/${prefecture}`;
}

/** The page where a person sees and changes an entry. Never with its token: addresses are kept. */
export function entryPageUrl(publicUrl: string, prefecture: string, entryId: string): string {
  return `${prefecturePageUrl(publicUrl, prefecture)}/entries/${entryId}`;
}
