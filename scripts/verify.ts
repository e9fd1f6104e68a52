import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Verdict } from '../src/allocator/verdict.ts';
import { createVerifier } from '../src/allocator/verify.ts';
import { nodeSha256 } from '../src/node-sha256.ts';
import { type Progress, startProgress } from './progress.ts';
import { readBytes, readLines } from './read-lines.ts';

const usage = 'usage: npm run --silent verify -- RECORD.ndjson[.gz] | -';

/** Reads the arguments, verifies one record, answers with the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const path = readPath(args);
  if (path === undefined) return fail(2, usage);
  let verdict: Verdict;
  try {
    verdict = await verifyFile(path);
  } catch (error) {
    const source = path === '-' ? 'standard input' : path;
    return fail(2, `cannot read ${source}: ${error instanceof Error ? error.message : error}`);
  }
  if (verdict.verdict === 'verified') {
    process.stdout.write(`${summarise(verdict)}\n`);
    return 0;
  }
  return fail(verdict.verdict === 'differs' ? 1 : 2, `line ${verdict.line}: ${verdict.reason}`);
}

function readPath(args: readonly string[]): string | undefined {
  try {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    return positionals.length === 1 ? positionals[0] : undefined;
  } catch {
    return undefined;
  }
}

async function verifyFile(path: string): Promise<Verdict> {
  const verifier = createVerifier({ sha256: nodeSha256 });
  const progress = await showProgress(path);
  try {
    for await (const lines of readLines(readBytes(path, (bytes) => progress.step(bytes)))) {
      if (!lines.every((line) => verifier.push(line))) break;
    }
    return verifier.end();
  } finally {
    progress.done();
  }
}

/** Nothing but the verdict is written unless a person is watching. */
async function showProgress(path: string): Promise<Progress> {
  const isWatched = process.stderr.isTTY && path !== '-';
  return startProgress('verifying (bytes read)', isWatched ? (await stat(path)).size : 0);
}

function summarise(verdict: Extract<Verdict, { verdict: 'verified' }>): string {
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
      ? 'entropy from drand quicknet'
      : "entropy from the operator's secret, which is weaker: " +
        'the operator could have stayed silent, or added entries';
  const end = verdict.isVoid ? '; VOID: this draw counts for nothing' : '';
  return `verified draw ${draw} of prefecture ${prefecture}: ${counts}; ${source}${end}`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** One line, whatever a hostile record put into its member names. */
function fail(code: number, message: string): number {
  const line = message.replaceAll(
    /[^\x20-\x7e]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  process.stderr.write(`${line}\n`);
  return code;
}

process.exitCode = await main(process.argv.slice(2));
