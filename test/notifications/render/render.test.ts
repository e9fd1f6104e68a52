import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Language, languages } from '#src/base/languages.ts';
import { MESSAGE_KINDS, type MessageKind } from '#src/domain/messages/kinds.ts';
import type { RenderedMessage } from '#src/notifications/render/message.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { textsOf } from '#src/texts/catalogues.ts';
import { facts } from '../support/facts.ts';

const { renderMessage } = createRenderer({ organizerEmail: 'ne-pas-repondre@rdv.example.org' });
const all = MESSAGE_KINDS.flatMap((kind) => languages.map((language) => ({ kind, language })));

function render(kind: MessageKind, language: Language, change: object = {}): RenderedMessage {
  return renderMessage(kind, language, { ...facts[kind], ...change });
}

describe('every message', () => {
  test.each(all)('has all its words: $kind in $language', ({ kind, language }) => {
    const { subject, text, html, sms } = render(kind, language);
    expect(`${subject}${text}${html}${sms}`).not.toMatch(/undefined|null|NaN|Invalid|\[object/);
  });

  test.each(all)('ends with two lines in the other language: $kind in $language', (one) => {
    const { text, html } = render(one.kind, one.language);
    const [first, second, ...more] = text.split('\n---\n')[1]?.split('\n') ?? [];
    expect(first).toMatch(one.language === 'fr' ? /^English: / : /^Français : /);
    expect(second).toMatch(/https:\/\/\S+$/);
    expect(more).toEqual([]);
    expect(html).toContain(`<html lang="${one.language}">`);
    expect(html).toContain(`<div lang="${one.language === 'fr' ? 'en' : 'fr'}">`);
  });

  test.each(all)('loads nothing from outside: $kind in $language', ({ kind, language }) => {
    expect(render(kind, language).html).not.toMatch(
      /<(img|link|script|iframe|style)|src=|url\(|@import/i,
    );
  });

  test.each(all)('says that the waitlist is free: $kind in $language', ({ kind, language }) => {
    const text = textsOf('messages', language, 'plain')('footer.free');
    expect(render(kind, language).text).toContain(text);
  });

  test.each(all)('is the same every time: $kind in $language', ({ kind, language }) => {
    expect(render(kind, language)).toEqual(render(kind, language));
  });
});

const labels = fc.record({
  fr: fc.string({ unit: 'grapheme', minLength: 8, maxLength: 200 }),
  en: fc.string({ unit: 'grapheme', minLength: 8, maxLength: 200 }),
});
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '\r\nBcc: everybody@example.org\r\n\r\n<h1>',
    '\n\n> Pay here | https://evil.example/\n\n',
    '\n- a\n= b | c\n',
    '<%= it.name %>',
    '\u202egnp.exe',
    'Win 500 € at www.evil.example',
    'evil.example/pay',
    '<<<&&&"\'`',
  ),
);

