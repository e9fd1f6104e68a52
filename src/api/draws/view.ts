import type { z } from 'zod';
import type { DrawRecord, RequestTypeStatistics } from '../../domain/draws/draw.ts';
import { isOverdue } from '../../domain/draws/overdue.ts';
import { voidStage } from '../../domain/draws/state.ts';
import { strengthOf } from '../../domain/draws/strength.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import { endNote, entropyNote, voidNote } from './notes.ts';
import type { DrawView, EntropyView } from './schemas.ts';

/** What everyone may know of a draw. Never its slots, never the sealed secret. Pure. */
export function drawView(draw: DrawRecord, nowMs: number): z.infer<typeof DrawView> {
  const { statistics, voided } = draw;
  return {
    id: draw.id,
    state: draw.state,
    overdue: isOverdue(draw, nowMs),
    requestTypes: draw.requestTypes ? [...draw.requestTypes] : null,
    endedRequestTypes: [...(draw.ended ?? [])],
    plannedAt: instant(draw.atMs),
    announcedAt: instant(draw.scheduledAtMs),
    number: draw.number ?? null,
    frozenAt: instantOrNull(draw.frozenAtMs),
    publishedAt: instantOrNull(draw.publishedAtMs),
    closedAt: instantOrNull(draw.closedAtMs),
    entropy: entropyView(draw),
    manifestHash: draw.manifestHash ?? null,
    seed: draw.seed ?? null,
    outcomeHash: draw.outcomeHash ?? null,
    statistics: statistics
      ? {
          entries: statistics.entries,
          places: statistics.places,
          drawn: statistics.drawn,
          requestTypes: Object.entries(statistics.requestTypes).map(([requestType, row]) => ({
            requestType,
            ...row,
            chance: chanceOf(row),
          })),
        }
      : null,
    voided: voided ? voidView(draw, voided) : null,
    superseded: draw.superseded ? supersededView(draw.superseded) : null,
    skipped: draw.skipped ? skippedView(draw.skipped) : null,
    replaces: draw.replaces ?? null,
    repeatedBy: draw.repeatedBy ?? null,
    afterVoid: [...(draw.afterVoid ?? [])],
  };
}

function voidView(draw: DrawRecord, { atMs, reason, agent }: NonNullable<DrawRecord['voided']>) {
  const stage = voidStage(draw);
  return { at: instant(atMs), reason, agent, stage, note: voidNote(stage) };
}

function supersededView({ atMs, reason, agent }: NonNullable<DrawRecord['superseded']>) {
  return { at: instant(atMs), reason, agent, note: endNote('superseded') };
}

function skippedView({ atMs, reason }: NonNullable<DrawRecord['skipped']>) {
  return { at: instant(atMs), reason, note: endNote(`skipped.${reason}`) };
}

/** Whether the operator could have a hand in the randomness of a draw, with the words for it. Pure. */
export function strengthView({ entropy }: Pick<DrawRecord, 'entropy'>) {
  const strength = strengthOf({ entropy });
  return { strength, note: entropyNote(strength) };
}

/** The same beside answers whose text is not ours to change: manifest and record. Pure. */
export function strengthHeader(draw: Pick<DrawRecord, 'entropy'>): {
  readonly 'Tirage-Entropy': string;
} {
  const { strength } = strengthView(draw);
  return { 'Tirage-Entropy': `${draw.entropy.source}; strength=${strength}` };
}

/** Where its randomness is from, and how strong that is. Pure. */
export function entropyView({ entropy, manifest }: DrawRecord): z.infer<typeof EntropyView> {
  const said = strengthView({ entropy });
  if (entropy.source === 'operator') {
    const { source, commitment } = entropy;
    return { source, chain: null, round: null, commitment, ...said };
  }
  const { source, chain } = entropy;
  const round = manifest?.entropy.source === 'drand' ? manifest.entropy.round : null;
  return { source, chain, round, commitment: null, ...said };
}

/** Entries drawn / entries waiting, or null if nobody waited. Pure. */
export function chanceOf({ waiting, drawn }: RequestTypeStatistics): number | null {
  return waiting === 0 ? null : drawn / waiting;
}
