import { stat } from 'node:fs/promises';
import type { Verdict } from '../../src/allocator/record/verdict.ts';
import { createVerifier } from '../../src/allocator/record/verify.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { type Progress, startProgress } from '../progress.ts';
import { type Arguments, help, readArguments } from './arguments.ts';
import { type CheckedDraw, keepDraw } from './observed.ts';
import { isAddress, readBytes, readLines } from './read-lines.ts';
import { Refusal, reasonOf } from './refusal.ts';
import { storyOf } from './story.ts';

/** Checks all that was asked for and answers with the lines to print. @throws Refusal */
async function main(args: readonly string[]): Promise<string[]> {
  const asked = readArguments(args);
  if (!asked) return help.trimEnd().split('\n');
  const lines: string[] = [];
  let checked: CheckedDraw | undefined;
  if (asked.record !== undefined) {
    const { summary, draw } = await checkRecord(asked.record, asked);
    lines.push(...summary);
    checked = draw;
  }
  if (asked.entry !== undefined && checked) lines.push(...storyOf(asked.entry, checked));
  if (isMoreAsked(asked)) {
    // What reads signatures takes longer to load than a small record to verify.
    const { checkMore } = await import('./more-checks.ts');
    lines.push(...(await checkMore(asked, checked)));
  }
  return lines;
}

function needsDraw({ entry, receipt, certificate, register, proofs }: Arguments): boolean {
  const given = [entry, receipt, certificate, register, ...proofs];
  return given.some((option) => option !== undefined);
}

function isMoreAsked(asked: Arguments): boolean {
  const { receipt, certificate, evidence, keys, register, checkpoints, proofs } = asked;
  const given = [receipt, certificate, evidence, keys, register, ...checkpoints, ...proofs];
  return given.some((option) => option !== undefined);
}

/** A million entries are kept after the verification only if somebody asks about them. */
async function checkRecord(
  name: string,
  asked: Arguments,
): Promise<{ summary: string[]; draw: CheckedDraw | undefined }> {
  const observer = needsDraw(asked) ? keepDraw() : undefined;
  const now = asked.now ?? `${new Date().toISOString().slice(0, 19)}Z`;
  let verdict: Verdict;
  try {
    verdict = await verifyRecord(name, observer, now);
  } catch (error) {
    const source = name === '-' ? 'standard input' : name;
    throw new Refusal(2, `cannot read ${source}: ${reasonOf(error)}`, { cause: error });
  }
  if (verdict.verdict === 'verified') {
    const summary = [summarise(verdict), ...warnings(verdict, now)];
    if (!verdict.hasNoOutcome) return { summary, draw: observer?.checked() };
    const { entry, receipt, certificate, proofs } = asked;
    if ([entry, receipt, certificate, ...proofs].every((option) => option === undefined)) {
      return { summary, draw: undefined };
    }
    throw new Refusal(2, `${summary[0]}: nothing more can be checked against it`);
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

type Verified = Extract<Verdict, { verdict: 'verified' }>;

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
      ? 'entropy from drand quicknet'
      : "entropy from the operator's secret, which is weaker: " +
        'the operator could have stayed silent, or added entries';
  const early = verdict.hasNoOutcome ? ', declared so before it had an outcome' : '';
  const end = verdict.isVoid ? `; VOID${early}: this draw counts for nothing` : '';
  return `verified draw ${draw} of prefecture ${prefecture}: ${counts}; ${source}${end}`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** What the command writes, and how it ends. */
export interface Answer {
  readonly exitCode: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

/** Runs the command with these arguments. Expected failures are answers, anything else is thrown. */
export async function runVerify(args: readonly string[]): Promise<Answer> {
  try {
    const lines = await main(args);
    return { exitCode: 0, out: lines.map((line) => `${readable(line)}\n`).join(''), err: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { exitCode: error.exitCode, out: '', err: `${plain(error.message)}\n` };
  }
}

/** Plain ASCII, whatever a hostile file put into its members: no line of it can pose as ours. */
function plain(line: string): string {
  return line.replaceAll(/[^\x20-\x7e]/g, escaped);
}

/** The same, but for the letters and signs of French: reasons of void draws are written in it. */
function readable(line: string): string {
  return line.replaceAll(/[^\x20-\x7e\u00c0-\u017f«»°’“”–…€]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
