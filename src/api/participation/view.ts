import type { z } from 'zod';
import { ticketOf } from '../../allocator/draw/ranking.ts';
import type { Entry, Manifest } from '../../allocator/types.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { typeStatistics } from '../../domain/draws/statistics.ts';
import type { FindingCode } from '../../domain/participation/diagnosis.ts';
import type { EntryOutcome } from '../../domain/participation/standings.ts';
import { type InEveryLanguage, inEveryLanguage, labelled, labelOf } from '../../domain/values.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import type { Standing } from '../../store/draws/index-read.ts';
import type { Participation } from '../../store/draws/participation.ts';
import { textsOf } from '../../texts/catalogues.ts';
import type { ExplainedParticipation, LookBack } from '../../usecases/participation/look-back.ts';
import { explain } from '../../web/entry/explanation.ts';
import { entropyView, strengthView } from '../draws/view.ts';
import type { Frozen } from '../http/route.ts';
import { instantOrNull } from '../http/schemas.ts';
import type { DiagnosisView, ExplanationView, ParticipationView } from './schemas.ts';

/** One line of the list of draws that an entry took part in. Pure. */
export function participationView(of: Participation): z.infer<typeof ParticipationView> {
  const { draw, standing } = of;
  return {
    ...summaryOf(of),
    standing: typeof standing === 'string' ? null : standingView(draw, standing),
  };
}

/** A whole explanation. Pure. */
export function explanationView(
  of: ExplainedParticipation,
): Frozen<z.infer<typeof ExplanationView>> {
  const { prefecture, participation, inclusion, manifest, seed } = of;
  const { draw, standing } = participation;
  const { entry } = inclusion;
  return {
    ...summaryOf(participation),
    entry: entry.id,
    prefecture: prefecture.id,
    standing: standingView(draw, standing),
    seed,
    entropy: entropyView(draw),
    tickets: ticketsOf(entry.id, seed, standing.tickets),
    inclusion: {
      leaf: inclusion.leaf,
      index: inclusion.index,
      size: inclusion.size,
      path: [...inclusion.proof],
      root: manifest.entries.root,
    },
    parameters: parametersOf(entry, standing, manifest),
    explanation: explanationOf(of),
  };
}

/** The same in words. Pure. */
export function explanationOf(of: ExplainedParticipation) {
  const { prefecture, participation, inclusion, manifest } = of;
  const { draw, standing } = participation;
  const { entry } = inclusion;
  const type = prefecture.requestTypes.find(({ id }) => id === entry.requestType);
  const parts = explain({
    entry,
    standing,
    rules: manifest.rules,
    requestType: inEveryLanguage((language) =>
      labelOf(type?.labels ?? labelled(entry.requestType), language),
    ),
    entropyNote: entropyView(draw).note,
    isVoid: draw.state === 'void',
    isRefilled: participation.offer?.via === 'refill',
  });
  return parts.map(({ id, title, lines }) => ({ id, title, lines: [...lines] }));
}

/** What a diagnosis found, with its texts. Pure. */
export function diagnosisView(
  entry: string,
  { findings, participations }: LookBack,
): z.infer<typeof DiagnosisView> {
  const draws = new Map(participations.map(({ draw }) => [draw.id, draw]));
  const strengthOf = (id: string | null) => {
    const draw = id === null ? undefined : draws.get(id);
    return draw ? strengthView(draw) : null;
  };
  return {
    entry,
    findings: findings.map(({ code, draw = null, atMs }) => ({
      code,
      draw,
      entropy: strengthOf(draw),
      at: instantOrNull(atMs),
      text: findingText(code),
    })),
  };
}

/** What is said where there is no outcome to tell. */
const undrawnFindings = { undrawn: 'draw_under_way', unindexed: 'draw_unindexed' } as const;

function findingText(code: FindingCode | EntryOutcome): InEveryLanguage {
  return inEveryLanguage((language) => textsOf('diagnosis', language)(code));
}

function summaryOf({ draw, standing, offer }: Participation) {
  // Whoever was not in it is not told of it.
  if (standing === 'absent') throw new Error('an entry that was not in a draw has no part in it');
  const outcome = typeof standing === 'string' ? standing : standing.outcome;
  const isVoid = draw.state === 'void';
  const finding =
    outcome === 'undrawn' || outcome === 'unindexed' ? undrawnFindings[outcome] : outcome;
  return {
    draw: draw.id,
    state: draw.state,
    frozenAt: instantOrNull(draw.frozenAtMs),
    drawnAt: instantOrNull(draw.drawnAtMs ?? draw.publishedAtMs),
    manifestHash: draw.manifestHash ?? null,
    entropy: strengthView(draw),
    outcome,
    text: findingText(isVoid ? 'draw_void' : finding),
    offer: offer ? { state: offer.state, via: offer.via } : null,
  };
}

function standingView(draw: DrawRecord, { rank, rankInType, tickets, ofType }: Standing) {
  return {
    rank,
    entries: draw.manifest?.entries.count ?? 0,
    rankInType,
    entriesOfType: ofType.entries,
    placesOfType: typeStatistics(draw, ofType.requestType)?.places ?? 0,
    lastDrawnRank: ofType.lastDrawnRank,
    lastDrawnRankInType: ofType.lastDrawnRankInType,
    lastServedRank: ofType.lastServedRank,
    lastServedRankInType: ofType.lastServedRankInType,
    tickets,
  };
}

function ticketsOf(entryId: string, seed: string, count: number) {
  const all = Array.from({ length: count }, (_, k) => ticketOf(seed, entryId, k, nodeSha256));
  const [number = ''] = all.toSorted();
  const smallest = all.indexOf(number);
  return { smallest, number, all, check: `printf %s "${seed}:${entryId}:${smallest}" | sha256sum` };
}

function parametersOf(
  { requestType, missed, accepts, owed, resting }: Entry,
  { tickets, priority, guaranteed }: Standing,
  { rules }: Manifest,
) {
  const { quotas = {}, priorityMax = 0, ageing = {} } = rules;
  const quota = Object.hasOwn(quotas, requestType) ? quotas[requestType] : undefined;
  return {
    requestType,
    missed,
    tickets,
    priority,
    guaranteed,
    owed: owed ?? false,
    resting: resting ?? false,
    accepts: accepts ?? null,
    quotaMin: quota?.min ?? null,
    quotaMax: quota?.max ?? null,
    priorityMax,
    ticketsPerMiss: ageing.ticketsPerMiss ?? 0,
    maxTickets: ageing.maxTickets ?? 1,
    guaranteeAfter: ageing.guaranteeAfter ?? null,
  };
}
