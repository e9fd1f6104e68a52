/** An instant as records tell it, `YYYY-MM-DDTHH:MM:SSZ`: milliseconds since 1970, in whole seconds. Pure. */
export function recordInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
