/**
 * What a sealed person is bound to: the `context` of the vault. Whoever seals a person for an
 * entry, or opens it, must use this one.
 */
export function personContext(prefecture: string, entryId: string): string {
  return `person:${prefecture}:${entryId}`;
}

/** What the sealed text of an appeal is bound to. Pure. */
export function appealContext(prefecture: string, entryId: string): string {
  return `appeal:${prefecture}:${entryId}`;
}

/** What a sealed letter is bound to. Pure. */
export function letterContext(prefecture: string, message: string): string {
  return `letter:${prefecture}:${message}`;
}

/** What the sealed reference of a mandate is bound to. Pure. */
export function mandateContext(prefecture: string, entryId: string): string {
  return `mandate:${prefecture}:${entryId}`;
}
