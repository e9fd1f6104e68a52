import type { Language } from '../../base/languages.ts';
import type { MessageKind } from '../../domain/messages/kinds.ts';
import type { WriteDate } from '../../texts/dates.ts';
import { absenceRuleText, drawsText } from './absence-rule.ts';
import type { CommonFacts, MessageFacts, OpenOfferFacts } from './message.ts';
import type { Words } from './templates.ts';

/** What to bring, so that it follows "bring" in a sentence. */
const DOCUMENTS: Record<Language, Record<OpenOfferFacts['document'], string>> = {
  fr: {
    agdref: 'le document qui porte votre numéro étranger (10 chiffres)',
    passport: 'le passeport que vous avez indiqué',
    consular: 'la carte consulaire que vous avez indiquée',
    none: 'tout document qui prouve votre identité',
  },
  en: {
    agdref: 'the document with your foreigner number (10 digits)',
    passport: 'the passport you told us about',
    consular: 'the consular card you told us about',
    none: 'any document that proves your identity',
  },
};

/** Any facts of any message: every member beyond the common ones may be missing. */
type AnyFacts = CommonFacts & Partial<UnionOfFacts>;
type UnionOfFacts = MessageFacts['code'] &
  MessageFacts['welcome'] &
  Omit<MessageFacts['reminder'], 'document'> &
  MessageFacts['booked'] &
  MessageFacts['absence'] &
  MessageFacts['absence_decided'] & { readonly stillWaiting: boolean; readonly wasBooked: boolean };

/** Writes the facts of a message as words for its templates: one language, one line each. */
export function wordsOf<K extends MessageKind>(
  writeDate: WriteDate,
  language: Language,
  facts: MessageFacts[K],
): Words {
  const any: AnyFacts = facts;
  const date = (atMs: number) => writeDate(language, facts.timeZone, atMs);
  return {
    ...commonWords(language, facts),
    ...(any.code === undefined ? {} : { code: oneLine(any.code) }),
    ...(any.token === undefined ? {} : { token: oneLine(any.token) }),
    ...(any.expiresAtMs === undefined
      ? {}
      : { expires: date(any.expiresAtMs).when, expiresTime: date(any.expiresAtMs).time }),
    ...(any.slot === undefined ? {} : slotWords(language, any.slot, date)),
    ...(any.deadlineMs === undefined ? {} : deadlineWords(date(any.deadlineMs))),
    ...(any.acceptUrl === undefined ? {} : { acceptUrl: link(any.acceptUrl) }),
    ...(any.declineUrl === undefined ? {} : { declineUrl: link(any.declineUrl) }),
    ...(any.document === undefined ? {} : { document: DOCUMENTS[language][any.document] }),
    rule: any.rule === undefined ? '' : (absenceRuleText(language, any.rule) ?? ''),
    missed: any.cause === 'no_show',
    lifted: any.lifted === true,
    draws: drawsText(language, any.drawsLeft ?? 0),
    stillWaiting: any.stillWaiting === true,
    wasBooked: any.wasBooked === true,
  };
}

function commonWords(language: Language, facts: CommonFacts): Words {
  return {
    prefecture: oneLine(facts.prefecture.labels[language]),
    entry: oneLine(facts.entry),
    greeting: greeting(facts.name),
    requestType: oneLine(facts.requestType[language]),
    entryUrl: link(facts.entryUrl),
    publicUrl: link(facts.publicUrl),
  };
}

function slotWords(
  language: Language,
  slot: OpenOfferFacts['slot'],
  date: (atMs: number) => ReturnType<WriteDate>,
): Words {
  const start = date(Date.parse(slot.start));
  return {
    slotDay: start.day,
    slotTime: start.time,
    slotWhen: start.when,
    slotShort: start.short,
    site: oneLine(slot.site[language]),
    address: oneLine(slot.address[language]),
  };
}

function deadlineWords({ day, when, short }: ReturnType<WriteDate>): Words {
  return { deadlineDay: day, deadline: when, deadlineShort: short };
}

/** Makes one line of any text: no control character, no sign that turns the reading direction. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * ` Name`, or nothing where the name is not plainly one. Who joins chooses both name and address,
 * so a "name" that mail programs would turn into a link, or that tells a tale, is not passed on.
 */
function greeting(name: string): string {
  const line = oneLine(name);
  const plain = line.length <= 80 && /^[\p{L}\p{M}'’ -]+(?:\. [\p{L}\p{M}'’ -]+)*$/u.test(line);
  return plain ? ` ${line}` : '';
}

/** @throws Error unless the text is an http address: addresses are made by us, never typed. */
export function link(text: string): string {
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Error('a link of a message must be http or https');
  }
  return url.href;
}
