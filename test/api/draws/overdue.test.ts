import { beforeEach, expect, test } from 'vitest';
import { hourMs, prefecture, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('supervisor');
});

const plan = async (): Promise<string> =>
  (await api.call('POST', '/draws', { token, json: {} })).body.id;
const told = async (id: string) => {
  const { latestDraws } = (await api.call('GET', '/statistics')).body;
  const { draws } = (await api.call('GET', '/draws')).body;
  const one = (await api.call('GET', `/draws/${id}`)).body.overdue;
  const listed = draws.find((draw: { id: string }) => draw.id === id).overdue;
  const page = await (await fetch(`${api.origin()}/p/${prefecture}?lang=fr`)).text();
  return [one, listed, latestDraws.overdue, page.includes('<strong>en retard')];
};

test('a draw that has no result an hour after its time is called overdue, by API and page', async () => {
  const id = await plan();
  api.time.nowMs += hourMs;
  expect(await told(id)).toEqual([false, false, 0, false]);
  api.time.nowMs += 10_000;
  expect(await told(id)).toEqual([true, true, 1, true]);
  // Frozen, it is so until there is an outcome; given up, no more.
  await api.call('POST', `/draws/${id}/void`, { token, json: { reason: 'nobody was there' } });
  api.time.nowMs += 10_000;
  expect(await told(id)).toEqual([false, false, 0, false]);
});
