import { expect, test } from 'vitest';
import { type Language, languages } from '#src/base/languages.ts';
import { MESSAGE_KINDS, type MessageKind } from '#src/domain/messages/kinds.ts';
import { createLetterChannel, type Letter } from '#src/notifications/render/letter.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { facts } from '../notifications/support/facts.ts';
import { openAlbum } from './album.ts';

const { renderMessage } = createRenderer({ organizerEmail: 'ne-pas-repondre@rdv.example.org' });
const album = openAlbum('messages');
const postal = ['12 rue de la Paix', '92000 NANTERRE'];

const strike = {
  wasBooked: true,
  cause: 'strike',
  isFirst: true,
  said: {
    fr: 'La sous-préfecture est fermée ce jour-là.',
    en: 'The office is closed on that day.',
  },
};

/** Each kind as it is most often, and what else it can say. */
const messages: readonly [string, MessageKind, object][] = [
  ...MESSAGE_KINDS.map((kind) => [kind, kind, {}] as [string, MessageKind, object]),
  ['reminder of a person without a document', 'reminder', { document: 'none' }],
  ['booked, with a passport and a rule', 'booked', ruleOf(2, 24)],
  ['booked, with a rule of one draw', 'booked', { ...ruleOf(1, 48), document: 'consular' }],
  ['expired, and the entry has left', 'expired', { stillWaiting: false }],
  ['revoked, after it was booked', 'revoked', { wasBooked: true }],
  ['revoked, for a strike', 'revoked', strike],
  [
    'revoked, before it was offered',
    'revoked',
    { isUnopened: true, cause: 'other', isFirst: true },
  ],
  ['cancelled, and the entry has left', 'cancelled', { stillWaiting: false }],
  ['cancelled too late', 'cancelled', { drawsLeft: 2 }],
  ['cancelled too late, one draw', 'cancelled', { drawsLeft: 1 }],
  ['absence, a late cancellation', 'absence', { cause: 'late_cancel', drawsLeft: 1 }],
  ['absence upheld', 'absence_decided', { lifted: false, drawsLeft: 2 }],
  ['absence upheld, and over', 'absence_decided', { lifted: false, stillWaiting: true }],
  ['absence lifted, and waiting', 'absence_decided', { stillWaiting: true }],
  ['acted for, cancelled by a helper', 'acted_for', { act: 'cancel', by: 'helper' }],
  ['acted for, withdrawn', 'acted_for', { act: 'withdraw', undoUntilMs: undefined }],
  ['acted for, availability', 'acted_for', { act: 'availability', undoUntilMs: undefined }],
  ['acted for, exported', 'acted_for', { act: 'exported', undoUntilMs: undefined }],
  [
    'acted for, by who has the link',
    'acted_for',
    { act: 'exported', by: 'link', undoUntilMs: undefined },
  ],
  ['acted for, mandate ended', 'acted_for', { act: 'mandate_ended', undoUntilMs: undefined }],
  [
    'booked by an agent',
    'booked',
    { proxy: { by: 'staff', undoUntilMs: Date.parse('2026-11-24T11:15:00+01:00') } },
  ],
  ['rejected, not concerned', 'rejected', { reason: 'ineligible' }],
  ['welcome of a family', 'welcome', family()],
  ['offer to a family', 'offer', family()],
  ['reminder of a family', 'reminder', family()],
  ['booked by a family', 'booked', family()],
  ['party of one who is left', 'party', { people: undefined, others: undefined }],
];

function family(): object {
  return { people: 3, others: ['Issa Diallo', 'www.example.org'] };
}

function ruleOf(absenceDraws: number, lateCancelHours: number): object {
  return { rule: { absenceDraws, lateCancelHours } };
}

const fileOf = (name: string) => name.replaceAll(/[^a-z_]+/g, '-');

/** The letter that the channel makes of a message. */
async function letterOf(kind: MessageKind, language: Language, change: object): Promise<Letter> {
  const kept: Letter[] = [];
  const keep = async (_prefecture: string, _message: string, letter: Letter) =>
    void kept.push(letter);
  const rendered = renderMessage(kind, language, { ...facts[kind], ...change });
  const to = { name: facts[kind].name, postal };
  await createLetterChannel({ keep }).send({ id: 'm', prefecture: '92', kind, to, rendered });
  const [letter] = kept;
  if (!letter) throw new Error('no letter was kept');
  return letter;
}

test.each(messages)(
  '%s reads as it did: mail, SMS, calendar, letter',
  async (name, kind, change) => {
    const file = fileOf(name);
    for (const language of languages) {
      const about = { ...facts[kind], ...change };
      const { subject, text, html, sms, attachment, data } = renderMessage(kind, language, about);
      const letter = await letterOf(kind, language, change);
      const pieces: readonly [string, string][] = [
        ['text', `Subject: ${subject}\n\n${text}`],
        ['SMS', sms],
        ['HTML', html],
        ['calendar', attachment ? JSON.stringify(attachment, null, 1) : 'none'],
        ['for systems', JSON.stringify(data, null, 1)],
        ['letter', `${letter.subject}\n\n${letter.paragraphs.join('\n\n')}\n\n→ ${letter.link}`],
      ];
      for (const [title, piece] of pieces) album.add(`${file}.${language}`, title, piece);
    }
    await album.compare();
  },
);

test('every golden message is one that there is', () => {
  const files = messages.flatMap(([name]) =>
    languages.map((language) => `${fileOf(name)}.${language}.txt`),
  );
  expect(album.files().sort()).toEqual(files.sort());
});
