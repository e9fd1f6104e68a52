import {
  openSeries,
  type Series,
  SeriesDifference,
  type SeriesSummary,
} from '../../src/allocator/record/series.ts';
import { readRecordLine } from '../../src/allocator/record/verify-line.ts';
import type { Manifest } from '../../src/allocator/types.ts';
import { DomainError } from '../../src/base/errors.ts';
import { type CheckedDraw, keepDraw } from './observed.ts';
import { readBytes, readLines } from './read-lines.ts';
import { checkRecord, count } from './record.ts';
import { Refusal, reasonOf } from './refusal.ts';
import { readRegister } from './register.ts';

interface Named {
  readonly name: string;
  readonly manifest: Manifest;
}

/**
 * Verifies records of one prefecture, each by itself and each against those before it (lottery/v2 §9),
 * one at a time in memory; says what was found, a line for each and one for all.
 *
 * @throws Refusal 1 at the first thing that differs, 2 where something cannot be read or compared.
 */
export async function checkSeries(
  names: readonly string[],
  registerName: string | undefined,
  now: string,
): Promise<string[]> {
  const nothingKept = { sizes: [], indexes: [], draw: undefined };
  const register =
    registerName === undefined ? undefined : await readRegister(registerName, nothingKept);
  const series = openSeries(register?.series ?? []);
  const lines: string[] = [];
  const met = { void: 0, first: 0 };
  for (const { name, manifest } of await inOrder(names)) {
    const observer = keepDraw();
    const { verdict, summary } = await checkRecord(name, now, observer).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(error.exitCode, `${name}: ${error.message}`, { cause: error });
    });
    lines.push(...summary);
    if (verdict.isVoid) met.void += 1;
    else if (manifest.algorithm === 'lottery/v1') {
      met.first += 1;
      series.seeFirst(observer.checked().draw.entries);
    } else see(series, observer.checked());
  }
  return [
    ...lines,
    ...(register?.notesAt(now) ?? []),
    summarise(series.summary(), names.length, met, register !== undefined),
  ];
}

function see(series: Series, { draw, events }: CheckedDraw): void {
  try {
    series.see({ ...draw, events });
  } catch (error) {
    if (!(error instanceof SeriesDifference)) throw error;
    throw new Refusal(1, `series: ${error.message}`, { cause: error });
  }
}

/** The records in the order of their freezes. @throws Refusal 2 unless all are of one prefecture. */
async function inOrder(names: readonly string[]): Promise<Named[]> {
  const all: Named[] = [];
  for (const name of names) all.push({ name, manifest: await manifestOf(name) });
  const [first] = all;
  const draws = new Set<string>();
  for (const { name, manifest } of all) {
    const { prefecture, draw } = manifest;
    if (prefecture !== first?.manifest.prefecture) {
      throw new Refusal(2, `${name} is of prefecture ${prefecture}, ${first?.name} is of another`);
    }
    if (draws.has(draw)) throw new Refusal(2, `${name} is a second record of draw ${draw}`);
    draws.add(draw);
  }
  // Instants of this form compare as text.
  const keyOf = ({ manifest }: Named) => `${manifest.frozenAt} ${manifest.draw}`;
  return all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The first line of a record; that it is right is found out later. */
async function manifestOf(name: string): Promise<Manifest> {
  try {
    for await (const [line = ''] of readLines(readBytes(name))) {
      const read = readRecordLine(line);
      if (read.kind === 'manifest') return read.manifest;
      throw new Refusal(1, `${name}: line 1: expected the manifest`);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const isMalformed = error instanceof DomainError;
    const reason = isMalformed ? `line 1: ${error.message}` : `cannot be read: ${reasonOf(error)}`;
    throw new Refusal(2, `${name}: ${reason}`, { cause: error });
  }
  throw new Refusal(2, `${name}: is empty`);
}

function summarise(
  { compared, carried, credited, priorityChanges, partyChanges }: SeriesSummary,
  records: number,
  met: { readonly void: number; readonly first: number },
  hasRegister: boolean,
): string {
  const left = [
    ...(met.void === 0 ? [] : [`${met.void} void and left out`]),
    ...(met.first === 0 ? [] : [`${met.first} of lottery/v1`]),
  ].map((text) => `, ${text}`);
  return (
    `series of ${count(records, 'record', 'records')}${left.join('')}: ` +
    `what ${count(compared, 'draw says', 'draws say')} of misses, amends and rests follows from those ` +
    `before; carried: ${carried}, credited: ${credited}${hasRegister ? '' : ' (no --register)'}; ` +
    `changes of priority: ${priorityChanges}, of party: ${partyChanges}`
  );
}
