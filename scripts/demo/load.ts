import { newAgentKey } from '../../src/identity/keys/agent-keys.ts';
import type { Store } from '../../src/store/store.ts';
import type { Client } from './client.ts';
import type { Example } from './example.ts';

/** Creates the prefecture, as `npm run prefecture` does, and returns its first admin key. */
export async function createPrefecture(
  store: Store,
  example: Example,
  nowMs: number,
): Promise<string> {
  const outcome = await store.prefectures.create(example.id, {
    settings: example.settings,
    sites: [],
    requestTypes: [],
    rules: {},
  });
  if (outcome === 'exists') {
    throw new Error(
      `prefecture ${example.id} exists, but the demo has no key to it: make clean first`,
    );
  }
  const { key, id, hash } = newAgentKey();
  const label = 'demo';
  await store.agents.put(example.id, { id, role: 'admin', label, hash, createdAtMs: nowMs });
  return key;
}

/** Loads sites, request types, rules, two weeks of slots and the paper entries, as agents do. */
export async function loadExample(
  client: Client,
  example: Example,
  adminKey: string,
  monday: string,
): Promise<{ slots: number; paper: { joined: number; duplicates: number } }> {
  const token = adminKey;
  await client.request('PUT', '/settings', { token, json: example.settings });
  await client.request('PUT', '/sites', { token, json: { sites: example.sites } });
  const { requestTypes } = example;
  await client.request('PUT', '/request-types', { token, json: { requestTypes } });
  await client.request('PUT', '/rules', { token, json: example.rules });
  const slots = await client.request<{ imported: number }>('POST', '/slots', {
    token,
    csv: example.slotsCsv(monday),
  });
  const paper = await client.request<{ joined: number; duplicates: number }>(
    'POST',
    '/desk-entries',
    { token, csv: example.paperEntriesCsv },
  );
  const { joined, duplicates } = paper.body;
  return { slots: slots.body.imported, paper: { joined, duplicates } };
}
