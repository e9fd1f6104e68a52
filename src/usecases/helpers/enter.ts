import { DomainError } from '../../base/errors.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { newEntryId } from '../../identity/keys/ids.ts';
import type { UseCaseDeps } from '../deps.ts';
import { checkApplication } from '../entries/application.ts';
import { type EnteredPerson, enterPerson } from '../entries/enter.ts';
import { mandateOf, type StatedMandate } from './mandate.ts';

/** A person whom a helper enters, and by which mandate. */
export type HelpedPerson = Omit<EnteredPerson, 'origin' | 'id' | 'sharedContact'> & {
  readonly mandate: StatedMandate;
};

/**
 * Enters a person by mandate. The entry's token is not for the helper.
 *
 * @throws DomainError `contact_exhausted`, `document_refused`, `document_unknown`,
 *   `entry_duplicate`, `helper_full`, `helper_not_found`, `mandate_expired`,
 *   `request_type_unknown`, `site_unknown`
 */
export async function enterByMandate(
  deps: UseCaseDeps,
  prefecture: Prefecture,
  { mandate: given, ...person }: HelpedPerson,
  { agent, nowMs }: { readonly agent: string; readonly nowMs: number },
): Promise<{ readonly id: string; readonly receipt: string }> {
  const { store, waker } = deps;
  const { helpers } = store;
  const helper = await helpers.ofAgent(prefecture.id, agent);
  checkApplication(prefecture, person, nowMs);
  const id = newEntryId();
  const mandate = mandateOf(deps, prefecture, { id, helper: helper.id, given, nowMs });
  await helpers.reserve(prefecture.id, id, mandate);
  const entering = { ...person, id, origin: helper.category };
  const entered = await enterPerson(deps, prefecture, entering, { nowMs, by: helper.id }).catch(
    async (error) => {
      // After an outage the entry may be there all the same: then its mandate stays.
      const made = await store.entries.get(prefecture.id, id);
      if (!made) await helpers.release(prefecture.id, helper.id, id);
      throw error;
    },
  );
  if (entered.outcome === 'duplicate') {
    await helpers.release(prefecture.id, helper.id, id);
    const detail = 'this person has an entry for this request type';
    throw new DomainError('entry_duplicate', detail, entered.member);
  }
  waker.soon('dispatch', prefecture.id);
  return { id, receipt: entered.receipt };
}
