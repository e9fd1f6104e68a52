import type { Language } from '../../base/languages.ts';
import { oneLine } from '../../base/one-line.ts';
import { labelOf } from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';
import type { WriteDate, WrittenDate } from '../../texts/dates.ts';
import type { Texts } from '../../texts/message.ts';
import type { Source } from '../../texts/translation.ts';
import type { CommonFacts, SlotFacts } from './facts.ts';

/** What a template writes with: one language, the texts of messages, the dates of its person. */
export interface Wording {
  readonly language: Language;
  readonly text: Texts<Source['messages']>;
  readonly date: (atMs: number) => WrittenDate;
}

/** An appointment in words. */
export interface SlotWords extends WrittenDate {
  readonly site: string;
  readonly address: string;
}

/** What templates write with in one language, with dates as they are in `timeZone`. Pure. */
export function createWording(writeDate: WriteDate, language: Language, timeZone: string): Wording {
  return {
    language,
    text: textsOf('messages', language, 'plain'),
    date: (atMs) => writeDate(language, timeZone, atMs),
  };
}

/** What the person asked for, in words. */
export function requestOf({ language }: Wording, { requestType }: CommonFacts): string {
  return labelOf(requestType, language);
}

/** An appointment in words of the language, at the local time of its desk. Pure. */
export function slotWords({ language, date }: Wording, slot: SlotFacts): SlotWords {
  const start = date(Date.parse(slot.start));
  return { ...start, site: labelOf(slot.site, language), address: labelOf(slot.address, language) };
}

/**
 * The greeting, by name where that is plainly one. Who joins chooses both name and address, so a
 * "name" that mail programs would turn into a link, or that tells a tale, is not passed on.
 */
export function greeting({ text }: Wording, { name }: CommonFacts): string {
  const plain = plainName(name);
  return plain === undefined ? text('greeting') : text('greeting.named', { name: plain });
}

/** A name on one line; undefined for what is not plainly one. */
function plainName(name: string): string | undefined {
  const line = oneLine(name);
  const plain = line.length <= 80 && /^[\p{L}\p{M}'’ -]+(?:\. [\p{L}\p{M}'’ -]+)*$/u.test(line);
  return plain ? line : undefined;
}

/** Of a party how many come, and who, as far as their names are plain; of one person nothing. Pure. */
export function partyFacts(
  { text }: Wording,
  { people = 1, name, others = [] }: CommonFacts,
  isNamed: boolean,
): (readonly [string, string])[] {
  if (people === 1) return [];
  const names = [name, ...others].map(plainName).filter((one) => one !== undefined);
  return [
    [text('fact.people'), text('people', { people })],
    ...(isNamed && names.length > 0 ? [[text('fact.names'), names.join(', ')] as const] : []),
  ];
}

/** @throws Error unless the text is an http address: addresses are made by us, never typed. */
export function webAddress(text: string): string {
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Error('a link of a message must be http or https');
  }
  return url.href;
}
