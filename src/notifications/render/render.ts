import { LANGUAGES, type Language, languages } from '../../base/languages.ts';
import { oneLine } from '../../base/one-line.ts';
import type { MessageKind } from '../../domain/messages/kinds.ts';
import { labelOf } from '../../domain/values.ts';
import { createDateWriter, type WriteDate } from '../../texts/dates.ts';
import { type Line, offPaper, onPaper, textsOfBlocks } from './blocks.ts';
import { appointmentCalendar } from './calendar.ts';
import type { CommonFacts, SlotFacts } from './facts.ts';
import { loadLayout, type Page } from './layout.ts';
import type { CalendarFile, RenderedMessage } from './message.ts';
import { renderSms } from './sms-text.ts';
import type { Draft, Template } from './template.ts';
import { type MessageFacts, templates } from './templates.ts';
import { createWording, type Wording, webAddress } from './wording.ts';

export interface Renderer {
  /** Writes one message in the person's language. Pure: the same facts give the same message. */
  renderMessage<K extends MessageKind>(
    kind: K,
    language: Language,
    facts: MessageFacts[K],
  ): RenderedMessage;
}

interface Tools {
  readonly layout: (page: Page) => string;
  readonly writeDate: WriteDate;
  readonly organizerEmail: string;
}

/** Loads the layout. `organizerEmail` is the address that calendar files name as their source. */
export function createRenderer(deps: { readonly organizerEmail: string }): Renderer {
  const tools = { ...deps, layout: loadLayout(), writeDate: createDateWriter() };
  return {
    renderMessage<K extends MessageKind>(kind: K, language: Language, facts: MessageFacts[K]) {
      // A template takes the facts of its kind, which the compiler cannot follow through the table.
      const template = templates[kind] as unknown as Template<MessageFacts[K]>;
      return render(tools, template, language, facts);
    },
  };
}

function render<Facts extends CommonFacts>(
  tools: Tools,
  template: Template<Facts>,
  language: Language,
  facts: Facts,
): RenderedMessage {
  const wordingIn = (one: Language) => createWording(tools.writeDate, one, facts.timeZone);
  const wording = wordingIn(language);
  const other = wordingIn(languages.find((one) => one !== language) ?? language);
  const draft = template(facts, wording);
  const subject = oneLine(draft.subject);
  const prefecture = oneLine(labelOf(facts.prefecture.labels, language));
  const footer = footerOf(wording, facts);
  const note = noteOf(other, template(facts, other));
  const attachment = calendarOf(tools, wording, draft);
  const textOf = (blocks: Draft['body'], foot: readonly Line[]) => [
    ...textsOfBlocks(blocks, language),
    [prefecture, ...foot.map(({ text }) => text)].join('\n'),
  ];
  const noteText = (lines: readonly Line[]) => lines.map(({ text }) => text);
  return {
    language,
    subject,
    text: [...textOf(draft.body, footer), ['---', ...noteText(note)].join('\n')].join('\n\n'),
    html: tools.layout({
      ...{ language, subject, prefecture, footer, dir: LANGUAGES[language].dir },
      blocks: draft.body,
      other: { language: other.language, note },
    }),
    sms: renderSms(draft.sms, webAddress(draft.link)),
    ...(attachment === undefined ? {} : { attachment }),
    letter: {
      paragraphs: [
        ...textOf(onPaper(draft.body), onPaper(footer)),
        noteText(onPaper(note)).join('\n'),
      ],
      link: draft.link,
    },
    data: plainFacts(facts, language),
  };
}

function footerOf({ text }: Wording, { entry, publicUrl }: CommonFacts): Line[] {
  return [
    { text: text('footer.reference', { entry }) },
    { text: text('footer.free') },
    { text: text('footer.rules', { url: webAddress(publicUrl) }) },
    // Offices read their post.
    offPaper({ text: text('footer.automatic') }),
  ];
}

/** Two lines in another language, for whoever chose the wrong one or reads over a shoulder. */
function noteOf({ text }: Wording, { note }: Draft): Line[] {
  return [{ text: text('note.other', { text: note.text }) }, note.more];
}

/** A file for a new appointment, or for one that was in the calendar and is called off. */
function calendarOf(
  { organizerEmail }: Tools,
  { language, text }: Wording,
  { calendar }: Draft,
): CalendarFile | undefined {
  if (!calendar) return undefined;
  const { offer, slot, prefecture, entryUrl, settledAtMs, people = 1 } = calendar.of;
  const place = `${labelOf(slot.site, language)}, ${labelOf(slot.address, language)}`;
  const name = oneLine(labelOf(prefecture.labels, language));
  return {
    method: calendar.method,
    filename: text('calendar.file'),
    content: appointmentCalendar({
      language,
      uid: offer,
      startMs: Date.parse(slot.start),
      summary: text('calendar.summary', { people }),
      location: oneLine(place),
      url: webAddress(entryUrl),
      organizer: { name, email: organizerEmail },
      stampMs: settledAtMs,
      cancelled: calendar.method === 'CANCEL',
    }),
  };
}

/** The facts for a machine: one flat object, without names and request type. */
function plainFacts(
  facts: CommonFacts & { readonly slot?: SlotFacts },
  language: Language,
): RenderedMessage['data'] {
  const { prefecture, name, others, requestType, slot, ...rest } = facts;
  const flat: Record<string, string | number | boolean> = { prefecture: prefecture.id };
  for (const [member, value] of Object.entries(rest)) {
    if (typeof value !== 'object') flat[member] = value;
  }
  return slot ? { ...flat, start: slot.start, site: oneLine(labelOf(slot.site, language)) } : flat;
}
