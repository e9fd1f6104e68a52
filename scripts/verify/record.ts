import { stat } from 'node:fs/promises';
import type { Verdict } from '../../src/allocator/record/verdict.ts';
import { createVerifier } from '../../src/allocator/record/verify.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { type Progress, startProgress } from '../progress.ts';
import type { keepDraw } from './observed.ts';
import { isAddress, readBytes, readLines } from './read-lines.ts';
import { Refusal, reasonOf } from './refusal.ts';

type Verified = Extract<Verdict, { verdict: 'verified' }>;

/**
 * Verifies a record: a path, an address, or `-`. Events after `now` are warned of.
 *
 * @throws Refusal 1 where it differs, 2 where it is malformed or cannot be read.
 */
export async function checkRecord(
  name: string,
  now: string,
  observer?: ReturnType<typeof keepDraw>,
): Promise<{ verdict: Verified; summary: string[] }> {
  const source = name === '-' ? 'standard input' : name;
  const verdict = await verifyRecord(name, observer, now).catch((error) => {
    throw new Refusal(2, `cannot read ${source}: ${reasonOf(error)}`, { cause: error });
  });
  if (verdict.verdict === 'verified') {
    return { verdict, summary: [summarise(verdict), ...warnings(verdict, now)] };
  }
  const exitCode = verdict.verdict === 'differs' ? 1 : 2;
  throw new Refusal(exitCode, `line ${verdict.line}: ${verdict.reason}`);
}

async function verifyRecord(
  name: string,
  observer: ReturnType<typeof keepDraw> | undefined,
  now: string,
): Promise<Verdict> {
  const verifier = createVerifier({ sha256: nodeSha256, now, ...(observer && { observer }) });
  const progress = await showProgress(name);
  try {
    for await (const lines of readLines(readBytes(name, (bytes) => progress.step(bytes)))) {
      if (!lines.every((line) => verifier.push(line))) break;
    }
    return verifier.end();
  } finally {
    progress.done();
  }
}

/** Nothing but the verdict is written unless a person is watching. */
async function showProgress(name: string): Promise<Progress> {
  const label = 'verifying (bytes read)';
  if (!process.stderr.isTTY) return startProgress(label, 0);
  if (name === '-' || isAddress(name)) return countMegabytes();
  return startProgress(label, (await stat(name)).size);
}

/** For what has no known end. */
function countMegabytes(): Progress {
  let bytes = 0;
  let shown = 0;
  return {
    step(by = 1) {
      bytes += by;
      const megabytes = Math.floor(bytes / 1_000_000);
      if (megabytes > shown) process.stderr.write(`\rverifying: ${megabytes} MB read`);
      shown = megabytes;
    },
    done() {
      if (shown > 0) process.stderr.write('\n');
    },
  };
}

/** What does not follow from the record alone: it is right, and yet something is odd. */
function warnings({ future }: Verified, now: string): string[] {
  if (!future) return [];
  const events = count(future.events, 'event lies', 'events lie');
  return [`warning: ${events} after ${now}, the first in line ${future.line}`];
}

function summarise(verdict: Verified): string {
  const { draw, prefecture, entries, places, winners, refills, events } = verdict;
  const counts = [
    count(entries, 'entry', 'entries'),
    count(places, 'place', 'places'),
    count(winners, 'winner', 'winners'),
    count(refills, 'refill', 'refills'),
    count(events, 'event', 'events'),
  ].join(', ');
  const source =
    verdict.entropy === 'drand'
      ? `entropy from drand quicknet; ${backDated}`
      : "entropy from the operator's secret, which is weaker: " +
        'the operator could have stayed silent, or added entries';
  const early = verdict.hasNoOutcome ? ', declared so before it had an outcome' : '';
  const end = verdict.isVoid ? `; VOID${early}: this draw counts for nothing` : '';
  return `verified draw ${draw} of prefecture ${prefecture}: ${counts}; ${source}${end}`;
}

/** Said for drand as weakness is said for a secret: a round of the past is known to everybody. */
const backDated =
  'a manifest that no witness held before that round could be back-dated, and tried out until it suited';

/** A number with its noun. */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
