import { gunzipSync, gzipSync } from 'node:zlib';
import type { Entry, Manifest, Rules, Slot, Winner } from '#src/allocator/types.ts';
import type { DrawRecord } from '#src/domain/draws/draw.ts';
import { standingsOf } from '#src/domain/participation/standings.ts';
import { type IndexField, packIndex } from '#src/store/draws/index.ts';
import type { FrozenInput, TiedManifest } from '#src/store/draws/steps.ts';
import { sampleNowMs } from './samples.ts';

/** Where all of it happens. */
export const prefecture = '92';
export const hourMs = 3_600_000;
/** An instant of the record, where any will do. */
export const anyTime = '2026-11-02T10:00:00Z';
/** 64 hex digits, where any will do. */
export const hex = 'ab'.repeat(32);

/** Far enough away that no test comes near it. */
export const farStart = '2030-01-07T09:00:00+01:00';

/** A draw that is due at `sampleNowMs`. */
export function sampleDraw(members: Pick<DrawRecord, 'id'> & Partial<DrawRecord>): DrawRecord {
  return {
    state: 'scheduled',
    atMs: sampleNowMs,
    scheduledAtMs: sampleNowMs - hourMs,
    entropy: { source: 'operator', commitment: hex },
    ...members,
  };
}

/** A manifest of this form, with roots of nothing. */
export function sampleManifest(
  draw: string,
  counts: { readonly entries: number; readonly slots: number },
  rules: Rules = {},
): Manifest {
  return {
    algorithm: 'lottery/v2',
    draw,
    prefecture,
    frozenAt: '2026-12-01T08:00:00Z',
    rules,
    entries: { count: counts.entries, root: hex },
    slots: { count: counts.slots, root: hex },
    entropy: { source: 'operator', commitment: hex },
  };
}

/** What a freeze publishes: a manifest, and any lines for the pool. */
export function sampleInput(
  manifest: Manifest,
  lines: readonly unknown[] = [],
  over: Partial<TiedManifest> = {},
): FrozenInput {
  const [line = Buffer.of()] = partsOf([{ ...manifest, kind: 'manifest' }]);
  const tie = () => ({ manifest, manifestHash: hex, line, ...over });
  return {
    priority: { counts: {}, other: 0, grounds: {}, otherGrounds: 0 },
    channels: { channels: {}, other: 0 },
    parts: partsOf(lines),
    tie,
  };
}

/** Gzipped parts as a worker makes them, a line each. */
export function partsOf(lines: readonly unknown[]): Buffer[] {
  return lines.map((line) => gzipSync(`${JSON.stringify(line)}\n`));
}

/** The lines of parts. */
export function linesOf(parts: readonly Buffer[]): unknown[] {
  const text = parts.map((part) => gunzipSync(part).toString()).join('');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

/** The index of a draw whose ranking is the order of its entries. */
export function sampleIndex(draw: {
  readonly entries: readonly Entry[];
  readonly slots: readonly Slot[];
  readonly winners: readonly Winner[];
}): IndexField[] {
  const { entries } = draw;
  const standings = standingsOf({ ...draw, rules: {}, ranking: entries.map(({ id }) => id) });
  return packIndex({ entries, rules: {}, standings, parts: [0], tiles: new Map() });
}
