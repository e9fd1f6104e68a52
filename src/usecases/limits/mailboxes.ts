import { hourMs, minuteMs } from '../../base/units.ts';
import { normaliseEmail } from '../../identity/person/normalise.ts';
import type { Budget } from '../../store/limits/store.ts';
import type { UseCaseDeps } from '../deps.ts';
import { addressBlock, wideBlock } from './address-block.ts';

interface Reached {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** Pseudonyms of the mailbox and the telephone of a contact. */
export function mailboxesOf(
  { pseudonyms }: Pick<UseCaseDeps, 'pseudonyms'>,
  { email, phone }: Reached,
): string[] {
  return [
    ...(email === undefined ? [] : [pseudonyms.of('mailbox', normaliseEmail(email))]),
    ...(phone === undefined ? [] : [pseudonyms.of('phone', phone)]),
  ];
}

/** The pseudonym of whoever asks: an IPv4 address, or an IPv6 /48. */
export function blockOf({ pseudonyms }: Pick<UseCaseDeps, 'pseudonyms'>, address: string): string {
  const block = addressBlock(address);
  return pseudonyms.of('block', wideBlock(block) ?? block);
}

/**
 * What codes to these mailboxes are taken from. Of all who ask together: as many at once as an hour
 * has for one of them, then one a minute, so that nobody keeps others out for longer (ADR 0062).
 */
export function mailboxBudgets(
  { limits }: Pick<UseCaseDeps, 'limits'>,
  mailboxes: readonly string[],
): Budget[] {
  const holds = limits.messagesPerHour;
  return mailboxes.map((mailbox) => ({ name: `mailbox:${mailbox}`, holds, everyMs: minuteMs }));
}

/** The same, and for who asks besides: an hour's messages in an hour, and no more. */
export function asksBudgets(
  deps: Pick<UseCaseDeps, 'limits' | 'pseudonyms'>,
  contact: Reached,
  address: string,
): Budget[] {
  const mailboxes = mailboxesOf(deps, contact);
  const block = blockOf(deps, address);
  const { messagesPerHour: holds } = deps.limits;
  const everyMs = Math.ceil(hourMs / holds);
  const own = mailboxes.map((mailbox) => ({ name: `asks:${mailbox}:${block}`, holds, everyMs }));
  return [...mailboxBudgets(deps, mailboxes), ...own];
}
