import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startEmbeddedRedis } from '#src/embedded/redis.ts';
import { ask, questionsOf } from './release/answers.ts';
import { chapters } from './release/chapters.ts';
import { dumpRedis, restoreRedis } from './release/dump.ts';
import {
  addressOf,
  pretty,
  releaseDirectory,
  save,
  saveCast,
  savePapers,
} from './release/files.ts';
import { makeReleaseKeys } from './release/people.ts';
import type { Story } from './release/story.ts';
import { openReleaseWorld, type ReleaseKeys } from './release/world.ts';

const USAGE = `usage: node test/support/make-release.ts VERSION

Plays the life of a prefecture and writes what it leaves behind to test/vectors/releases/VERSION:
a dump of Redis, records, register, papers, answers of the API, and the keys to it all. Run it once,
with the code of the release, before anything stored changes; never again for the same release.`;

const startMs = Date.parse('2026-12-01T08:00:00Z');

/** Plays the story on an empty Redis; returns it and the dump, with the service stopped. */
async function play(redisUrl: string, keys: ReleaseKeys): Promise<{ story: Story; dump: string }> {
  const world = await openReleaseWorld({ redisUrl, keys, nowMs: startMs, role: 'all' });
  const story: Story = { world, keys, agents: {}, entries: {}, draws: {} };
  try {
    for (const chapter of chapters) await chapter(story);
  } finally {
    await world.close();
  }
  const redis = new Redis(redisUrl);
  const dump = await dumpRedis(redis);
  redis.disconnect();
  return { story, dump };
}

/** Loads the dump anew, and asks the service, without workers, all that a later version must answer. */
async function answer(redisUrl: string, played: Story, dump: string, directory: string) {
  const { keys } = played;
  const nowMs = played.world.time.nowMs;
  await load(redisUrl, dump);
  const world = await openReleaseWorld({ redisUrl, keys, nowMs, role: 'api' });
  const story = { ...played, world };
  try {
    const answers = [];
    for (const question of questionsOf(story)) {
      answers.push(await ask(addressOf(story), story, question));
    }
    await save(directory, 'answers.json', pretty(answers));
    await savePapers(directory, addressOf(story), story);
    await saveCast(directory, story);
  } finally {
    await world.close();
  }
}

async function load(redisUrl: string, dump: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  await restoreRedis(redis, dump);
  redis.disconnect();
}

async function main([version]: readonly string[]): Promise<void> {
  if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) throw new Error(USAGE);
  const directory = releaseDirectory(version);
  const own = await mkdtemp(join(tmpdir(), 'tirage-release-'));
  const redis = await startEmbeddedRedis({ directory: own, appendfsync: 'no' });
  try {
    const { story, dump } = await play(redis.url, makeReleaseKeys(randomBytes));
    await saveCast(directory, story);
    await save(directory, 'dump.ndjson', dump);
    await answer(redis.url, story, dump, directory);
  } finally {
    await redis.stop();
    await rm(own, { recursive: true });
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
