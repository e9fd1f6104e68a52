import type { SeriesLeaf } from '../../src/allocator/record/series.ts';
import { DomainError } from '../../src/base/errors.ts';
import { checkDate, checkInstant } from '../../src/base/parse-times.ts';
import { parseIdentifier, parseInteger, parseMembers } from '../../src/base/parse-values.ts';
import { Refusal } from './refusal.ts';

/**
 * Reads an entry of the register by which a new entry may have missed draws (lottery/v2 §9).
 *
 * @param where it stands, for the refusal.
 * @throws Refusal 2 if it has not the members of its kind.
 */
export function readSeriesLeaf(leaf: Readonly<Record<string, unknown>>, where: string): SeriesLeaf {
  try {
    return leaf.kind === 'carried' ? readCarried(leaf) : readCredited(leaf);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new Refusal(2, `${where}: ${error.member}: ${error.message}`, { cause: error });
  }
}

function readCarried(leaf: Readonly<Record<string, unknown>>): SeriesLeaf {
  const members = parseMembers(leaf, 'carried', ['at', 'from', 'kind', 'missed', 'to']);
  checkInstant(members.at, 'carried.at');
  return {
    kind: 'carried',
    from: parseIdentifier(members.from, 'carried.from'),
    to: parseIdentifier(members.to, 'carried.to'),
    missed: parseInteger(members.missed, 'carried.missed', 0),
  };
}

function readCredited(leaf: Readonly<Record<string, unknown>>): SeriesLeaf {
  const members = parseMembers(leaf, 'credited', ['at', 'entry', 'kind', 'missed', 'since']);
  checkInstant(members.at, 'credited.at');
  checkDate(members.since, 'credited.since');
  return {
    kind: 'credited',
    entry: parseIdentifier(members.entry, 'credited.entry'),
    missed: parseInteger(members.missed, 'credited.missed', 0),
  };
}
