import { expect, test } from 'vitest';
import { join, joinRequest, minuteMs, prefecture, useApi, verify } from '../harness.ts';

const api = useApi({ messagesPerHour: 10 });
let strangers = 0;
/** A new address for each request: who has one alone is stopped sooner. */
const elsewhere = () => {
  strangers += 1;
  return { 'x-forwarded-for': `198.51.${Math.floor(strangers / 250)}.${strangers % 250}` };
};
const post = (json: unknown, headers = elsewhere()) =>
  api.call('POST', '/entries', { json, headers });
const contact = { email: 'owner@example.org' };
const codes = async () =>
  (await api.store.messages.due(prefecture, 1000)).filter((id) => id.startsWith('code.'));
const resend = (id: string, token: string) =>
  api.call('POST', `/entries/${id}/verification/resend`, { token });

test('ten joins with the mailbox of another keep its owner out for a minute, and not for an hour', async () => {
  const taken = [];
  for (let n = 0; n < 12; n += 1) {
    taken.push((await post(joinRequest({ contact }))).status);
    // As soon as there may be another: whoever pushes entries out must wait as well.
    if (n === 4) api.time.nowMs += minuteMs;
  }
  // Five stand at once; each later one pushes out the oldest, from a minute on.
  expect(taken).toEqual([...Array(10).fill(201), 409, 409]);
  const refused = await post(joinRequest({ contact }));
  expect([refused.status, refused.body.code]).toEqual([409, 'contact_exhausted']);
  api.time.nowMs += minuteMs;
  const owner = await post(joinRequest({ contact }));
  expect(owner.status).toBe(201);
  expect((await verify(api, owner.body.id)).body.state).toBe('waiting');
});

test('an entry that was confirmed makes way for nobody', async () => {
  const [owned] = [await join(api, { contact })];
  for (let n = 0; n < 20; n += 1) {
    api.time.nowMs += minuteMs;
    await post(joinRequest({ contact }));
  }
  expect((await api.store.entries.get(prefecture, owned.id))?.state).toBe('waiting');
  const { entries } = await api.store.entries.list(prefecture, { limit: 100, state: 'unverified' });
  expect(entries).toHaveLength(4);
});

test('one address has an hour for ten codes to one mailbox, and takes nothing from others', async () => {
  const stranger = { 'x-forwarded-for': '192.0.2.7' };
  const statuses = [];
  for (let n = 0; n < 60; n += 1) {
    statuses.push((await post(joinRequest({ contact }), stranger)).status);
    api.time.nowMs += minuteMs;
  }
  // Ten at once, and one in six minutes from then on.
  expect(statuses.filter((status) => status === 201).length).toBeLessThanOrEqual(20);
  expect((await post(joinRequest({ contact }))).status).toBe(201);
});

test('codes that are sent again are one a minute, and count against the mailbox', async () => {
  const entries = [];
  for (let n = 0; n < 5; n += 1) entries.push(await join(api, { contact }, { verified: false }));
  const [one] = entries;
  if (!one) throw new Error('five joined');
  const early = await resend(one.id, one.token);
  expect([early.status, early.body.code, early.headers.get('retry-after')]).toEqual([
    429,
    'requests_too_many',
    '60',
  ]);
  // An attacker with five entries and their tokens, as fast as they can for ten minutes.
  for (let second = 0; second < 600; second += 10) {
    api.time.nowMs += 10_000;
    for (const { id, token } of entries) await resend(id, token);
  }
  // Five joins left five at once; one came back each minute. Without: 50.
  expect((await codes()).length).toBeLessThanOrEqual(20);
  expect((await codes()).length).toBeGreaterThanOrEqual(15);
});
