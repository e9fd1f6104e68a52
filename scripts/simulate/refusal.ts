/** Why the command cannot do what it is asked, in one line that begins with what is at fault. */
export class Refusal extends Error {}

/** A short word for a system error: `ENOENT`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
