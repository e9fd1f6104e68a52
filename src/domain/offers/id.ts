/** The id of an offer, `<draw>.<entry>`: neither holds a dot, for the service made both. Pure. */
export function offerId(draw: string, entry: string): string {
  return `${draw}.${entry}`;
}

/** The draw and the entry of an offer id; undefined if it is none. Pure. */
export function parseOfferId(id: string): { draw: string; entry: string } | undefined {
  const [, draw, entry] = /^([^.]+)\.([^.]+)$/.exec(id) ?? [];
  return draw === undefined || entry === undefined ? undefined : { draw, entry };
}
