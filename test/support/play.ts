import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Verdict } from '#src/allocator/record/verdict.ts';
import { verifyRecord } from '#src/allocator/record/verify.ts';
import { readConfig } from '#src/config/config.ts';
import { createMailSink } from '#src/notifications/channels/sink.ts';
import { startService } from '#src/service.ts';
import { closeAll } from '#src/shutdown.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { readExample } from '../../scripts/demo/example.ts';
import { createMailReader } from '../../scripts/demo/mail-reader.ts';
import { createMailbox } from '../../scripts/demo/mailbox.ts';
import { nextMonday } from '../../scripts/demo/state.ts';
import { playStory, type StoryResult } from '../../scripts/demo/story.ts';
import { testEnvironment } from './environment.ts';

export interface Played {
  readonly story: StoryResult;
  readonly verdict: Verdict;
  /** What could not be read or closed. */
  readonly failures: readonly unknown[];
}

/** Plays the main job on an empty Redis with a small crowd, and verifies the record it leaves. */
export async function playMainJob(redisUrl: string, people: number): Promise<Played> {
  const directory = await mkdtemp(join(tmpdir(), 'tirage-story-'));
  const mailbox = createMailbox();
  const reader = createMailReader(mailbox);
  const sink = await createMailSink({ directory, onMessage: reader.onMessage });
  let aheadMs = 0;
  const clock = () => Date.now() + aheadMs;
  const config = readConfig(testEnvironment(redisUrl, sink.url));
  const logger = pino({ level: config.logLevel });
  const service = await startService({ config, role: 'all', clock, playsTime: true, logger });
  try {
    const story = await playStory({
      service,
      example: readExample(),
      mailbox,
      people,
      seed: 'test',
      monday: nextMonday(clock(), []),
      keepKey: () => {},
      clock,
      passHours: (hours) => {
        aheadMs += hours * 3_600_000;
      },
      say: () => {},
      progress: () => ({ step: () => {}, done: () => {} }),
      limit: 16,
    });
    const verdict = verifyRecord(story.record.split(/(?<=\n)/), { sha256: nodeSha256 });
    return { story, verdict, failures: reader.failures };
  } finally {
    await closeAll([
      () => rm(directory, { recursive: true, force: true }),
      () => sink.close(),
      () => service.stop(),
    ]);
  }
}
