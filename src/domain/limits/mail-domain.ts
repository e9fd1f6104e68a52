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

/** Second labels under which names are registered, as in `example.asso.fr`. */
const SECOND_LABEL = /^(ac|asso|co|com|edu|gob|gouv|gov|net|nom|or|org|tm)$/;

/**
 * The domain that whoever made this address registered; undefined for a mail service that is open to all.
 * Names below it are one with it: they cost nothing. Pure.
 */
export function mailDomainOf(email: string): string | undefined {
  const labels = email
    .slice(email.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/\.$/, '')
    .split('.');
  const isSecond = SECOND_LABEL.test(labels.at(-2) ?? '') && (labels.at(-1) ?? '').length === 2;
  const domain = labels.slice(isSecond ? -3 : -2).join('.');
  return domain === '' || OPEN_TO_ALL.has(domain) ? undefined : domain;
}
