import { describe, expect, test } from 'vitest';
import { auditOf } from '#src/api/http/operation.ts';
import { operations } from '#src/api/http/operations.ts';
import { ROLES } from '#src/domain/agents/agent.ts';
import { rolesFor } from '#src/domain/agents/permissions.ts';
import { join, otherPrefecture, prefecture, useApi } from '../harness.ts';

const api = useApi();

/** An address of an operation, with ids that need not exist. */
function addressOf(path: string, entry = '0000000000000000'): string {
  return path
    .replace('{entryId}', entry)
    .replace(/\{(offerId|appointmentId)\}/, `20261201-draw01.${entry}`)
    .replace('{flagId}', entry)
    .replace('{closureId}', entry)
    .replace('{member}', '1')
    .replace('{drawId}', '20261201-draw01')
    .replace('{slotId}', 'slot-1')
    .replace('{messageId}', `code.${entry}.1`)
    .replace('{agentId}', '0000000000')
    .replace('{helperId}', '0000000000')
    .replace('{day}', '2026-12-01')
    .replace('{name}', 'weekly');
}

const forAgents = operations.flatMap((op) => {
  const { id, method, path, access } = op;
  if (typeof access === 'string') return [];
  const roles: readonly string[] = rolesFor[access.agent];
  const audit = auditOf(op);
  return [{ id, method: method.toUpperCase(), path: addressOf(path), roles, audit }];
});
const forEntries = operations
  .filter(({ access }) => access === 'entry' || access === 'entry_or_signature')
  .map(({ id, method, path }) => ({ id, method: method.toUpperCase(), path }));

describe.each(forAgents)('$id', ({ method, path, roles }) => {
  test('needs a key of this prefecture, none altered, expired or revoked, and no entry token', async () => {
    const missing = await api.call(method, path);
    expect([missing.status, missing.body.code]).toEqual([401, 'credentials_missing']);
    expect(missing.headers.get('www-authenticate')).toBe('Bearer');
    const own = await api.keyOf('admin');
    const altered = own.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const revoked = { atMs: api.time.nowMs, by: 'test' };
    for (const wrong of [
      altered,
      await api.keyOf('admin', otherPrefecture),
      await api.keyOf('admin', prefecture, { expiresAtMs: api.time.nowMs }),
      await api.keyOf('admin', prefecture, { revoked }),
      (await join(api)).token,
      'nonsense',
      `tirage_${'0'.repeat(10)}_${'0'.repeat(40)}`,
      `tirages_${'0'.repeat(16)}_${'0'.repeat(40)}`,
    ]) {
      const { status, body } = await api.call(method, path, { token: wrong });
      expect([status, body.code]).toEqual([401, 'credentials_rejected']);
    }
  });

  test(`is for ${roles.join(', ')} and nobody else`, async () => {
    for (const role of ROLES) {
      const { status } = await api.call(method, path, { token: await api.keyOf(role) });
      expect([role, status === 403]).toEqual([role, !roles.includes(role)]);
    }
  });
});

test('an auditor may read everything and change nothing, an admin may do everything', () => {
  for (const { id, roles, audit } of forAgents) {
    // A helper's own list is nobody else's: agents have the entries themselves.
    const isOwn = roles.includes('helper');
    expect([id, roles.includes('auditor')]).toEqual([id, audit !== 'change' && !isOwn]);
    expect([id, roles.includes('admin')]).toEqual([id, true]);
  }
});

describe.each(forEntries)('$id', ({ method, path }) => {
  test('needs the token of this entry in this prefecture', async () => {
    const mine = await join(api);
    const theirs = await join(api);
    const address = addressOf(path, mine.id);
    const missing = await api.call(method, address);
    expect([missing.status, missing.body.code]).toEqual([401, 'credentials_missing']);
    const elsewhere = api.tokens.entryToken(otherPrefecture, mine.id);
    const agent = await api.keyOf('admin');
    for (const token of [theirs.token, elsewhere, agent, 'nonsense', `${mine.token}x`]) {
      const { status, body } = await api.call(method, address, { token });
      expect([status, body.code]).toEqual([401, 'credentials_rejected']);
    }
  });
});

test('a key that was taken away is refused at once', async () => {
  const key = await api.keyOf('admin');
  expect((await api.call('GET', '/agents', { token: key })).status).toBe(200);
  const by = { atMs: api.time.nowMs, by: 'test' };
  await api.store.agents.revoke(prefecture, key.split('_')[1] ?? '', by, () => false);
  expect((await api.call('GET', '/agents', { token: key })).status).toBe(401);
});

test('every operation is for everyone, for an entry, for a link or for a role', () => {
  const kinds = operations.map(({ access }) => (typeof access === 'object' ? 'agent' : access));
  expect(new Set(kinds)).toEqual(
    new Set(['public', 'entry', 'entry_or_signature', 'signature', 'agent']),
  );
});
