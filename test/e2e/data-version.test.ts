import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { DATA_VERSION } from '#src/store/core/data-version.ts';
import { MIGRATIONS } from '#src/store/core/migrations/all.ts';
import { openData } from '#src/store/core/open-data.ts';
import { connect } from '#src/store/core/redis.ts';
import { testEnvironment } from '../support/environment.ts';
import { startRedisServer } from '../support/redis-server.ts';

test('a release ends when a newer one migrates its data, and does not start on it again', {
  timeout: 120_000,
}, async () => {
  const redis = await startRedisServer();
  const connection = connect(redis.url);
  const start = () =>
    spawn(process.execPath, ['src/main.ts', 'worker'], {
      env: {
        PATH: process.env.PATH,
        ...testEnvironment(redis.url, 'smtp://127.0.0.1:1'),
        LOG_LEVEL: 'info',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  try {
    const running = start();
    const exit = once(running, 'exit');
    for await (const line of createInterface({ input: running.stdout })) {
      if (JSON.parse(line).url !== undefined) break;
    }
    running.stdout.resume();
    const newer = { from: DATA_VERSION, name: 'test', run: async () => {} };
    const migrations = [...MIGRATIONS, newer];
    await openData(connection, { log: () => {}, version: DATA_VERSION + 1, migrations });
    expect(await exit).toEqual([3, null]);

    const refused = start();
    refused.stdout.resume();
    const [said] = await once(refused.stderr, 'data');
    expect(String(said)).toContain('start the newer release, or restore the backup');
    expect(await once(refused, 'exit')).toEqual([3, null]);
  } finally {
    await connection.quit();
    await redis.stop();
  }
});
