import { expect, test } from 'vitest';
import { playMainJob } from '../support/play.ts';
import { startRedisServer } from '../support/redis-server.ts';

test('people join, are drawn, answer or stay silent; freed places go down the reserve list; the record verifies', {
  timeout: 120_000,
}, async () => {
  const redis = await startRedisServer();
  try {
    const { story, verdict, failures } = await playMainJob(redis.url, 700);
    const { accepted = 0, declined = 0, expired = 0, refilled = 0 } = story.events;

    expect(failures).toEqual([]);
    expect(verdict).toMatchObject({ verdict: 'verified', entries: story.entries });
    expect(story.joined).toBe(700);
    // The paper entries took part like the others.
    expect(story.entries).toBe(700 + story.paper.joined);
    expect(story.drawn).toBeGreaterThan(0);
    expect(story.drawn).toBeLessThanOrEqual(story.places);
    expect(refilled).toBeGreaterThan(0);
    expect(accepted).toBe(story.answers.accept);
    expect(declined).toBe(story.answers.decline);
    // Every offer that was ever made has ended.
    expect(accepted + declined + expired).toBe(story.drawn + refilled);
  } finally {
    await redis.stop();
  }
});
