import type { IRouter } from 'express';
import { normaliseEmail } from '../../identity/normalise.ts';
import type { Prefecture } from '../../store/types.ts';
import { mount, type RouteDeps } from '../mount.ts';
import { requestLink } from '../operations/entries.ts';
import type { LinkRequest } from '../schemas/entries.ts';

const hourMs = 3_600_000;

/**
 * `POST link-requests`: who lost the link to an entry has it sent again, to the contact the entry
 * has. The answer goes out before anything is written, the same whether or not there is an entry.
 */
export function mountLinkRequests(router: IRouter, deps: RouteDeps): void {
  const { store, pseudonyms, proofOfWork, rateLimits, waker, logger } = deps;

  mount(router, deps, requestLink, async ({ req, res, prefecture, body, nowMs }) => {
    const work = proofOfWork.check(req, { prefecture: prefecture.id, purpose: 'link', nowMs });
    if (work !== undefined && !(await store.limits.takeOnce(prefecture.id, work))) {
      throw proofOfWork.spent();
    }
    const mailbox =
      'email' in body
        ? pseudonyms.of('mailbox', normaliseEmail(body.email))
        : pseudonyms.of('phone', body.phone);
    await rateLimits.mailbox(prefecture.id, mailbox, res);
    const ids = await findEntries(deps, prefecture, body);
    res.status(202).end();
    try {
      for (const id of ids) await sendLink(deps, prefecture.id, id, nowMs);
      if (ids.length > 0) waker.soon('dispatch', prefecture.id);
    } catch (error) {
      // The answer is out already: it says the same whatever happens here.
      const name = error instanceof Error ? error.name : 'unknown';
      logger.error({ prefecture: prefecture.id, error: name }, 'a link could not be sent');
    }
  });
}

/** The live entries with this contact, by every key of the keyring. */
async function findEntries(
  { store, identityKeys }: Pick<RouteDeps, 'store' | 'identityKeys'>,
  { id: prefecture }: Prefecture,
  contact: LinkRequest,
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
  { store }: Pick<RouteDeps, 'store'>,
  prefecture: string,
  id: string,
  nowMs: number,
): Promise<void> {
  const message = `link.${id}.${Math.floor(nowMs / hourMs)}`;
  if (await store.messages.wasSent(prefecture, message)) return;
  await store.entries.change(prefecture, id, (entry) => {
    const isProven = ['waiting', 'offered', 'booked'].includes(entry.state);
    return isProven ? { entry, messages: [message] } : { entry };
  });
}
