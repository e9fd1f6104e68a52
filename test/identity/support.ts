import { randomBytes } from 'node:crypto';
import { type Keyring, parseKeyring } from '#src/identity/keys/keyring.ts';

/** A keyring of fresh random keys with these ids, the first current. */
export function newKeyring(...ids: readonly string[]): Keyring {
  return parseKeyring(newKeyText(...ids));
}

export function newKeyText(...ids: readonly string[]): string {
  return ids.map((id) => `${id}:${randomBytes(32).toString('base64')}`).join(',');
}
