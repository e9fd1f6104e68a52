import { type Block, facts, type Line, link } from './blocks.ts';
import type { AppointmentFacts, CommonFacts, OfferFacts } from './facts.ts';
import type { CalendarFile } from './message.ts';
import { partyFacts, requestOf, type SlotWords, type Wording, webAddress } from './wording.ts';

/** What a template makes of facts: one message in one language, not laid out yet. */
export interface Draft {
  readonly subject: string;
  /** Without its link, which stands at the very end. */
  readonly sms: string;
  readonly body: readonly Block[];
  /** For the foot of the message in another language: what it is about, and where to go. */
  readonly note: { readonly text: string; readonly more: Line };
  /** Where an SMS leads, and the code on a letter. */
  readonly link: string;
  readonly calendar?: Appointment | undefined;
}

/** An appointment for the calendar, or one that is taken out again. */
export interface Appointment {
  readonly method: CalendarFile['method'];
  readonly of: AppointmentFacts;
}

/** The structure of a kind of message, once for all languages. The words are in the catalogues. */
export type Template<Facts extends CommonFacts> = (facts: Facts, wording: Wording) => Draft;

/** Where most messages lead: the page of the entry, in the note and in an SMS. */
export function toEntry(
  { text }: Wording,
  { entryUrl }: CommonFacts,
): Pick<Draft, 'link'> & {
  readonly more: Line;
  readonly end: Block;
} {
  return {
    link: entryUrl,
    more: { text: text('note.entry', { url: webAddress(entryUrl) }) },
    end: link(text('link.entry'), entryUrl),
  };
}

/**
 * The appointment, as a list of terms: with the request and the address where it is to be kept; with
 * the names of a party where that is called to come.
 */
export function slotFacts(
  wording: Wording,
  of: OfferFacts,
  { day, time, site, address }: SlotWords,
  whole: boolean,
  isNamed = false,
): Block {
  const { text } = wording;
  return facts([
    ...(whole ? [[text('fact.request'), requestOf(wording, of)] as const] : []),
    ...partyFacts(wording, of, isNamed),
    [text('fact.date'), day],
    [text('fact.time'), time],
    [text('fact.place'), site],
    ...(whole ? [[text('fact.address'), address] as const] : []),
  ]);
}
