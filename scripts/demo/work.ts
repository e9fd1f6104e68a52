import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Client } from './client.ts';

/** The header that a join must carry: asks for a challenge and solves it, as a browser would. */
export async function workFor(
  client: Client,
  purpose: 'join' | 'link',
): Promise<Record<string, string>> {
  const { status, body } = await client.request<Challenge>('GET', `/challenge?purpose=${purpose}`);
  return status === 204 ? {} : { 'Proof-Of-Work': await solve(body) };
}

/**
 * Solves a challenge; returns it as ALTCHA writes solutions.
 *
 * @throws Error if it took a minute and a half, which a device in one's hand would give up before
 */
export async function solve(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey });
  if (solution === null) throw new Error('the proof of work took too long');
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}
