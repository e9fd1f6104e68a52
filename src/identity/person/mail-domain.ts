import { getDomain } from 'tldts';

/**
 * Mail services where anybody has an address, and each costs something to get: there a domain says nothing
 * of who joins.
 */
const OPEN_TO_ALL = new Set(
  (
    'gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com ' +
    'yahoo.com yahoo.fr icloud.com me.com mac.com proton.me protonmail.com gmx.com gmx.fr gmx.net gmx.de ' +
    'orange.fr wanadoo.fr free.fr aliceadsl.fr sfr.fr neuf.fr cegetel.net club-internet.fr bbox.fr ' +
    'numericable.fr laposte.net aol.com mail.ru yandex.ru ukr.net qq.com 163.com web.de t-online.de'
  ).split(' '),
);

/**
 * The domain that whoever made this address registered, by the list of public suffixes; undefined for a
 * mail service that is open to all. Names below it are one with it: they cost nothing. Pure.
 */
export function mailDomainOf(email: string): string | undefined {
  const domain = getDomain(email.slice(email.lastIndexOf('@') + 1).toLowerCase());
  return domain === null || OPEN_TO_ALL.has(domain) ? undefined : domain;
}
