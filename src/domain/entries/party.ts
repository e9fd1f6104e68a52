import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from './entry.ts';
import { isInPool } from './pool.ts';

/** From this age on a person needs a document of their own. */
const ADULT_YEARS = 18;

/** How many people an entry or its offer stands for, and so many places. Pure. */
export function peopleOf({ party = 1 }: { readonly party?: number }): number {
  return party;
}

/** The member `party` of so many people: one person alone has none. Pure. */
export function partyMember(people: number): Pick<EntryRecord, 'party'> {
  return people > 1 ? { party: people } : {};
}

/** Whether somebody born on a local day is under age on another, both `YYYY-MM-DD`. Pure. */
export function isMinor(birthDate: string, onDay: string): boolean {
  const year = String(Number(birthDate.slice(0, 4)) + ADULT_YEARS).padStart(4, '0');
  return birthDate <= onDay && onDay < year + birthDate.slice(4);
}

/** When somebody wants to change who comes together. */
export interface PartyMoment {
  /** Draws frozen so far. */
  readonly drawNumber: number;
  /** Number of the last draw of its request type that counts; undefined: none is known. */
  readonly lastNumber?: number;
  /** The latest draw is frozen and not published: its pool stands fast. */
  readonly isDrawing: boolean;
  /** The latest draw is not over: freed places go down its reserve list. */
  readonly isActive: boolean;
}

type Changed = Pick<EntryRecord, 'state' | 'since' | 'resized' | 'parted' | 'parting'>;

/**
 * Whether people may be added to an entry or taken out: before it has a place, and while no draw is
 * being held with it. Between two draws either that, or somebody goes on alone: the series of records
 * shows each as what it is (lottery/v2 §9). Pure.
 *
 * @throws DomainError `entry_settled`, `entry_frozen`, `party_changed`
 */
export function checkResize(entry: Changed, moment: PartyMoment): void {
  if (entry.state !== 'unverified') checkOpen(entry, moment);
  if (entry.parting !== undefined) {
    throw partyChanged('somebody goes on alone: others can change once that is done');
  }
  if (isSinceLastDraw(entry.parted, moment)) {
    throw partyChanged('somebody went on alone: others can change after the next draw');
  }
}

/**
 * Whether somebody may leave the party and go on alone, with its missed draws: one between two draws.
 * `later` while a draw may still offer the party a place: it is done when that draw is over. Pure.
 *
 * @throws DomainError `entry_settled`, `entry_frozen`, `party_changed`
 */
export function whenToPart(entry: Changed, moment: PartyMoment): 'now' | 'later' {
  checkOpen(entry, moment);
  const { drawNumber } = moment;
  if (isSinceLastDraw(entry.resized, moment) || isSinceLastDraw(entry.parted, moment)) {
    throw partyChanged('this party changed since the last draw: one can leave after the next');
  }
  return moment.isActive && isInPool({ ...entry, state: 'waiting' }, drawNumber) ? 'later' : 'now';
}

/**
 * Whether a change, by how many draws were frozen then, came after the last draw of the type that counts:
 * draws of other types and void ones lie between and make no difference.
 */
function isSinceLastDraw(
  changed: number | undefined,
  { drawNumber, lastNumber = 0 }: PartyMoment,
): boolean {
  return drawNumber > 0 && changed !== undefined && changed >= lastNumber;
}

function checkOpen(entry: Changed, { drawNumber, isDrawing }: PartyMoment): void {
  if (entry.state !== 'waiting') {
    throw new DomainError(
      'entry_settled',
      `this entry is ${entry.state}: its party stays as it is`,
    );
  }
  if (isDrawing && isInPool(entry, drawNumber)) {
    throw new DomainError('entry_frozen', 'a draw is being held with this entry: try again later');
  }
}

/** The refusal of a change of a party that is another one than the caller thinks. */
export function partyChanged(detail: string): DomainError {
  return new DomainError('party_changed', detail);
}
