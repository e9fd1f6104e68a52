import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedRedis } from '#src/embedded/redis.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tirage-embedded-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function ask<T>(url: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await question(redis);
  } finally {
    await redis.quit();
  }
}

test('what was written before a stop is there after the next start', async () => {
  const first = await startEmbeddedRedis({ directory });
  await ask(first.url, (redis) => redis.set('kept', 'yes'));
  await first.stop();
  const second = await startEmbeddedRedis({ directory });
  try {
    expect(await ask(second.url, (redis) => redis.get('kept'))).toBe('yes');
  } finally {
    await second.stop();
  }
});

test('it writes every command to disk, evicts nothing and listens on this machine only', async () => {
  const server = await startEmbeddedRedis({ directory });
  try {
    const config = await ask(server.url, (redis) =>
      redis.config('GET', 'append*', 'maxmemory-policy', 'bind'),
    );
    expect(config).toEqual(expect.arrayContaining(['always', 'noeviction', '127.0.0.1']));
  } finally {
    await server.stop();
    await server.stop();
  }
});

test('a directory in use is refused, and its server goes on', async () => {
  const server = await startEmbeddedRedis({ directory });
  try {
    await expect(startEmbeddedRedis({ directory })).rejects.toThrow(`in use by process`);
    expect(await ask(server.url, (redis) => redis.ping())).toBe('PONG');
  } finally {
    await server.stop();
  }
});

test('a server left behind by a killed process is stopped, and its data taken over', async () => {
  const left = await startEmbeddedRedis({ directory });
  await ask(left.url, (redis) => redis.set('kept', 'yes'));
  const gone = 2 ** 22 + 1; // above the largest process id of Linux
  const note = { owner: gone, pid: left.pid, port: left.port };
  await writeFile(join(directory, 'embedded.json'), JSON.stringify(note));
  const next = await startEmbeddedRedis({ directory });
  try {
    expect(next.pid).not.toBe(left.pid);
    expect(await ask(next.url, (redis) => redis.get('kept'))).toBe('yes');
  } finally {
    await next.stop();
  }
});

test('half a note, left by a crash, does not stop the next start', async () => {
  await writeFile(join(directory, 'embedded.json'), '{"owner":1');
  const server = await startEmbeddedRedis({ directory });
  await server.stop();
});

test('a port in use is said in one line', async () => {
  const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number }; // a TCP server
  try {
    const error = await startEmbeddedRedis({ directory, port }).catch((e: Error) => e);
    expect(String(error)).toMatch(/redis-server ended at once.*Failed listening on port/);
  } finally {
    other.close();
  }
});

test('a missing redis-server is said in one line', async () => {
  const path = process.env.PATH;
  process.env.PATH = directory;
  try {
    await expect(startEmbeddedRedis({ directory })).rejects.toThrow(
      'redis-server is not installed',
    );
  } finally {
    process.env.PATH = path;
  }
});
