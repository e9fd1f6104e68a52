import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playMainJob } from '../support/play.ts';

let container: StartedTestContainer;

beforeAll(async () => {
  container = await new GenericContainer(process.env.TIRAGE_TEST_REDIS_IMAGE ?? 'redis:7')
    .withExposedPorts(6379)
    .withCommand([
      ...['redis-server', '--bind', '0.0.0.0', '--protected-mode', 'no'],
      ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
    ])
    .withWaitStrategy(Wait.forLogMessage('Ready to accept connections'))
    .start();
}, 120_000);

afterAll(async () => {
  await container?.stop();
});

test('the main job runs on a Redis in a container', { timeout: 120_000 }, async () => {
  const url = `redis://${container.getHost()}:${container.getMappedPort(6379)}`;
  const { story, verdict, failures } = await playMainJob(url, 250);

  expect(failures).toEqual([]);
  expect(verdict).toMatchObject({ verdict: 'verified', entries: 250 + story.paper.joined });
  expect(story.answers.accept).toBeGreaterThan(0);
});
