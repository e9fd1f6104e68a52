import { hourMs } from '../../base/units.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { type ProxyAct, type ProxyHand, proxySubject } from '../../domain/messages/acts.ts';
import { type MessageId, messageId } from '../../domain/messages/id.ts';
import type { UseCaseDeps } from '../deps.ts';

/** The message that tells a person what somebody did for them. Pure. */
export function actMessage(entry: string, by: ProxyHand, act: ProxyAct, nowMs: number): MessageId {
  return messageId('acted_for', entry, proxySubject(nowMs, by, act));
}

/**
 * The message about what is done with the link of an entry that others made: whoever has it may not be its
 * person. One an hour of a kind, so that nobody fills their mailbox by it; none where the person made it.
 * Pure.
 */
export function linkMessages(
  { id, origin }: Pick<EntryRecord, 'id' | 'origin'>,
  act: ProxyAct,
  nowMs: number,
): MessageId[] {
  return origin === 'online' ? [] : [actMessage(id, 'link', act, nowMs - (nowMs % hourMs))];
}

/**
 * Tells a person what was done and changes nothing of their entry; nobody where it was erased.
 *
 * @throws DomainError `entry_not_found`
 */
export async function tellOfAct(
  { store, waker }: Pick<UseCaseDeps, 'store' | 'waker'>,
  prefecture: string,
  entryId: string,
  { by, act, nowMs }: { readonly by: ProxyHand; readonly act: ProxyAct; readonly nowMs: number },
): Promise<void> {
  await store.entries.change(prefecture, entryId, (entry) => {
    if (entry.state === 'erased') return { entry };
    const messages =
      by === 'link' ? linkMessages(entry, act, nowMs) : [actMessage(entryId, by, act, nowMs)];
    return { entry, messages };
  });
  waker.soon('dispatch', prefecture);
}
