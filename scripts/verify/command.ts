import { recordInstant } from '../../src/base/instants.ts';
import { type Arguments, help, readArguments } from './arguments.ts';
import { type CheckedDraw, keepDraw } from './observed.ts';
import { checkRecord } from './record.ts';
import { Refusal } from './refusal.ts';
import { storyOf } from './story.ts';

/** Checks all that was asked for and answers with the lines to print. @throws Refusal */
async function main(args: readonly string[]): Promise<string[]> {
  const asked = readArguments(args);
  if (!asked) return help.trimEnd().split('\n');
  const now = asked.now ?? recordInstant(Date.now());
  if (asked.series) {
    const { checkSeries } = await import('./series.ts');
    return checkSeries(asked.series, asked.register, now);
  }
  const lines: string[] = [];
  let checked: CheckedDraw | undefined;
  if (asked.record !== undefined) {
    const { summary, draw } = await checkDraw(asked.record, asked, now);
    lines.push(...summary);
    checked = draw;
  }
  if (asked.entry !== undefined && checked) lines.push(...storyOf(asked.entry, checked));
  if (isMoreAsked(asked)) {
    // What reads signatures takes longer to load than a small record to verify.
    const { checkMore } = await import('./more-checks.ts');
    lines.push(...(await checkMore(asked, checked, now)));
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
async function checkDraw(
  name: string,
  asked: Arguments,
  now: string,
): Promise<{ summary: string[]; draw: CheckedDraw | undefined }> {
  const observer = needsDraw(asked) ? keepDraw() : undefined;
  const { verdict, summary } = await checkRecord(name, now, observer);
  if (!verdict.hasNoOutcome) return { summary, draw: observer?.checked() };
  const { entry, receipt, certificate, proofs } = asked;
  if ([entry, receipt, certificate, ...proofs].every((option) => option === undefined)) {
    return { summary, draw: undefined };
  }
  throw new Refusal(2, `${summary[0]}: nothing more can be checked against it`);
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
