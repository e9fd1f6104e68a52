import { expect, test } from 'vitest';
import { joinPageUrl } from '#src/identity/page-url.ts';
import { pageFaults } from '../support/page-faults.ts';
import { exchange, joinRequest, prefecture, useApi } from './harness.ts';

const api = useApi({ workTries: 0, requestsPerMinute: 3 });

test('without work the form needs no script, and who is stopped loses nothing', async () => {
  const url = joinPageUrl(api.origin(), prefecture);
  const { text, headers } = await exchange(url, 'GET', undefined, {});
  expect(pageFaults(text)).toEqual([]);
  expect(headers.get('content-security-policy')).not.toContain('script-src');
  const key = /name="key" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const { person, contact } = joinRequest();
  const body = new URLSearchParams({
    key,
    requestType: 'renewal',
    name: 'Ada Exemple',
    agdref: person.document.number,
    email: contact.email,
  }).toString();
  const send = () =>
    exchange(url, 'POST', body, { 'content-type': 'application/x-www-form-urlencoded' });
  const answers = [await send(), await send(), await send(), await send()];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
  const stopped = answers[3];
  expect(Number(stopped?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(stopped?.text).toContain(`value="${contact.email}"`);
  expect(stopped?.text).toContain('Trop de demandes pour le moment');
});
