import { beforeEach, describe, expect, test } from 'vitest';
import { join, prefecture, twoTypes, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('admin');
});

const put = (path: string, json: unknown) => api.call('PUT', path, { token, json });
const { sites, requestTypes } = twoTypes();

describe('PUT settings', () => {
  const labels = { fr: 'Réunion', en: 'Réunion' };

  test('fills in defaults, and is seen at once', async () => {
    const { status, body } = await put('/settings', { labels, timeZone: 'Indian/Reunion' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      labels,
      timeZone: 'Indian/Reunion',
      answerHours: 72,
      codeMinutes: 15,
    });
    expect((await api.call('GET', '')).body.settings).toEqual(body);
  });

  test('labels need French only, which stands for those that are missing', async () => {
    const french = { fr: 'La Réunion' };
    const { status, body } = await put('/settings', { labels: french });
    expect([status, body.labels]).toEqual([200, french]);
    const page = await fetch(`${api.origin()}/p/${prefecture}?lang=en`);
    expect(await page.text()).toContain('– La Réunion</title>');
    expect((await put('/settings', { labels: { en: 'Réunion' } })).status).toBe(400);
  });

  test.each([
    [{ timeZone: 'Europe/Nowhere' }, 'timeZone'],
    [{ answerHours: 0 }, 'answerHours'],
    [{ quietFrom: '24:00' }, 'quietFrom'],
    [{ colour: 'blue' }, ''],
  ])('refuses %j', async (members, member) => {
    const { status, body } = await put('/settings', { labels, ...members });
    expect([status, body.code, body.errors[0].member]).toEqual([400, 'request_invalid', member]);
  });
});

describe('PUT sites and request-types', () => {
  test('replace what was there', async () => {
    const site = { ...sites[0], id: 'new' };
    expect((await put('/sites', { sites: [...sites, site] })).body.sites).toHaveLength(3);
    const type = { ...requestTypes[0], id: 'other', sites: ['new'] };
    const { body } = await put('/request-types', { requestTypes: [...requestTypes, type] });
    expect(body.requestTypes).toHaveLength(3);
    expect((await api.call('GET', '/request-types')).body).toEqual(body);
  });

  test('a site that a request type needs cannot be left out', async () => {
    const { status, body } = await put('/sites', { sites: [sites[0]] });
    expect([status, body.code]).toEqual([422, 'site_unknown']);
  });

  test('a request type cannot be served at a site that is none', async () => {
    const type = { ...requestTypes[0], sites: ['paris'] };
    expect((await put('/request-types', { requestTypes: [type] })).body.code).toBe('site_unknown');
  });

  test('a request type that people wait for cannot be left out', async () => {
    const { id, token: theirs } = await join(api, { requestType: 'first' });
    const without = { requestTypes: [requestTypes[0]] };
    const refused = await put('/request-types', without);
    expect([refused.status, refused.body.code]).toEqual([409, 'request_type_in_use']);
    await api.call('DELETE', `/entries/${id}`, { token: theirs });
    expect((await put('/request-types', without)).status).toBe(200);
  });

  test('a request type that a quota names cannot be left out', async () => {
    await put('/rules', { quotas: { first: { min: 1 } } });
    const refused = await put('/request-types', { requestTypes: [requestTypes[0]] });
    expect(refused.body.code).toBe('request_type_in_use');
  });

  test.each([
    ['schedule', 'PUT', '/draw-schedules/weekly', { pattern: '0 9 * * 1' }],
    ['planned draw', 'POST', '/draws', { at: '2027-01-04T09:00:00Z' }],
  ] as const)(
    'a request type that a %s names cannot be left out',
    async (_, method, path, json) => {
      const plan = { token, json: { ...json, requestTypes: ['first'] } };
      expect((await api.call(method, path, plan)).status).toBeLessThan(300);
      const refused = await put('/request-types', { requestTypes: [requestTypes[0]] });
      expect([refused.status, refused.body.code]).toEqual([409, 'request_type_in_use']);
      expect(refused.body.detail).toContain('a planned draw or a schedule names first');
    },
  );

  test('ids come once', async () => {
    const twice = await put('/sites', { sites: [sites[0], sites[0]] });
    expect(twice.body.code).toBe('request_invalid');
    const types = await put('/request-types', { requestTypes: [requestTypes[0], requestTypes[0]] });
    expect(types.body.code).toBe('request_invalid');
  });
});

describe('PUT rules', () => {
  test('keeps them as they were given, without defaults', async () => {
    const rules = {
      quotas: { renewal: { min: 1, max: 9 } },
      priorityMax: 2,
      ageing: { ticketsPerMiss: 1 },
    };
    expect((await put('/rules', rules)).body).toEqual(rules);
    expect((await api.call('GET', '/rules')).body).toEqual(rules);
    expect((await api.store.prefectures.get(prefecture))?.rules).toEqual(rules);
  });

  test.each([
    [{ quotas: { visa: { min: 1 } } }, 'request_type_unknown', 'rules.quotas.visa'],
    [{ quotas: { renewal: { min: -1 } } }, 'input_malformed', 'rules.quotas.renewal.min'],
    [{ priority: 1 }, 'input_malformed', 'rules.priority'],
    [{ ageing: { maxTickets: 0 } }, 'input_malformed', 'rules.ageing.maxTickets'],
    [[], 'input_malformed', 'rules'],
  ])('refuses %j', async (rules, code, member) => {
    const { status, body } = await put('/rules', rules);
    expect([status, body.code, body.member]).toEqual([422, code, member]);
  });

  test('a __proto__ quota is a name like others, and unknown', async () => {
    const raw = '{"quotas":{"__proto__":{"min":1}}}';
    const { body } = await api.call('PUT', '/rules', { token, raw, type: 'application/json' });
    expect([body.code, body.member]).toEqual(['request_type_unknown', 'rules.quotas.__proto__']);
  });
});

describe('PUT pause', () => {
  test('stops and resumes, in public and with the reason', async () => {
    const { body } = await put('/pause', { paused: true, reason: 'wrong slots' });
    expect(body).toEqual({ paused: { reason: 'wrong slots', since: '2026-12-01T08:00:00.000Z' } });
    expect((await api.call('GET', '')).body.paused).toEqual(body.paused);
    expect((await api.call('POST', '/entries', { json: {} })).status).toBe(400);
    const { id } = await join(api);
    expect((await api.store.entries.get(prefecture, id))?.state).toBe('waiting');
    expect((await put('/pause', { paused: false })).body).toEqual({ paused: null });
    await api.deps().waker.close();
    expect(await api.queues().draws.getJobCounts('waiting')).toEqual({ waiting: 1 });
  });

  test('needs a reason to stop', async () => {
    expect((await put('/pause', { paused: true })).body.code).toBe('request_invalid');
  });
});
