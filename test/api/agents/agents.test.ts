import { beforeEach, describe, expect, test } from 'vitest';
import { operations } from '#src/api/http/operations.ts';
import { hourMs, prefecture, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('admin');
});

const create = (json: unknown, by = token) => api.call('POST', '/agents', { token: by, json });
const remove = (id: string, by = token) => api.call('DELETE', `/agents/${id}`, { token: by });
const idOf = (key: string) => key.split('_')[1] ?? '';

describe('a key', () => {
  test('works with its role, and its secret is nowhere else', async () => {
    const { status, body } = await create({ role: 'auditor', label: 'Cour des comptes' });
    expect(status).toBe(201);
    expect((await api.call('GET', '/slots', { token: body.key })).status).toBe(200);
    expect((await api.call('PUT', '/pause', { token: body.key })).status).toBe(403);
    const secret = body.key.split('_')[2];
    const { body: list, text } = await api.call('GET', '/agents', { token });
    expect(list.agents.map(({ role }: { role: string }) => role).sort()).toEqual([
      'admin',
      'auditor',
    ]);
    expect(text).not.toMatch(/hash/);
    const stored = JSON.stringify(await api.redis.hgetall(`tirage:{${prefecture}}:agents`));
    const lines = JSON.stringify(await Array.fromAsync(api.store.audit.read(prefecture)));
    expect(text + stored + lines + api.logged.join()).not.toContain(secret);
  });

  test('with scopes may do what they say and nothing else of its role', async () => {
    const scopes = ['enterAtDesk', 'searchEntries'];
    const { body } = await create({ role: 'supervisor', label: 'import', scopes });
    expect(body.scopes).toEqual(scopes);
    for (const { id, method, path, access } of operations) {
      if (typeof access === 'string' || !path.match(/^[^{]+$/)) continue;
      const reply = await api.call(method.toUpperCase(), path, { token: body.key });
      const isRefused = reply.status === 403;
      expect([id, isRefused]).toEqual([id, !scopes.includes(access.agent)]);
    }
    const { body: refused } = await api.call('PUT', '/pause', { token: body.key });
    expect(refused.code).toBe('scope_insufficient');
  });

  test('is refused from its expiry on', async () => {
    const expiresAt = new Date(api.time.nowMs + hourMs).toISOString();
    const { body } = await create({ role: 'agent', label: 'for a day', expiresAt });
    expect(body.expiresAt).toBe(expiresAt);
    api.time.nowMs += hourMs - 1;
    expect((await api.call('GET', '/slots', { token: body.key })).status).toBe(200);
    api.time.nowMs += 1;
    const { status, body: refused } = await api.call('GET', '/slots', { token: body.key });
    expect([status, refused.code]).toEqual([401, 'credentials_rejected']);
  });

  test('says when it was last used', async () => {
    const { body } = await create({ role: 'agent', label: 'desk 4' });
    const lastUse = async () => {
      const { body: list } = await api.call('GET', '/agents', { token });
      return list.agents.find(({ id }: { id: string }) => id === body.id).lastUsedAt;
    };
    expect(await lastUse()).toBeNull();
    await api.call('GET', '/slots', { token: body.key });
    expect(await lastUse()).toBe(new Date(api.time.nowMs).toISOString());
  });
});

describe('making a key', () => {
  test.each([
    [{ role: 'king', label: 'x' }, 'role'],
    [{ role: 'agent', label: 'x', scopes: ['configure'] }, 'scopes'],
    [{ role: 'agent', label: 'x', scopes: ['everything'] }, 'scopes[0]'],
    [{ role: 'agent', label: 'x', scopes: [] }, 'scopes'],
    [{ role: 'agent', label: 'x', scopes: ['enterAtDesk', 'enterAtDesk'] }, 'scopes'],
    [{ role: 'agent', label: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ role: 'agent', label: 'x', expiresAt: 'never' }, 'expiresAt'],
  ])('refuses %j', async (json, member) => {
    const { status, body } = await create(json);
    expect([status, body.code, body.errors[0].member]).toEqual([400, 'request_invalid', member]);
  });

  test('gives nobody more than who makes it', async () => {
    const scopes = ['manageAgents', 'readSlots'];
    const { body } = await create({ role: 'admin', label: 'keys only', scopes });
    const more = await create({ role: 'agent', label: 'x' }, body.key);
    expect([more.status, more.body.code]).toEqual([403, 'scope_insufficient']);
    const same = { role: 'auditor', label: 'x', scopes: ['readSlots'] };
    expect((await create(same, body.key)).status).toBe(201);
  });
});

describe('taking a key away', () => {
  test('is at once, stays listed with who did it, and may be repeated', async () => {
    const { body } = await create({ role: 'agent', label: 'desk 4' });
    expect((await remove(body.id)).status).toBe(204);
    expect((await api.call('GET', '/slots', { token: body.key })).status).toBe(401);
    expect((await remove(body.id)).status).toBe(204);
    const { body: list } = await api.call('GET', '/agents', { token });
    const listed = list.agents.find(({ id }: { id: string }) => id === body.id);
    const at = new Date(api.time.nowMs).toISOString();
    expect(listed.revoked).toEqual({ at, by: idOf(token) });
    const { body: none } = await remove('0000000000');
    expect(none.code).toBe('agent_not_found');
  });

  test('leaves the last key that can do everything', async () => {
    const { body } = await create({ role: 'admin', label: 'x', scopes: ['manageAgents'] });
    const refused = await remove(idOf(token));
    expect([refused.status, refused.body.code]).toEqual([409, 'agent_last']);
    await create({ role: 'admin', label: 'second' });
    expect((await remove(idOf(token))).status).toBe(204);
    expect((await remove(body.id, body.key)).status).toBe(204);
  });
});

test('without a provider agents come by keys alone', async () => {
  for (const path of ['login?prefecture=92', 'callback?code=x&state=y']) {
    const { status, body } = await api.send('GET', `/v1/agents/${path}`);
    expect([status, body.code]).toEqual([404, 'sign_in_unavailable']);
  }
});
