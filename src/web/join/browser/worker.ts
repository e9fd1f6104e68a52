import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { minuteMs } from '../../../base/units.ts';

// A Web Worker: solves one challenge of ALTCHA, and answers with the solution, or null.

/** The slowest telephones, with the most work that is ever asked for. */
const LONGEST_MS = 10 * minuteMs;

self.addEventListener('message', async ({ data: challenge }: MessageEvent<Challenge>) => {
  const solution = await solveChallenge({ challenge, deriveKey, timeout: LONGEST_MS }).catch(
    () => null,
  );
  self.postMessage(solution);
});
