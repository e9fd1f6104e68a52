import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedRedis } from '../../src/embedded/redis.ts';
import { type Closer, closeAll } from '../../src/shutdown.ts';
import { connect } from '../../src/store/core/redis.ts';
import { createStore } from '../../src/store/store.ts';
import { readExample } from '../demo/example.ts';
import { firstLine, newKey, scriptPath, startNode, stopChild } from './children.ts';
import { median } from './median.ts';

const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 64;

export interface JoinFigures {
  /** Joins a second through the whole API, durable. */
  readonly api: number;
  /** Requests a second of the floor: the same body parsed, the same script, nothing else. */
  readonly floor: number;
  /** Median of api / floor, round by round. */
  readonly ratio: number;
}

/** Requests answered with 201 in a second, by a load generator of its own process. */
async function load(url: string): Promise<number> {
  const child = startNode([
    scriptPath('./join-load.ts'),
    url,
    String(CONNECTIONS),
    String(SECONDS),
  ]);
  return Number(await firstLine(child, (line) => /^\d/.test(line)));
}

/**
 * Measures joins through the whole API against the floor, in turn, on one Redis that writes every
 * command to disk before it answers (`appendfsync always`).
 */
export async function benchJoin(say: (line: string) => void): Promise<JoinFigures> {
  const closers: Closer[] = [];
  try {
    const directory = await mkdtemp(join(tmpdir(), 'tirage-bench-'));
    closers.push(() => rm(directory, { recursive: true, force: true }));
    const redis = await startEmbeddedRedis({ directory, appendfsync: 'always' });
    closers.push(() => redis.stop());
    const connection = connect(redis.url);
    closers.push(() => connection.quit());
    const { id, settings, sites, requestTypes, rules } = readExample();
    const store = createStore(connection);
    await store.prefectures.create(id, { settings, sites, requestTypes, rules });

    const service = startNode([scriptPath('../../src/main.ts'), 'api'], {
      REDIS_URL: redis.url,
      SMTP_URL: 'smtp://127.0.0.1:9',
      PORT: '0',
      REQUESTS_PER_MINUTE: '1000000',
      WORK_TRIES: '0', // a load generator that works would leave no core to measure
      TIRAGE_SEALING_KEYS: newKey(),
      TIRAGE_IDENTITY_KEYS: newKey(),
      TIRAGE_TOKEN_KEYS: newKey(),
      TIRAGE_SIGNING_KEYS: newKey(),
    });
    closers.push(() => stopChild(service));
    const { url } = JSON.parse(await firstLine(service, (line) => line.includes('"url"')));
    const joinUrl = `${url}/v1/prefectures/${id}/entries`;
    await load(joinUrl); // warm-up, and an entry to measure
    const [sample] = (await store.entries.list(id, { limit: 1 })).entries;
    const floor = startNode([
      scriptPath('./floor-server.ts'),
      redis.url,
      String(sample?.sealed.length ?? 0),
    ]);
    closers.push(() => stopChild(floor));
    const floorUrl = `http://127.0.0.1:${await firstLine(floor, (line) => /^\d+$/.test(line))}/join`;
    await load(floorUrl);

    const rounds: { api: number; floor: number }[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const figures = { api: await load(joinUrl), floor: await load(floorUrl) };
      say(
        `joins, round ${round}/${ROUNDS}: ${figures.api.toFixed(0)}/s, floor ${figures.floor.toFixed(0)}/s`,
      );
      rounds.push(figures);
    }
    return {
      api: median(rounds.map((round) => round.api)),
      floor: median(rounds.map((round) => round.floor)),
      ratio: median(rounds.map((round) => round.api / round.floor)),
    };
  } finally {
    await closeAll(closers);
  }
}
