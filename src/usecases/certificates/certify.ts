import { DomainError } from '../../base/errors.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { typeStatistics } from '../../domain/draws/statistics.ts';
import { strengthOf } from '../../domain/draws/strength.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { partyMember, peopleOf } from '../../domain/entries/party.ts';
import { localWeek } from '../../domain/local-time.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import {
  attemptsOf,
  CERTIFICATE_TYPE,
  type Certificate,
  type MissedDraw,
  MOST_DRAWS,
} from '../../papers/claims.ts';
import type { Participation } from '../../store/draws/participation.ts';
import type { UseCaseDeps } from '../deps.ts';

/** What a draw came to for an entry, as far as a certificate is concerned. */
export const FINDINGS = [
  'missed',
  'missed_void',
  'offered',
  'pending',
  'unindexed',
  'absent',
] as const;
export type Finding = (typeof FINDINGS)[number];

/**
 * Whether a certificate may speak of a draw. `missed`: no place was offered in it, neither by the
 * draw nor down its reserve list so far; `pending`: there is no published result, or never will be. Pure.
 */
export function findingOf({ draw, standing, offer }: Participation): Finding {
  if (standing === 'undrawn') return 'pending';
  if (typeof standing === 'string') return standing;
  if (standing.outcome === 'drawn' || offer !== undefined) return 'offered';
  if (draw.state === 'void') return 'missed_void';
  return draw.state === 'drawn' ? 'pending' : 'missed';
}

/**
 * What a certificate says, of one draw or of all that the entry took part in in vain: the latest
 * fifty-two, oldest first. Reads only what the draws left behind.
 *
 * @throws DomainError `draw_not_found`, `participation_not_found`, `place_offered`,
 *   `certificate_unavailable`
 */
export async function certify(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: Prefecture,
  entry: EntryRecord,
  { draw, nowMs }: { readonly draw: string | undefined; readonly nowMs: number },
): Promise<Certificate> {
  const draws =
    draw === undefined
      ? await missedDraws(store, prefecture, entry)
      : [await missedDraw(store, prefecture, entry, draw)];
  return {
    v: 1,
    prefecture: prefecture.id,
    entry: entry.id,
    requestType: entry.requestType,
    ...partyMember(peopleOf(entry)),
    draws,
    iat: Math.floor(nowMs / 1000),
  };
}

/** Draws that an entry may have taken part in, the latest first. */
async function participationsOf(
  store: UseCaseDeps['store'],
  prefecture: Prefecture,
  entry: EntryRecord,
): Promise<Participation[]> {
  const page = { limit: MOST_DRAWS };
  return (await store.draws.participations(prefecture.id, entry, page)).participations;
}

async function missedDraws(
  store: UseCaseDeps['store'],
  prefecture: Prefecture,
  entry: EntryRecord,
): Promise<MissedDraw[]> {
  const all = await participationsOf(store, prefecture, entry);
  const draws = certifiedDraws(prefecture, all);
  if (attemptsOf({ draws }).draws === 0) throw refusalOf(all);
  return draws;
}

/** A draw that an entry may have taken part in, as far as a certificate is concerned. */
export interface CertifiableDraw {
  readonly draw: DrawRecord;
  readonly finding: Finding;
  /** What a certificate says of it; undefined where it says nothing. */
  readonly missed: MissedDraw | undefined;
}

/** Of which draws an entry can have certificates, the latest first. */
export async function certifiableDraws(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: Prefecture,
  entry: EntryRecord,
): Promise<{
  readonly attempts: ReturnType<typeof attemptsOf>;
  readonly draws: readonly CertifiableDraw[];
}> {
  const found = await participationsOf(store, prefecture, entry);
  const draws = found.map((one) => {
    const finding = findingOf(one);
    const missed = finding.startsWith('missed') ? missedOf(prefecture, one) : undefined;
    return { draw: one.draw, finding, missed };
  });
  return { attempts: attemptsOf({ draws: certifiedDraws(prefecture, found) }), draws };
}

/** The draws that a certificate over all of them names, oldest first. Pure. */
export function certifiedDraws(
  prefecture: Prefecture,
  all: readonly Participation[],
): MissedDraw[] {
  const missed = all.filter((one) => ['missed', 'missed_void'].includes(findingOf(one)));
  return missed.map((one) => missedOf(prefecture, one)).reverse();
}

async function missedDraw(
  store: UseCaseDeps['store'],
  prefecture: Prefecture,
  entry: EntryRecord,
  drawId: string,
): Promise<MissedDraw> {
  const one = await store.draws.participation(prefecture.id, drawId, entry.id);
  if (findingOf(one) !== 'missed') throw refusalOf([one]);
  return missedOf(prefecture, one);
}

/** Why there is nothing to certify, from what is left after the draws that were missed. */
function refusalOf(all: readonly Participation[]): DomainError {
  const findings = new Set(all.map(findingOf));
  if (findings.has('offered')) {
    return new DomainError('place_offered', 'a place was offered to this entry in this draw');
  }
  if (findings.has('missed_void')) {
    return new DomainError('certificate_unavailable', 'the draw is void: it counts for nobody');
  }
  if (findings.has('pending')) {
    return new DomainError('certificate_unavailable', 'there is no published result');
  }
  if (findings.has('unindexed')) {
    return new DomainError(
      'certificate_unavailable',
      'the draw was made by a version that kept no index; its record still shows the entry',
    );
  }
  return new DomainError('participation_not_found', 'this entry took part in no such draw');
}

/** A draw that was missed, as a certificate states it. Pure. */
function missedOf(prefecture: Prefecture, { draw, standing }: Participation): MissedDraw {
  const { manifest, manifestHash } = draw;
  if (typeof standing === 'string' || !manifest || manifestHash === undefined) {
    throw new Error(`draw ${draw.id} has no standing`);
  }
  const { requestType, entries: waiting } = standing.ofType;
  return {
    draw: draw.id,
    frozenAt: manifest.frozenAt,
    week: localWeek(Date.parse(manifest.frozenAt), prefecture.settings.timeZone),
    rank: standing.rank,
    entries: manifest.entries.count,
    waiting,
    places: typeStatistics(draw, requestType)?.places ?? 0,
    manifestHash,
    strength: strengthOf(draw),
    ...(draw.state === 'published' ? { open: true as const } : {}),
    ...(draw.state === 'void' ? { void: true as const } : {}),
  };
}

/** The certificate, signed. */
export function signCertificate(
  { signer }: Pick<UseCaseDeps, 'signer'>,
  certificate: Certificate,
): string {
  return signer.signJws(CERTIFICATE_TYPE, certificate);
}
