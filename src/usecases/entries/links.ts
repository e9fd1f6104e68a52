import { hourMs } from '../../base/units.ts';
import { isConfirmedEntry } from '../../domain/entries/state.ts';
import { messageId } from '../../domain/messages/id.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';
import { blockOf, mailboxesOf } from '../limits/mailboxes.ts';

type Deps = Pick<
  UseCaseDeps,
  'store' | 'identityKeys' | 'pseudonyms' | 'proofOfWork' | 'personLimits' | 'waker' | 'logger'
>;

/** The contact that was given when joining. */
export type LinkContact = { readonly email: string } | { readonly phone: string };

/** Who asks for a link. */
export interface LinkAsking {
  readonly prefecture: Prefecture;
  /** Where the request came from. */
  readonly address: string;
  readonly contact: LinkContact;
  /** The solution as ALTCHA writes it; empty: none. */
  readonly solution: string;
  readonly nowMs: number;
}

/**
 * Has the links to the entries of a contact sent, for who lost them. Returns what sends them: call
 * it once the answer is out, which is the same whether or not there is an entry. It never throws.
 *
 * @throws DomainError `requests_too_many`, `work_missing`, `work_invalid`, `work_expired`, `work_spent`
 */
export async function requestLinks(
  deps: Deps,
  { prefecture, address, contact, solution, nowMs }: LinkAsking,
): Promise<() => Promise<void>> {
  const { store, proofOfWork, personLimits } = deps;
  const work = proofOfWork.check(solution, { prefecture: prefecture.id, purpose: 'link', nowMs });
  if (work !== undefined && !(await store.limits.takeOnce(prefecture.id, work))) {
    throw proofOfWork.spent();
  }
  const [mailbox = ''] = mailboxesOf(deps, contact);
  await personLimits.mailbox(prefecture.id, mailbox, blockOf(deps, address));
  const ids = await findEntries(deps, prefecture, contact);
  return () => sendLinks(deps, prefecture.id, ids, nowMs);
}

async function sendLinks(
  deps: Pick<Deps, 'store' | 'waker' | 'logger'>,
  prefecture: string,
  ids: readonly string[],
  nowMs: number,
): Promise<void> {
  try {
    for (const id of ids) await sendLink(deps, prefecture, id, nowMs);
    if (ids.length > 0) deps.waker.soon('dispatch', prefecture);
  } catch (error) {
    // The answer is out already: it says the same whatever happens here.
    const name = error instanceof Error ? error.name : 'unknown';
    deps.logger.error({ prefecture, error: name }, 'a link could not be sent');
  }
}

/** The live entries with this contact, by every key of the keyring. */
async function findEntries(
  { store, identityKeys }: Pick<Deps, 'store' | 'identityKeys'>,
  { id: prefecture }: Prefecture,
  contact: LinkContact,
): Promise<string[]> {
  const clues = identityKeys.contactKeysOf(prefecture, contact);
  const found = await Promise.all(clues.map((clue) => store.entries.findByClue(prefecture, clue)));
  return [...new Set(found.flat())];
}

/**
 * Makes the message due; at most one an hour, for its id is the hour's. Only where a code has shown
 * that the contact is the person's: who mistyped it must not be handed over to its owner.
 */
async function sendLink(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  id: string,
  nowMs: number,
): Promise<void> {
  const message = messageId('link', id, Math.floor(nowMs / hourMs));
  if (await store.messages.wasSent(prefecture, message)) return;
  await store.entries.change(prefecture, id, (entry) => {
    return isConfirmedEntry(entry.state) ? { entry, messages: [message] } : { entry };
  });
}
