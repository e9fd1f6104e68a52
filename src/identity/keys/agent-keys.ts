import { createHash, timingSafeEqual } from 'node:crypto';
import { randomBase32 } from './ids.ts';

export interface NewAgentKey {
  /** `tirage_<id>_<secret>`: shown once, never stored. */
  readonly key: string;
  readonly id: string;
  /** SHA-256 of the secret, hex: the only thing to store. */
  readonly hash: string;
}

/**
 * A new API key for an agent or a system. The secret has 200 random bits, so that a plain hash
 * protects it at rest: nothing short enough to guess is being hashed.
 */
export function newAgentKey(): NewAgentKey {
  const id = randomBase32(10);
  const secret = randomBase32(40);
  return { key: `tirage_${id}_${secret}`, id, hash: hashOf(secret).toString('hex') };
}

/** Takes an API key apart, or `undefined` if the text is not one. */
export function parseAgentKey(text: string): { id: string; secret: string } | undefined {
  const match = /^tirage_([0-9a-z]{10})_([0-9a-z]{40})$/.exec(text);
  const [id, secret] = [match?.[1], match?.[2]];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** A new token for a person who signed in, whose pseudonym (16 characters) is given. */
export function newSessionToken(pseudonym: string): { token: string; hash: string } {
  const secret = randomBase32(40);
  return { token: `tirages_${pseudonym}_${secret}`, hash: hashOf(secret).toString('hex') };
}

/** Takes a session's token apart, or `undefined` if the text is not one. */
export function parseSessionToken(text: string): { agent: string; secret: string } | undefined {
  const match = /^tirages_([A-Za-z0-9_-]{16})_([0-9a-z]{40})$/.exec(text);
  const [id, secret] = [match?.[1], match?.[2]];
  return id === undefined || secret === undefined ? undefined : { agent: `p-${id}`, secret };
}

/** Whether a text has the form of what agents bring: a key, or the token of a session. */
export function isOfAgents(text: string): boolean {
  return (parseAgentKey(text) ?? parseSessionToken(text)) !== undefined;
}

/** Whether the secret belongs to the stored hash, in a time that does not depend on either. */
export function isAgentSecret(secret: string, hash: string): boolean {
  const expected = Buffer.from(hash, 'hex');
  const given = hashOf(secret);
  return expected.length === given.length && timingSafeEqual(given, expected);
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
