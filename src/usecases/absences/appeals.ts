import { DomainError } from '../../base/errors.ts';
import type { AbsenceDecision } from '../../domain/absences/rule.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { appealContext } from '../../identity/person/context.ts';
import type { UseCaseDeps } from '../deps.ts';

/**
 * Takes a person's word on an absence, sealed. Until it is decided a second one replaces the first.
 *
 * @throws DomainError `entry_not_found`, `absence_not_found`, `absence_settled`
 */
export function takeAppeal(
  { store, vault }: Pick<UseCaseDeps, 'store' | 'vault'>,
  prefecture: string,
  entryId: string,
  statement: string,
  nowMs: number,
): Promise<EntryRecord> {
  const sealed = vault.sealText(statement, appealContext(prefecture, entryId));
  return store.absences.appeal(prefecture, entryId, { sealed, atMs: nowMs });
}

/**
 * Opens an appeal that waits for a decision.
 *
 * @throws DomainError `absence_not_found`
 */
export async function openAppeal(
  { store, vault }: Pick<UseCaseDeps, 'store' | 'vault'>,
  prefecture: string,
  entryId: string,
): Promise<{ readonly atMs: number; readonly statement: string }> {
  const found = await store.absences.appealOf(prefecture, entryId);
  if (!found) throw new DomainError('absence_not_found', 'no appeal waits for a decision');
  const statement = vault.openText(found.sealed, appealContext(prefecture, entryId));
  return { atMs: found.atMs, statement };
}

/**
 * Lifts an absence, or upholds it. Its person is told. Safe to repeat.
 *
 * @throws DomainError `entry_not_found`, `absence_not_found`, `absence_settled`
 */
export async function settleAbsence(
  { store, waker }: Pick<UseCaseDeps, 'store' | 'waker'>,
  prefecture: string,
  entryId: string,
  decision: AbsenceDecision,
): Promise<EntryRecord> {
  const entry = await store.absences.decide(prefecture, entryId, decision);
  waker.soon('dispatch', prefecture);
  return entry;
}
