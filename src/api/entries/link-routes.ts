import type { IRouter, Response } from 'express';
import { hourMs } from '../../base/units.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { normaliseEmail } from '../../identity/person/normalise.ts';
import { WORK_HEADER } from '../../usecases/limits/proof-of-work.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { requestLink } from './operations.ts';
import type { LinkRequest } from './schemas.ts';

/**
 * `POST link-requests`: who lost the link to an entry has it sent again, to the contact the entry
 * has. The answer goes out before anything is written, the same whether or not there is an entry.
 */
export function mountLinkRequests(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, requestLink, async ({ req, res, prefecture, body, nowMs }) => {
    const solution = req.get(WORK_HEADER) ?? '';
    await requestLinks(deps, { res, prefecture, contact: body, solution, nowMs }, () =>
      res.status(202).end(),
    );
  });
}

/** Who asks for a link. */
export interface LinkAsking {
  /** Gets the headers of a refusal. */
  readonly res: Response;
  readonly prefecture: Prefecture;
  readonly contact: LinkRequest;
  /** The solution as ALTCHA writes it; empty: none. */
  readonly solution: string;
  readonly nowMs: number;
}

/**
 * Has the links to the entries of a contact sent, from the API and from the page. `answer` is called
 * before anything is written, the same whether or not there is an entry.
 *
 * @throws DomainError `requests_too_many`, `work_missing`, `work_invalid`, `work_expired`, `work_spent`
 */
export async function requestLinks(
  deps: RouteDeps,
  { prefecture, contact, solution, nowMs }: LinkAsking,
  answer: () => void,
): Promise<void> {
  const { store, pseudonyms, proofOfWork, personLimits, waker, logger } = deps;
  const work = proofOfWork.check(solution, { prefecture: prefecture.id, purpose: 'link', nowMs });
  if (work !== undefined && !(await store.limits.takeOnce(prefecture.id, work))) {
    throw proofOfWork.spent();
  }
  const mailbox =
    'email' in contact
      ? pseudonyms.of('mailbox', normaliseEmail(contact.email))
      : pseudonyms.of('phone', contact.phone);
  await personLimits.mailbox(prefecture.id, mailbox);
  const ids = await findEntries(deps, prefecture, contact);
  answer();
  try {
    for (const id of ids) await sendLink(deps, prefecture.id, id, nowMs);
    if (ids.length > 0) waker.soon('dispatch', prefecture.id);
  } catch (error) {
    // The answer is out already: it says the same whatever happens here.
    const name = error instanceof Error ? error.name : 'unknown';
    logger.error({ prefecture: prefecture.id, error: name }, 'a link could not be sent');
  }
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
