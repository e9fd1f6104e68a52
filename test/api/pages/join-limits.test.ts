import { expect, test } from 'vitest';
import { joinPageUrl } from '#src/domain/page-addresses.ts';
import { pageFaults } from '../../support/page-faults.ts';
import { exchange, joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi({ workTries: 0, hasSms: false, requestsPerMinute: 4 });

test('without work the form needs no script, without text messages an e-mail address, and who is stopped loses nothing', async () => {
  const url = joinPageUrl(api.origin(), prefecture);
  const { text, headers } = await exchange(url, 'GET', undefined, {});
  expect(pageFaults(text)).toEqual([]);
  expect(headers.get('content-security-policy')).not.toContain('script-src');
  expect(text).not.toContain('type="tel"');
  expect(text).toContain('Inscrivez-vous au guichet : les messages viennent par la poste');
  const key = /name="key" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const { person, contact } = joinRequest();
  const fields = {
    key,
    requestType: 'renewal',
    name: 'Ada Exemple',
    agdref: person.document.number,
    email: contact.email,
  };
  const send = (members: Record<string, string> = {}) =>
    exchange(url, 'POST', new URLSearchParams({ ...fields, ...members }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  // Who gave a telephone alone would wait for a code that nobody sends.
  const unreachable = await send({ email: '', phone: '06 12 34 56 78' });
  expect([unreachable.status, unreachable.text.includes('Donnez une adresse e-mail.')]).toEqual([
    422,
    true,
  ]);
  const answers = [await send(), await send(), await send(), await send()];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
  const stopped = answers[3];
  expect(Number(stopped?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(stopped?.text).toContain(`value="${contact.email}"`);
  expect(stopped?.text).toContain('Trop de demandes pour le moment');
});
