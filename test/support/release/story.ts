import type { AgentKey, Role } from '#src/domain/agents/agent.ts';
import { Settings } from '#src/domain/prefectures/settings.ts';
import { newAgentKey } from '#src/identity/keys/agent-keys.ts';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createTokens } from '#src/identity/keys/tokens.ts';
import { workFor } from '../../../scripts/demo/work.ts';
import { releasePrefecture } from './people.ts';
import { prefecture, quietPrefecture, type ReleaseKeys, type ReleaseWorld } from './world.ts';

export const hourMs = 3_600_000;

/** What the parts of the story hand on, and what is kept beside the dump. */
export interface Story {
  readonly world: ReleaseWorld;
  readonly keys: ReleaseKeys;
  /** API keys by what they are for. */
  readonly agents: Record<string, string>;
  /** Entry and its token, by a name of the story. */
  readonly entries: Record<string, { readonly id: string; readonly token: string }>;
  /** Draw ids by a name of the story. */
  readonly draws: Record<string, string>;
}

// biome-ignore lint/suspicious/noExplicitAny: the story looks at any member of an answer
type Body = any;

/** Sends a request as an agent, or as a person with the token of an entry. */
export async function call(
  story: Story,
  who: string,
  method: string,
  path: string,
  json?: unknown,
): Promise<Body> {
  const token = story.agents[who] ?? story.entries[who]?.token;
  const { body } = await story.world.client.request<Body>(method, path, {
    ...(token === undefined ? {} : { token }),
    ...(json === undefined ? {} : { json }),
    headers: { 'Audit-Reason': 'the story of a release' },
  });
  return body;
}

export function entryId({ entries }: Story, name: string): string {
  const id = entries[name]?.id;
  if (id === undefined) throw new Error(`${name} has no entry`);
  return id;
}

/** Makes both prefectures and a key of each role, one of them revoked, one narrowed. */
export async function openPrefectures(story: Story): Promise<void> {
  const { store, time } = story.world;
  const settings = Settings.parse({
    labels: { fr: 'Hauts-de-Seine', en: 'Hauts-de-Seine' },
    ...{ absenceDraws: 2, lateCancelHours: 24, silencesAllowed: 1, unverifiedHours: 48 },
  });
  await store.prefectures.create(prefecture, { settings, ...releasePrefecture() });
  await store.prefectures.create(quietPrefecture, { settings, ...releasePrefecture() });
  await store.prefectures.pause(quietPrefecture, 'water in the building', time.nowMs);
  for (const role of ['agent', 'supervisor', 'admin', 'auditor'] as const)
    await addKey(story, role);
  await addKey(story, 'agent', 'second', { scopes: ['entries.read'] });
  await addKey(story, 'agent', 'gone', { expiresAtMs: time.nowMs + 400 * 24 * hourMs });
  const { agents } = await call(story, 'admin', 'GET', '/agents');
  const gone = agents.find((one: { label: string }) => one.label === 'gone');
  await call(story, 'admin', 'DELETE', `/agents/${gone.id}`);
}

async function addKey(
  { world, agents }: Story,
  role: Role,
  name: string = role,
  members: Partial<AgentKey> = {},
): Promise<void> {
  const { key, id, hash } = newAgentKey();
  const common = { id, role, label: name, hash, createdAtMs: world.time.nowMs };
  await world.store.agents.put(prefecture, { ...common, ...members });
  agents[name] = key;
}

/** Joins online; hands in the code unless told otherwise. */
export async function join(
  story: Story,
  name: string,
  person: unknown,
  { verified = true } = {},
): Promise<void> {
  const { client } = story.world;
  const { body } = await client.request<Body>('POST', '/entries', {
    json: person,
    headers: { ...(await workFor(client, 'join')), 'Idempotency-Key': `joining-of-${name}-once` },
  });
  story.entries[name] = { id: body.id, token: body.token };
  if (!verified) return;
  const tokens = createTokens(parseKeyring(story.keys.TIRAGE_TOKEN_KEYS ?? ''));
  const json = { code: tokens.code(prefecture, body.id, 1) };
  await client.request('POST', `/entries/${body.id}/verification`, { json });
}

/** Plans a draw for now and lets it run to its publication. */
export async function draw(story: Story, name: string, json: object = {}): Promise<void> {
  const { id } = await call(story, 'admin', 'POST', '/draws', json);
  story.draws[name] = id;
  await story.world.settle();
  const { state } = await call(story, '', 'GET', `/draws/${id}`);
  if (state !== 'published') throw new Error(`draw ${name} is ${state}`);
}

/** Names of those who hold an offer of a draw in this state, sorted. */
export async function holders(story: Story, name: string, state: string): Promise<string[]> {
  const { offers } = await story.world.store.offers.list(prefecture, story.draws[name] ?? '', {
    limit: 1000,
  });
  const ids = new Set(offers.filter((one) => one.state === state).map(({ entry }) => entry));
  return Object.keys(story.entries).filter((one) => ids.has(entryId(story, one)));
}
