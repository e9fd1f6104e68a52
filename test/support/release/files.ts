import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Story } from './story.ts';
import { prefecture, type ReleaseKeys } from './world.ts';

/** What stands in `story.json`: how to speak to what a release left behind. */
export interface Cast extends Pick<Story, 'agents' | 'entries' | 'draws'> {
  readonly note: string;
  readonly nowMs: number;
}

const NOTE =
  'Made for tests by test/support/make-release.ts. Every secret here is public: use none of them.';

/** Where the vectors of a release lie. */
export function releaseDirectory(version: string): string {
  return join(import.meta.dirname, '../../vectors/releases', version);
}

/** Reads a file of a release. */
export function readRelease(version: string, file: string): string {
  return readFileSync(join(releaseDirectory(version), file), 'utf8');
}

/** Keys and cast of a release. */
export function openCast(version: string): { keys: ReleaseKeys; cast: Cast } {
  const { note: _note, ...keys } = JSON.parse(readRelease(version, 'keys.json'));
  return { keys, cast: JSON.parse(readRelease(version, 'story.json')) };
}

/** Writes keys and cast. */
export async function saveCast(directory: string, { keys, world, ...story }: Story): Promise<void> {
  const { agents, entries, draws } = story;
  const cast: Cast = { note: NOTE, nowMs: world.time.nowMs, agents, entries, draws };
  await mkdir(join(directory, 'papers'), { recursive: true });
  await mkdir(join(directory, 'records'), { recursive: true });
  await save(directory, 'keys.json', pretty({ note: NOTE, ...keys }));
  await save(directory, 'story.json', pretty(cast));
}

/** Writes what the public and people can fetch: records, register, log, papers. */
export async function savePapers(directory: string, url: string, story: Story): Promise<void> {
  const fetched = async (file: string, path: string, who = '') => {
    const bytes = await download(`${url}${path}`, story, who);
    if (bytes) await save(directory, file, bytes);
    return bytes !== undefined;
  };
  for (const [name, draw] of Object.entries(story.draws)) {
    await fetched(`records/${name}.ndjson`, `/draws/${draw}/record`);
  }
  await fetched('register.ndjson', '/register/entries?limit=1000');
  await fetched('checkpoint.txt', '/register/checkpoint');
  await fetched('jwks.json', '/../../keys');
  await fetched('evidence.ndjson', '/abuse-report/evidence', 'supervisor');
  for (const name of Object.keys(story.entries)) {
    const path = `/entries/${story.entries[name]?.id}`;
    if (!(await fetched('papers/certificate.jws', `${path}/certificate`, name))) continue;
    await fetched('papers/certificate.pdf', `${path}/certificate.pdf`, name);
    await fetched('papers/receipt.jws', `${path}/receipt`, name);
    await fetched('papers/receipt.pdf', `${path}/receipt.pdf`, name);
    await fetched('papers/proof.json', `${path}/draws/${story.draws.second}`, name);
    break;
  }
  await fetched('audit-log.ndjson', '/audit-log.ndjson', 'auditor');
}

async function download(url: string, { agents, entries }: Story, who: string) {
  const token = agents[who] ?? entries[who]?.token;
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(new URL(url), {
    headers: { ...authorization, 'audit-reason': 'the papers of a release' },
  });
  return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
}

/** Writes one file of a release. */
export async function save(directory: string, file: string, content: string | Buffer) {
  await writeFile(join(directory, file), content);
}

/** JSON as it stands in a file. */
export function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Where the service answers for the prefecture of the story. */
export function addressOf(story: Pick<Story, 'world'>): string {
  return `${story.world.service.url}/v1/prefectures/${prefecture}`;
}
