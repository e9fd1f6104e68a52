import fc from 'fast-check';
import { allocate, outcomeHash } from '#src/allocator/draw/draw.ts';
import { buildManifest, seedOf } from '#src/allocator/record/manifest.ts';
import { eventLine } from '#src/allocator/record/record.ts';
import type { Algorithm, Entry, Manifest, Rules, Slot } from '#src/allocator/types.ts';
import { jcs } from '#src/base/jcs.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { historyOf, recordOf, type Vector, vector } from './vector-records.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The same pool drawn with a secret of the operator: verified many times as fast as drand. */
export function withSecret(example: Vector): Vector {
  const { manifest, entries, slots } = example;
  const entropy = '5'.repeat(64);
  const commitment = nodeSha256.hex(Buffer.from(entropy, 'hex'));
  const changed: Manifest = { ...manifest, entropy: { source: 'operator', commitment } };
  const input = { entries, slots, rules: manifest.rules, seed: seedFor(changed, entropy) };
  const { ranking, winners } = allocate(input, nodeSha256);
  const expected = { ranking, winners, outcomeHash: outcomeHash(winners, nodeSha256) };
  return { ...example, manifest: changed, entropy, expected };
}

/** A pool that was frozen and drawn with a secret of the operator. */
export function drawnVector(pool: {
  readonly entries: readonly Entry[];
  readonly slots: readonly Slot[];
  readonly rules: Rules;
  readonly algorithm?: Algorithm;
  readonly draw?: string;
  readonly frozenAt?: string;
}): Vector {
  const manifest = buildManifest({ ...vector('one-of-three').manifest, ...pool }, nodeSha256);
  const expected = { ranking: [], winners: [], outcomeHash: '' };
  return withSecret({ ...pool, manifest, entropy: '', expected });
}

/** The seed of a draw. */
export function seedFor(manifest: Manifest, entropy: string): string {
  return seedOf(manifest, entropy, nodeSha256);
}

// Quotas, ageing, windows; with and without losers. Small, so that a changed number or name is
// often still a plausible one.
const withDrand = ['reseat', 'quotas'].map(vector);
const withoutDrand = ['quotas', 'ageing', 'windows', 'reseat', 'crowd-0'].map((name) =>
  withSecret(vector(name)),
);

/** A record with a possible history. */
export const anyRecord = fc
  .record({
    example: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...withDrand) },
      { weight: 9, arbitrary: fc.constantFrom(vector('one-of-three'), ...withoutDrand) },
    ),
    choices: fc.array(fc.nat(), { minLength: 5, maxLength: 20 }),
  })
  .map(({ example, choices }) => {
    const history = historyOf(example, choices);
    return { example, history, lines: recordOf(example, history) };
  });

const ofV2 = ['v2-party', 'v2-owed', 'v2-resting', 'v2-priority-places', 'v2-crowd-0'].map((name) =>
  withSecret(vector(name)),
);

/** A record of v2 with a possible history; now and then one that was void before its outcome. */
export const anyRecord2 = fc
  .record({
    example: fc.constantFrom(...ofV2),
    choices: fc.array(fc.nat(), { minLength: 5, maxLength: 20 }),
    cut: fc.nat({ max: 9 }),
  })
  .map(({ example, choices, cut }) => {
    const { slots, entries } = example;
    const history = cut > 1 ? historyOf(example, choices) : [];
    const whole = recordOf(example, history);
    const head = 1 + slots.length + entries.length + cut;
    const lines =
      cut > 1
        ? whole
        : [...whole.slice(0, head), eventLine('2026-11-02T10:00:00Z', { type: 'void' })];
    return { example, history, lines };
  });

/** Paths to every member and item of a JSON value. */
function paths(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return [at, ...paths(inner, at)];
  });
}

/** A value near the given one: of the same type if possible, and often well formed. */
function nearby(value: Json, choice: number): Json {
  if (typeof value === 'number') return value + (choice % 2 === 0 ? 1 : -1);
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return choice % 2 === 0 ? value.slice(1) : [...value].reverse();
  if (typeof value !== 'string') return choice;
  if (/^\d+-\d\d-\d\dT/.test(value)) return value.replace(/\d:/, `${choice % 10}:`);
  if (/^[0-9a-f]{32,}$/.test(value)) {
    const at = choice % value.length;
    return `${value.slice(0, at)}${value[at] === '0' ? '1' : '0'}${value.slice(at + 1)}`;
  }
  const words = ['accepted', 'declined', 'expired', 'cancelled', 'revoked', 'refilled'];
  const others = [
    'staff',
    'strike',
    'offered',
    'closed',
    'a',
    'b',
    'c',
    'e1',
    's1',
    's2',
    'AES',
    'antony',
    ...words,
    `${value}0`,
    '',
  ];
  return others[choice % others.length] ?? '';
}

/** A line with one member or item changed, or dropped. */
export function tamper(
  line: string,
  choice: { path: number; value: number; drop: boolean },
): string {
  const value: Json = JSON.parse(line);
  const all = paths(value);
  const path = all[choice.path % all.length] ?? [];
  // The path was taken from the value, so what it leads through are objects and lists.
  let parent = value as { [name: string | number]: Json };
  for (const key of path.slice(0, -1)) parent = parent[key] as { [name: string | number]: Json };
  const last = path.at(-1) ?? '';
  if (choice.drop) delete parent[last];
  else parent[last] = nearby(parent[last] ?? null, choice.value);
  // A hole in a list is written as null.
  return `${jcs(value)}\n`;
}

/** Which value of which line to change, and how: for `tamper`. */
export const anyChange = fc.record({
  line: fc.nat(),
  path: fc.nat(),
  value: fc.nat(),
  drop: fc.boolean(),
});
