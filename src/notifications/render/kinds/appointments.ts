import type { AbsenceCause } from '../../../domain/absences/rule.ts';
import { absenceRuleText } from '../../../texts/absence-rule.ts';
import { facts, link, list, offPaper, paragraph } from '../blocks.ts';
import type { AppointmentFacts, BookedFacts, CommonFacts } from '../facts.ts';
import { type Draft, slotFacts, type Template, toEntry } from '../template.ts';
import { greeting, requestOf, slotWords, type Wording, webAddress } from '../wording.ts';

export interface CancelledFacts extends AppointmentFacts {
  readonly stillWaiting: boolean;
  /** Draws that the person sits out for it: none unless it came too late. */
  readonly drawsLeft: number;
}

/** An appointment was missed, or given up too late: what it costs, and how to say why. */
export interface AbsenceFacts extends CommonFacts {
  readonly cause: AbsenceCause;
  readonly drawsLeft: number;
}

/** What an agent decided on it. */
export interface DecisionFacts extends CommonFacts {
  readonly lifted: boolean;
  readonly drawsLeft: number;
  readonly stillWaiting: boolean;
}

const booked: Template<BookedFacts> = (of, wording): Draft => {
  const { text, language } = wording;
  const slot = slotWords(wording, of.slot);
  const rule = absenceRuleText(language, of.rule);
  const document = text(`document.${of.document}`);
  const { people = 1 } = of;
  return {
    subject: text('booked.subject'),
    sms: text('booked.sms', { slot: slot.short, people, by: of.proxy?.by ?? 'none' }),
    note: {
      text: text('booked.note', { slot: slot.when, people }),
      more: { text: text('booked.note.entry', { url: webAddress(of.entryUrl) }) },
    },
    link: of.entryUrl,
    calendar: { method: 'PUBLISH', of },
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('booked.intro', { people })),
      ...(of.proxy ? [paragraph(text('booked.proxy', proxyWords(wording, of.proxy)))] : []),
      slotFacts(wording, of, slot, true, true),
      paragraph(text('booked.day')),
      list(text.list('booked.todo', { document, people })),
      // Paper has no attachment.
      offPaper(paragraph(text('booked.file'))),
      paragraph(text('booked.cancel')),
      ...(rule === undefined ? [] : [paragraph(rule)]),
      link(text('booked.link'), of.entryUrl),
    ],
  };
};

function proxyWords(
  { date }: Wording,
  { by, undoUntilMs }: NonNullable<BookedFacts['proxy']>,
): { readonly by: string; readonly until: string } {
  return { by, until: date(undoUntilMs).when };
}

const cancelled: Template<CancelledFacts> = (of, wording): Draft => {
  const { text } = wording;
  const slot = slotWords(wording, of.slot);
  const { stillWaiting: waiting, drawsLeft: draws } = of;
  const { end, more, link: to } = toEntry(wording, of);
  return {
    subject: text('cancelled.subject'),
    sms: text('cancelled.sms', { slot: slot.short, waiting, draws }),
    note: { text: text('cancelled.note', { slot: slot.when }), more },
    link: to,
    calendar: { method: 'CANCEL', of },
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('cancelled.intro')),
      slotFacts(wording, of, slot, false),
      paragraph(afterCancelling(wording, of)),
      paragraph(text('cancelled.place')),
      paragraph(text('cancelled.unasked')),
      end,
    ],
  };
};

function afterCancelling({ text }: Wording, { stillWaiting, drawsLeft: draws }: CancelledFacts) {
  if (!stillWaiting) return text('cancelled.left');
  return draws > 0 ? text('cancelled.late', { draws }) : text('cancelled.waiting');
}

const absence: Template<AbsenceFacts> = (of, wording) => {
  const { text } = wording;
  const { cause, drawsLeft: draws } = of;
  const { more, link: to } = toEntry(wording, of);
  return {
    subject: text('absence.subject'),
    sms: text('absence.sms', { cause, draws }),
    note: { text: text('absence.note', { draws }), more },
    link: to,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('absence.intro', { cause })),
      paragraph(text('absence.rule', { draws })),
      facts([[text('fact.yourRequest'), requestOf(wording, of)]]),
      paragraph(text('absence.explain')),
      link(text('absence.link'), of.entryUrl),
    ],
  };
};

const decided: Template<DecisionFacts> = (of, wording) => {
  const { text } = wording;
  const { lifted } = of;
  const { end, more, link: to } = toEntry(wording, of);
  return {
    subject: text('absence_decided.subject'),
    sms: text('absence_decided.sms', { lifted }),
    note: { text: text('absence_decided.note', { lifted }), more },
    link: to,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('absence_decided.intro', { lifted })),
      paragraph(afterDecision(wording, of)),
      facts([[text('fact.yourRequest'), requestOf(wording, of)]]),
      ...(lifted ? [] : [paragraph(text('absence_decided.disagree'))]),
      end,
    ],
  };
};

function afterDecision({ text }: Wording, { lifted, drawsLeft: draws, ...of }: DecisionFacts) {
  if (!lifted && draws > 0) return text('absence_decided.draws', { draws });
  return text(of.stillWaiting ? 'absence_decided.waiting' : 'absence_decided.ended');
}

/** Messages about an appointment, and about one that was missed. */
export const appointmentTemplates = { booked, cancelled, absence, absence_decided: decided };