describe('whatever names and labels hold', () => {
  const kinds = fc.constantFrom(...all);
  /** What is seen, or passed on, without the mail being opened. */
  const seen = (kind: MessageKind, language: Language, change?: object) => {
    const { subject, sms, attachment, data } = render(kind, language, change);
    const calendar = attachment?.content ?? '';
    return { subject, sms, calendar, data: JSON.stringify(data) } as Record<string, string>;
  };
  /** The tags of a page without what stands between them. */
  const skeleton = (html: string) => html.match(/<[^>]*>/g);

  test('no subject, SMS or calendar tells the request type', () => {
    fc.assert(
      fc.property(kinds, labels, ({ kind, language }, requestType) => {
        for (const label of Object.values(requestType)) {
          // A label may by chance be a part of every subject: then it tells nothing.
          for (const [name, text] of Object.entries(seen(kind, language, { requestType }))) {
            if (!seen(kind, language)[name]?.includes(label)) expect(text).not.toContain(label);
          }
        }
        // Stronger: none of it depends on the request type at all.
        expect(seen(kind, language, { requestType })).toEqual(seen(kind, language));
      }),
    );
  });

  test('a page keeps its structure: nothing becomes a tag or an attribute', () => {
    fc.assert(
      fc.property(kinds, nasty, nasty, nasty, ({ kind, language }, name, site, requestType) => {
        const both = (text: string) => ({ fr: text, en: text });
        const plain = render(kind, language, { name: '-' });
        const { html } = render(kind, language, {
          name,
          requestType: both(requestType),
          prefecture: { id: '92', labels: both(site) },
          slot: { ...facts.offer.slot, site: both(site), address: both(name) },
        });
        expect(skeleton(html)).toEqual(skeleton(plain.html));
      }),
    );
  });

  test('the text keeps its links: a name cannot add one', () => {
    fc.assert(
      fc.property(kinds, nasty, ({ kind, language }, name) => {
        const links = (text: string) => text.match(/\S*(:\/\/|www\.|\.example)\S*/g);
        expect(links(render(kind, language, { name }).text)).toEqual(
          links(render(kind, language, { name: '' }).text),
        );
      }),
    );
  });

  test('subject and SMS are one line, and an SMS has one link and at most 300 characters', () => {
    fc.assert(
      fc.property(kinds, nasty, nasty, ({ kind, language }, name, label) => {
        const prefecture = { id: '92', labels: { fr: label, en: label } };
        const { subject, sms } = render(kind, language, { name, prefecture });
        expect(subject).toMatch(/^[^\p{Cc}]{1,150}$/u);
        expect(sms).toMatch(/^[^\p{Cc}]{40,300}$/u);
        expect(sms.match(/:\/\//g)).toHaveLength(1);
        expect(sms).toMatch(/ https:\/\/\S+$/);
      }),
    );
  });
});

describe('a message', () => {
  test('to an unconfirmed address does not greet by name: a stranger may have typed both', () => {
    expect(render('code', 'fr').text).not.toContain('Fatoumata');
    expect(render('offer', 'fr').text).toContain('Bonjour Fatoumata Diallo-Traoré,');
  });

  test.each(['Dr. A. Ba', "O'Neil", 'Nguyễn Thị Ánh', 'محمد', '李娜'])('greets %s', (name) => {
    expect(render('welcome', 'en', { name }).text).toContain(`Hello ${name},`);
  });

  test.each(['www.evil.example', 'http://evil', 'You won 500', 'A'.repeat(81)])(
    'does not repeat the "name" %j',
    (name) => expect(render('welcome', 'en', { name }).text).toContain('Hello,'),
  );

  test('writes dates in the prefecture’s own time, summer and winter', () => {
    const at = (timeZone: string, start: string) =>
      render('offer', 'fr', { timeZone, slot: { ...facts.offer.slot, start } }).text;
    expect(at('Europe/Paris', '2026-07-01T09:05:00+02:00')).toContain('Heure : 9 h 05');
    expect(at('Indian/Reunion', '2026-12-01T23:30:00+04:00')).toMatch(/1er décembre[\s\S]*23 h 30/);
    expect(at('America/Cayenne', '2027-01-01T00:00:00-03:00')).toMatch(
      /1er janvier 2027[\s\S]*0 h 00/,
    );
  });

  test('with a link that is not http is a bug, and throws', () => {
    expect(() => render('welcome', 'fr', { entryUrl: 'javascript:alert(1)' })).toThrow(/http/);
    expect(() => render('welcome', 'fr', { entryUrl: '/relative' })).toThrow();
  });

  test('with a link too long for an SMS throws rather than cut it', () => {
    const entryUrl = `https://example.org/${'x'.repeat(280)}`;
    expect(() => render('welcome', 'fr', { entryUrl })).toThrow('does not fit an SMS');
  });

  test.each(['offer', 'reminder'] as const)(
    '%s: no SMS is cut, even on the longest days',
    (kind) => {
      // As long as the links of a prefecture with a long name of its own.
      const acceptUrl = `https://rdv.example.org/${'x'.repeat(135)}`;
      const slot = { ...facts.offer.slot, start: '2026-09-30T13:30:00+02:00' };
      const deadlineMs = Date.parse('2026-09-28T18:30:00+02:00');
      for (const language of languages) {
        const { sms } = render(kind, language, { acceptUrl, slot, deadlineMs });
        expect(sms).toContain(acceptUrl);
      }
    },
  );

  test('for systems holds neither name nor request type, but all they need to act', () => {
    const facts = render('offer', 'fr').data;
    expect(Object.keys(facts).sort()).toEqual([
      'acceptUrl',
      'deadlineMs',
      'declineUrl',
      'document',
      'entry',
      'entryUrl',
      'offer',
      'prefecture',
      'publicUrl',
      'site',
      'start',
      'timeZone',
    ]);
  });

  test('has a calendar file where an appointment begins or ends, and only there', () => {
    const method = (kind: MessageKind, change?: object) =>
      render(kind, 'fr', change).attachment?.method;
    expect(method('booked')).toBe('PUBLISH');
    expect(method('cancelled')).toBe('CANCEL');
    expect(method('revoked', { wasBooked: true })).toBe('CANCEL');
    expect(method('revoked', { wasBooked: false })).toBeUndefined();
    for (const kind of ['code', 'welcome', 'offer', 'reminder', 'expired'] as const) {
      expect(method(kind)).toBeUndefined();
    }
  });
});

test('facts of one kind do not do for another: nobody receives "undefined"', () => {
  // @ts-expect-error: an offer needs a slot and a deadline
  expect(() => renderMessage('offer', 'fr', facts.welcome)).toThrow();
  const codeless = { ...facts.code, code: undefined };
  // @ts-expect-error: a code is needed
  expect(() => renderMessage('code', 'fr', codeless)).toThrow('lacks its code');
});
