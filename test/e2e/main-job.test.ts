import { expect, test } from 'vitest';
import { playMainJob } from '../support/play.ts';
import { startRedisServer } from '../support/redis-server.ts';

test('people join, are drawn, answer or stay silent; freed places go down the reserve list; the record verifies', {
  timeout: 120_000,
}, async () => {
  const redis = await startRedisServer();
  try {
    const { story, verdict, failures } = await playMainJob(redis.url, 700);
    const { accept, decline, silent } = story.answers;

    expect(failures).toEqual([]);
    expect(verdict).toMatchObject({ verdict: 'verified', entries: story.entries });
    expect(story.joined).toBe(700);
    // The paper entries took part like the others.
    expect(story.entries).toBe(700 + story.paper.joined);
    expect(story.drawn).toBeGreaterThan(0);
    expect(story.drawn).toBeLessThanOrEqual(story.places);
    expect(story.refilled).toBeGreaterThan(0);
    // Every offer that was ever made has ended.
    expect(accept + decline + silent).toBe(story.drawn + story.refilled);
  } finally {
    await redis.stop();
  }
});
