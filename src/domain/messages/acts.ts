import { HANDS } from '../../allocator/types.ts';
import { DEFERRED_ACTS } from '../offers/offer.ts';

/** What staff or a helper does for a person, and the person is told. */
export const PROXY_ACTS = [...DEFERRED_ACTS, 'availability', 'exported', 'mandate_ended'] as const;
export type ProxyAct = (typeof PROXY_ACTS)[number];

/** By whose hand: staff, a helper, or whoever has the link of an entry that others made. */
export const PROXIES = [...HANDS, 'link'] as const;
export type ProxyHand = (typeof PROXIES)[number];

/** One such act, as the id of its message holds it. */
export type ProxySubject = `${number}-${ProxyHand}-${ProxyAct}`;

/** The subject of the message about an act. Pure. */
export function proxySubject(atMs: number, by: ProxyHand, act: ProxyAct): ProxySubject {
  return `${atMs}-${by}-${act}`;
}

/** Takes such a subject apart; undefined if it is none. Pure. */
export function parseProxySubject(
  subject: string,
): { readonly atMs: number; readonly by: ProxyHand; readonly act: ProxyAct } | undefined {
  const [, at = '', hand, word] = /^(\d{1,16})-([a-z]+)-([a-z_]+)$/.exec(subject) ?? [];
  const by = PROXIES.find((one) => one === hand);
  const act = PROXY_ACTS.find((one) => one === word);
  return by && act ? { atMs: Number(at), by, act } : undefined;
}
