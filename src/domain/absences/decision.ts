import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { isInPool } from '../entries/pool.ts';
import type { MessageId } from '../messages/id.ts';
import { type AbsenceEvent, type AbsenceState, nextAbsenceState, type Suspension } from './rule.ts';
import { decisionMessage } from './suspension.ts';

/** What an agent decides on an absence. */
export type AbsenceDecision = Exclude<AbsenceEvent, 'appeal'>;

const decidedAs = { lift: 'lifted', uphold: 'upheld' } as const satisfies Record<
  AbsenceDecision,
  AbsenceState
>;

/** Of several suspensions of one person the longest; undefined of none. Pure. */
export function longestOf(suspensions: readonly Suspension[]): Suspension | undefined {
  return suspensions.toSorted((a, b) => b.untilDraw - a.untilDraw)[0];
}

/**
 * The entry of a person who appeals against its absence; once more replaces the first. Pure.
 *
 * @throws DomainError `absence_not_found`, `absence_settled`
 */
export function decideAppeal(entry: EntryRecord): EntryRecord {
  return afterEvent(entry, 'appeal');
}

/**
 * What a decision makes of the entry of an absence, and who is told. Lifted, the entry takes part
 * from the next draw on. The same decision again changes nothing. Pure.
 *
 * @throws DomainError `absence_not_found`, `absence_settled`
 */
export function decideAbsence(
  entry: EntryRecord,
  decision: AbsenceDecision,
  drawNumber: number,
): { readonly entry: EntryRecord; readonly messages?: readonly MessageId[] } {
  if (entry.absence?.state === decidedAs[decision]) return { entry };
  const after = afterEvent(entry, decision);
  const messages = after.absence ? [decisionMessage(entry.id, after.absence)] : [];
  return { entry: decision === 'lift' ? takingPart(after, drawNumber) : after, messages };
}

/**
 * Another entry of a person whose absence was lifted: it sits out the same draws no more. As it is
 * if it does not sit them out. Pure.
 */
export function liftedAlike(
  other: EntryRecord,
  { absence: lifted }: Pick<EntryRecord, 'absence'>,
  drawNumber: number,
): EntryRecord {
  const isSame = other.absence?.untilDraw === lifted?.untilDraw;
  if (!isSame || other.absence?.state === 'lifted') return other;
  return takingPart(afterEvent(other, 'lift'), drawNumber);
}

function afterEvent(entry: EntryRecord, event: AbsenceEvent): EntryRecord {
  const { absence } = entry;
  if (!absence) throw new DomainError('absence_not_found', 'this entry has no absence');
  return { ...entry, absence: { ...absence, state: nextAbsenceState(absence.state, event) } };
}

/** An entry that sat out is in the pool of the next draw; of one under way it was not. */
function takingPart(entry: EntryRecord, drawNumber: number): EntryRecord {
  const sits = entry.state === 'waiting' && !isInPool(entry, drawNumber + 1);
  return sits ? { ...entry, since: drawNumber } : entry;
}
