import { expect, test } from 'vitest';
import { type AgentKey, isValidKey, keyThatStays } from '#src/domain/agents/agent.ts';

const key = (id: string, members: Partial<AgentKey> = {}): AgentKey => ({
  ...{ id, role: 'admin', label: id, hash: '', createdAtMs: 0 },
  ...members,
});
const isAdmin = ({ role }: AgentKey) => role === 'admin';
const revoked = { atMs: 1, by: 'a' };

test('a key counts until it expires or is taken away', () => {
  const valid = (one: AgentKey) => [9, 10].map((nowMs) => isValidKey(one, nowMs));
  expect(valid(key('a', { expiresAtMs: 10 }))).toEqual([true, false]);
  expect([...valid(key('a')), ...valid(key('a', { revoked }))]).toEqual([true, true, false, false]);
});

test('the last valid key that can make others stays', () => {
  const stays = (keys: AgentKey[], id: string) => keyThatStays(keys, id, isAdmin, 10)?.id;
  const agent = key('agent', { role: 'agent' });
  const over = [key('gone', { revoked }), key('over', { expiresAtMs: 10 })];
  expect(stays([key('a'), key('b'), agent], 'a')).toBe('b');
  const last = expect.objectContaining({ code: 'agent_last' });
  expect(() => stays([key('a'), agent, ...over], 'a')).toThrow(last);
  expect(stays([key('a'), agent], 'agent')).toBe('a');
  expect(stays([agent, ...over], 'agent')).toBeUndefined();
});
