import type { Cause } from '../../../allocator/types.ts';
import { type Labels, labelOf } from '../../../domain/values.ts';
import { type Block, link, list, offPaper, paragraph } from '../blocks.ts';
import type { AppointmentFacts, OfferFacts, OpenOfferFacts } from '../facts.ts';
import { type Draft, slotFacts, type Template, toEntry } from '../template.ts';
import { greeting, slotWords, type Wording, webAddress } from '../wording.ts';

export interface ExpiredFacts extends OfferFacts {
  /** False when too many offers in a row had no answer, and the entry left the waitlist. */
  readonly stillWaiting: boolean;
}

export interface RevokedFacts extends AppointmentFacts {
  /** Whether the person had accepted already, and has an appointment in the calendar. */
  readonly wasBooked: boolean;
  /** Whether it was taken back before it was offered. */
  readonly isUnopened: boolean;
  /** Why; undefined for a void draw, whose reason is public. */
  readonly cause: Cause | undefined;
  /** What the office says about it. */
  readonly said: Labels | undefined;
  /** Whether the person goes ahead of all in the next draw. */
  readonly isFirst: boolean;
}

const offer: Template<OpenOfferFacts> = (of, wording) => {
  const { text } = wording;
  const { slot, deadline, words, document, people } = openWords(of, wording);
  return {
    subject: text('offer.subject', { deadlineDay: deadline.day }),
    sms: text('offer.sms', { slot: slot.short, deadline: deadline.short, people }),
    note: {
      text: text('offer.note', { slot: slot.when, deadline: deadline.when, people }),
      more: words.more,
    },
    link: of.acceptUrl,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('offer.intro', { people })),
      slotFacts(wording, of, slot, true),
      paragraph(text('offer.answer', { deadline: deadline.when })),
      ...words.answers,
      list(text.list('offer.what')),
      paragraph(text('offer.bring', { document, people })),
      words.end,
    ],
  };
};

const reminder: Template<OpenOfferFacts> = (of, wording) => {
  const { text } = wording;
  const { slot, deadline, words, document, people } = openWords(of, wording);
  return {
    subject: text('reminder.subject', { deadlineDay: deadline.day }),
    sms: text('reminder.sms', { slot: slot.short, deadline: deadline.short, people }),
    note: {
      text: text('reminder.note', { slot: slot.when, deadline: deadline.when, people }),
      more: words.more,
    },
    link: of.acceptUrl,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('reminder.intro')),
      slotFacts(wording, of, slot, true),
      paragraph(text('reminder.answer', { deadline: deadline.when })),
      ...words.answers,
      paragraph(text('reminder.what')),
      paragraph(text('reminder.bring', { document, people })),
      words.end,
    ],
  };
};

const expired: Template<ExpiredFacts> = (of, wording) => {
  const { text } = wording;
  const { when: slot } = slotWords(wording, of.slot);
  const { end, more, link: to } = toEntry(wording, of);
  return {
    subject: text('expired.subject'),
    sms: text('expired.sms', { waiting: of.stillWaiting }),
    note: { text: text('expired.note', { slot }), more },
    link: to,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('expired.intro', { slot })),
      paragraph(text(of.stillWaiting ? 'expired.waiting' : 'expired.left')),
      paragraph(text(of.stillWaiting ? 'expired.leave' : 'expired.again')),
      end,
    ],
  };
};

const revoked: Template<RevokedFacts> = (of, wording): Draft => {
  const { text, language } = wording;
  const slot = slotWords(wording, of.slot);
  const booked = of.wasBooked;
  const first = of.isFirst;
  const { end, more, link: to } = toEntry(wording, of);
  return {
    subject: text('revoked.subject', { booked }),
    sms: text('revoked.sms', { booked, first, slot: slot.short }),
    note: { text: text('revoked.note', { first, slot: slot.when }), more },
    link: to,
    // An offer that was open is in no calendar.
    ...(booked ? { calendar: { method: 'CANCEL', of } } : {}),
    body: [
      paragraph(greeting(wording, of)),
      paragraph(of.isUnopened ? text('revoked.unopened') : text('revoked.intro', { booked })),
      slotFacts(wording, of, slot, false),
      ...(of.cause === undefined ? [] : [paragraph(text('revoked.cause', { cause: of.cause }))]),
      ...(of.said ? [paragraph(labelOf(of.said, language))] : []),
      paragraph(text('revoked.sorry')),
      paragraph(text(first ? 'revoked.first' : 'revoked.waiting')),
      // Of a void draw the public page says why.
      ...(first ? [] : [link(text('revoked.why'), of.publicUrl)]),
      end,
    ],
  };
};

function openWords(of: OpenOfferFacts, wording: Wording) {
  const { text } = wording;
  const { acceptUrl, declineUrl } = of;
  // Signed addresses are too long to be typed from paper.
  const answers: Block[] = [
    offPaper(link(text('offer.accept'), acceptUrl)),
    offPaper(link(text('offer.decline'), declineUrl)),
  ];
  const more = offPaper({ text: text('note.accept', { url: webAddress(acceptUrl) }) });
  return {
    slot: slotWords(wording, of.slot),
    deadline: wording.date(of.deadlineMs),
    document: text(`document.${of.document}`),
    people: of.people ?? 1,
    words: { answers, more, end: toEntry(wording, of).end },
  };
}

/** Messages about an offer. */
export const offerTemplates = { offer, reminder, expired, revoked };
