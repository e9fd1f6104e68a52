import { type Language, languages } from '../../base/languages.ts';
import type { MessageKind } from '../../domain/messages/kinds.ts';
import { createDateWriter, type WriteDate } from '../../texts/dates.ts';
import { parseBlocks, textOf } from './blocks.ts';
import { appointmentCalendar } from './calendar.ts';
import type { AppointmentFacts, CalendarFile, MessageFacts, RenderedMessage } from './message.ts';
import { renderSms } from './sms-text.ts';
import { loadTemplates, type Templates, type Words } from './templates.ts';
import { link, oneLine, wordsOf } from './wording.ts';

/** How each language sets a colon between a term and what it stands for. */
const COLONS: Record<Language, string> = { fr: ' : ', en: ': ' };
const OTHER_NOTES: Record<Language, string> = { fr: 'Français', en: 'English' };
const SUMMARIES: Record<Language, string> = {
  fr: 'Rendez-vous à la préfecture',
  en: 'Appointment at the prefecture',
};

export interface Renderer {
  /** Writes one message in the person's language. Pure: the same facts give the same message. */
  renderMessage<K extends MessageKind>(
    kind: K,
    language: Language,
    facts: MessageFacts[K],
  ): RenderedMessage;
}

interface Tools {
  readonly templates: Templates;
  readonly writeDate: WriteDate;
  readonly organizerEmail: string;
}

/** Loads the templates. `organizerEmail` is the address that calendar files name as their source. */
export function createRenderer(deps: { readonly organizerEmail: string }): Renderer {
  const tools = { ...deps, templates: loadTemplates(), writeDate: createDateWriter() };
  return {
    renderMessage: (kind, language, facts) => render(tools, kind, language, facts),
  };
}

function render<K extends MessageKind>(
  tools: Tools,
  kind: K,
  language: Language,
  facts: MessageFacts[K],
): RenderedMessage {
  const { templates, writeDate } = tools;
  const words = wordsOf<K>(writeDate, language, facts);
  const other = languages.find((one) => one !== language) ?? language;
  const otherWords = wordsOf<K>(writeDate, other, facts);
  const page = {
    language,
    subject: oneLine(templates.fill(kind, language, 'subject', words)),
    prefecture: oneLine(facts.prefecture.labels[language]),
    blocks: parseBlocks(templates.fill(kind, language, 'body', words)),
    footer: lines(templates.fill('common', language, 'footer', words)),
    other: { language: other, note: noteOf(templates, kind, other, otherWords) },
  };
  const attachment = calendarOf(tools, language, kind, facts);
  const sms = templates.fill(kind, language, 'sms', words);
  return {
    language,
    subject: page.subject,
    text: [
      textOf(page.blocks, COLONS[language]),
      [page.prefecture, ...page.footer].join('\n'),
      ['---', ...page.other.note].join('\n'),
    ].join('\n\n'),
    html: templates.html(page),
    sms: renderSms(sms, link('acceptUrl' in facts ? facts.acceptUrl : facts.entryUrl)),
    ...(attachment === undefined ? {} : { attachment }),
    data: plainFacts(facts),
  };
}

/** Two lines in the other language, for whoever chose the wrong one or reads over a shoulder. */
function noteOf(templates: Templates, kind: MessageKind, language: Language, words: Words) {
  const [first = '', ...rest] = lines(templates.fill(kind, language, 'note', words));
  return [`${OTHER_NOTES[language]}${COLONS[language]}${first}`, ...rest];
}

function lines(text: string): string[] {
  return text.split('\n').map((line) => line.trim());
}

/** A file for a new appointment, or for one that was in the calendar and is called off. */
function calendarOf<K extends MessageKind>(
  { organizerEmail }: Tools,
  language: Language,
  kind: K,
  facts: MessageFacts[K],
): CalendarFile | undefined {
  const cancelled = kind !== 'booked';
  if (!('settledAtMs' in facts) || ('wasBooked' in facts && !facts.wasBooked)) return undefined;
  const { offer, slot, prefecture, entryUrl, settledAtMs }: AppointmentFacts = facts;
  return {
    method: cancelled ? 'CANCEL' : 'PUBLISH',
    filename: 'rendez-vous.ics',
    content: appointmentCalendar({
      uid: offer,
      startMs: Date.parse(slot.start),
      summary: SUMMARIES[language],
      location: oneLine(`${slot.site[language]}, ${slot.address[language]}`),
      url: link(entryUrl),
      organizer: { name: oneLine(prefecture.labels[language]), email: organizerEmail },
      stampMs: settledAtMs,
      cancelled,
    }),
  };
}

/** The facts for a machine: one flat object, without name and request type. */
function plainFacts<K extends MessageKind>(facts: MessageFacts[K]): RenderedMessage['data'] {
  const { prefecture, name, requestType, ...rest } = facts;
  const flat: Record<string, string | number | boolean> = { prefecture: prefecture.id };
  for (const [member, value] of Object.entries(rest)) {
    if (typeof value !== 'object') flat[member] = value;
  }
  return 'slot' in facts
    ? { ...flat, start: facts.slot.start, site: oneLine(facts.slot.site.fr) }
    : flat;
}
