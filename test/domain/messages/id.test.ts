import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageId, messageParts, parseMessageId } from '#src/domain/messages/id.ts';
import { MESSAGE_KINDS, messageRow } from '#src/domain/messages/kinds.ts';

const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,48}$/);

describe('the id of a message', () => {
  test('is what it always was: stored messages bear it', () => {
    expect(messageId('code', 'e1', 2)).toBe('code.e1.2');
    expect(messageId('welcome', 'e1', 1)).toBe('welcome.e1.1');
    expect(messageId('offer', 'e1', '20261207-7k2m9x')).toBe('offer.e1.20261207-7k2m9x');
    expect(messageId('absence_decided', 'e1', '3-lifted')).toBe('absence_decided.e1.3-lifted');
  });

  test('gives back what it was made from', () => {
    fc.assert(
      fc.property(name, name, (entry, draw) => {
        const parts = { kind: 'offer', entry, subject: draw };
        expect(parseMessageId(messageId('offer', entry, draw))).toEqual(parts);
      }),
    );
  });

  test('is read to its end: a subject may have dots', () => {
    expect(parseMessageId('welcome.e1.a.b')?.subject).toBe('a.b');
  });

  test.each(['', 'code', 'code.e1', 'code.e1.', 'code..1', 'newsletter.e1.1', '.e1.1'])(
    'is not %j',
    (text) => expect(parseMessageId(text)).toBeUndefined(),
  );

  test('of a kind that is unknown still tells its entry', () => {
    expect(messageParts('newsletter.e1.1')).toEqual({
      kind: 'newsletter',
      entry: 'e1',
      subject: '1',
    });
    expect(messageParts('')).toEqual({ kind: '', entry: '', subject: '' });
  });

  test('takes a subject of its kind only', () => {
    // @ts-expect-error: a round is a number
    expect(messageId('code', 'e1', 'first')).toBe('code.e1.first');
    // @ts-expect-error: there is one welcome
    expect(messageId('welcome', 'e1', 2)).toBe('welcome.e1.2');
    // @ts-expect-error: no such state of an absence
    expect(messageId('absence_decided', 'e1', '3-gone')).toBe('absence_decided.e1.3-gone');
  });

  test('is made and taken apart in one module', () => {
    const made = new RegExp(`\`(?:${MESSAGE_KINDS.join('|')})\\.\\$\\{`);
    const takenApart = /(?:message|id)\w*\.(?:split\('\.'\)|startsWith\('\w+\.'\))/;
    const others = globSync('src/**/*.ts').filter((file) => {
      const text = readFileSync(file, 'utf8');
      return made.test(text) || takenApart.test(text);
    });
    expect(others).toEqual([]);
  });
});

describe('the table of kinds', () => {
  const where = (test: (kind: (typeof MESSAGE_KINDS)[number]) => boolean) =>
    MESSAGE_KINDS.filter(test);

  test('says which are about an offer, and which of them ask for an answer', () => {
    expect(where((kind) => messageRow(kind).about === 'offer')).toEqual([
      'offer',
      'reminder',
      'booked',
      'expired',
      'revoked',
      'cancelled',
    ]);
    expect(where((kind) => messageRow(kind).asksAnswer)).toEqual(['offer', 'reminder']);
  });

  test('says that somebody waits for a code, and that it is soon forgotten', () => {
    // Who may undo something has an hour for it.
    expect(where((kind) => messageRow(kind).isUrgent)).toEqual(['code', 'acted_for']);
    expect(messageRow('code').sentSeconds).toBe(3600);
    expect(messageRow('offer').sentSeconds).toBe(30 * 24 * 3600);
  });
});
