import { facts, link, list, paragraph } from '../blocks.ts';
import type { CommonFacts } from '../facts.ts';
import { type Draft, type Template, toEntry } from '../template.ts';
import { greeting, partyFacts, requestOf, type Wording } from '../wording.ts';

export interface CodeFacts extends CommonFacts {
  readonly code: string;
  readonly expiresAtMs: number;
}

export interface SecretFacts extends CommonFacts {
  /** The secret that manages the entry: a code has shown that the message reaches its person. */
  readonly token: string;
  /** Six digits that its person says on the telephone. */
  readonly callCode: string;
}

const code: Template<CodeFacts> = (of, wording) => {
  const { text } = wording;
  const { code, entryUrl } = of;
  const { time, when: expires } = wording.date(of.expiresAtMs);
  const { more, link: to } = toEntry(wording, of);
  return {
    subject: text('code.subject'),
    sms: text('code.sms', { code, time }),
    note: { text: text('code.note', { code, expires }), more },
    link: to,
    body: [
      // By no name: whoever wrote the address may have made it up.
      paragraph(text('greeting')),
      paragraph(text('code.intro')),
      facts([
        [text('code.fact.code'), code],
        [text('code.fact.expires'), expires],
      ]),
      paragraph(text('code.enter')),
      link(text('code.link'), entryUrl),
      paragraph(text('code.secret')),
      paragraph(text('code.unasked')),
    ],
  };
};

const welcome: Template<SecretFacts> = (of, wording) => {
  const { text } = wording;
  const { people = 1 } = of;
  const { end, more, link: to } = toEntry(wording, of);
  return {
    subject: text('welcome.subject'),
    sms: text('welcome.sms', { people }),
    note: { text: text('welcome.note', { people }), more },
    link: to,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('welcome.intro', { people })),
      secretFacts(wording, of),
      paragraph(text('welcome.how')),
      list(text.list('welcome.steps')),
      paragraph(text('welcome.call')),
      paragraph(text('welcome.keep')),
      end,
    ],
  };
};

/** The same for who lost it. */
const linkAgain: Template<SecretFacts> = (of, wording): Draft => {
  const { text } = wording;
  const { end, more, link: to } = toEntry(wording, of);
  return {
    subject: text('link.subject'),
    sms: text('link.sms'),
    note: { text: text('link.note'), more },
    link: to,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('link.intro')),
      secretFacts(wording, of),
      paragraph(text('link.secret')),
      end,
      paragraph(text('link.unasked')),
    ],
  };
};

const duplicate: Template<CommonFacts> = (of, wording) => {
  const { text } = wording;
  const { end, more, link: to } = toEntry(wording, of);
  return {
    subject: text('duplicate.subject'),
    sms: text('duplicate.sms'),
    note: { text: text('duplicate.note'), more },
    link: to,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('duplicate.intro')),
      facts([
        [text('duplicate.fact.request'), requestOf(wording, of)],
        [text('duplicate.fact.entry'), of.entry],
      ]),
      paragraph(text('duplicate.other')),
      paragraph(text('duplicate.mistake')),
      end,
    ],
  };
};

/** Somebody was added to the entry or taken out, or went on alone. */
const party: Template<CommonFacts> = (of, wording) => {
  const { text } = wording;
  const { people = 1 } = of;
  const { end, more, link: to } = toEntry(wording, of);
  return {
    subject: text('party.subject'),
    sms: text('party.sms', { people }),
    note: { text: text('party.note', { people }), more },
    link: to,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('party.intro', { people })),
      facts([
        [text('fact.yourRequest'), requestOf(wording, of)],
        [text('fact.people'), text('people', { people })],
      ]),
      paragraph(text('party.places', { people })),
      paragraph(text('party.unasked')),
      end,
    ],
  };
};

function secretFacts(wording: Wording, of: SecretFacts) {
  const { text } = wording;
  return facts([
    [text('fact.yourRequest'), requestOf(wording, of)],
    ...partyFacts(wording, of, false),
    [text('fact.reference'), of.entry],
    [text('fact.secret'), of.token],
    [text('fact.callCode'), of.callCode],
  ]);
}

/** Messages about an entry. */
export const entryTemplates = { code, welcome, link: linkAgain, duplicate, party };
