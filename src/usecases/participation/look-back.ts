import type { Manifest } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { drawsLeftOf } from '../../domain/absences/suspension.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { beganBefore } from '../../domain/entries/pool.ts';
import { firstWaitMs } from '../../domain/entries/waiting.ts';
import { type DrawFacts, diagnose, type Finding } from '../../domain/participation/diagnosis.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Inclusion, Standing } from '../../store/draws/index-read.ts';
import type { Participation } from '../../store/draws/participation.ts';
import type { UseCaseDeps } from '../deps.ts';
import type { Overview } from '../public/overview.ts';

type Deps = Pick<UseCaseDeps, 'store'>;

/** Draws that a diagnosis looks back on. */
const drawsLookedAt = 10;

/** A draw that was drawn and has an index, and an entry that was in it. */
export interface ExplainedParticipation {
  readonly prefecture: Prefecture;
  readonly participation: Participation & { readonly standing: Standing };
  readonly inclusion: Inclusion;
  readonly manifest: Manifest;
  readonly seed: string;
}

/**
 * All that an explanation of one draw to one entry needs.
 *
 * @throws DomainError `draw_not_found`, `record_unavailable` before there is an outcome,
 * `index_unavailable`, `participation_not_found` if the entry was not in the draw.
 */
export async function needExplained(
  { store }: Deps,
  prefecture: Prefecture,
  drawId: string,
  entryId: string,
): Promise<ExplainedParticipation> {
  const { standing, ...rest } = await store.draws.participation(prefecture.id, drawId, entryId);
  const { manifest, seed } = rest.draw;
  if (standing === 'undrawn' || !manifest || seed === undefined) {
    throw new DomainError('record_unavailable', 'the draw has no result');
  }
  if (standing === 'unindexed') throw unindexed();
  if (standing === 'absent') throw notInDraw();
  const inclusion = await store.draws.inclusion(prefecture.id, drawId, standing.leaf);
  if (!inclusion) throw unindexed();
  // The index knows an id by some bytes of its hash; the record knows it whole.
  if (inclusion.entry.id !== entryId) throw notInDraw();
  return { prefecture, participation: { ...rest, standing }, inclusion, manifest, seed };
}

/** What a look back from an entry finds. */
export interface LookBack {
  /** Why nothing has happened: its state, the latest draws, and what comes next. */
  readonly findings: Finding[];
  /** The latest draws that it was in. */
  readonly participations: readonly Participation[];
}

/** What the latest draws came to for an entry, and what follows from it. */
export async function lookBack(
  { store }: Deps,
  prefecture: Prefecture,
  entry: EntryRecord,
  { nextDrawOfMs, drawNumber }: Overview,
): Promise<LookBack> {
  const nextDrawAtMs = nextDrawOfMs(entry.requestType);
  const [latestFreezeAtMs, { participations }] = await Promise.all([
    store.draws.latestFreeze(prefecture.id, entry.requestType),
    store.draws.participations(prefecture.id, entry, { limit: drawsLookedAt }),
  ]);
  const findings = diagnose({
    state: entry.state,
    waitingSinceMs: firstWaitMs(entry),
    paused: prefecture.paused !== undefined,
    sitsOut: entry.absence !== undefined && drawsLeftOf(entry.absence, drawNumber) > 0,
    draws: participations.map((participation) => factsOf(participation, entry)),
    ...(nextDrawAtMs === undefined ? {} : { nextDrawAtMs }),
    ...(latestFreezeAtMs === undefined ? {} : { latestFreezeAtMs }),
  });
  return { findings, participations };
}

function factsOf({ draw, standing, offer }: Participation, entry: EntryRecord): DrawFacts {
  const { id, frozenAtMs = 0, number = 0, ended = [] } = draw;
  const hasEnded = draw.state === 'published' && ended.includes(entry.requestType);
  // For this entry it is over, if it is not for others.
  const state = hasEnded ? 'closed' : draw.state;
  // Whoever waits again only since a freeze was not in its pool.
  const isAbsent = standing === 'undrawn' && !beganBefore(entry, number);
  const outcome = typeof standing === 'string' ? standing : standing.outcome;
  return {
    id,
    state,
    frozenAtMs,
    outcome: isAbsent ? 'absent' : outcome,
    ...(offer
      ? {
          offer: {
            state: offer.state,
            ...(offer.appointment === undefined ? {} : { appointment: offer.appointment }),
          },
        }
      : {}),
  };
}

function unindexed(): DomainError {
  return new DomainError(
    'index_unavailable',
    'this draw was sealed by a version that kept no index; its record is complete',
  );
}

function notInDraw(): DomainError {
  return new DomainError('participation_not_found', 'the entry was not in this draw');
}
