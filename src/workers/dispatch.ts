import type { BulkJobOptions } from 'bullmq';
import { type MessageId, parseMessageId } from '../domain/messages/id.ts';
import { messageRow } from '../domain/messages/kinds.ts';
import { type Queues, wake } from '../store/core/queues.ts';
import type { Store } from '../store/store.ts';
import { runStep, type StepDeps } from '../usecases/steps.ts';

const perBatch = 500;
/** Messages moved by one job; the rest is for the next one. */
const batchesPerJob = 20;

/** Seven pauses, doubling from 2.5 minutes: 5 h 20 min in all, and half as much at the least. */
const retries = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 150_000, jitter: 0.5 },
} as const;

/**
 * Moves due messages to the notifications queue. A message leaves the list only when its job is
 * there, and its job bears its name: a crash in between moves it again, and makes no second job.
 */
export async function dispatchMessages(
  deps: StepDeps & {
    readonly store: Pick<Store, 'messages'>;
    readonly queues: Pick<Queues, 'notifications' | 'dispatch'>;
  },
  prefecture: string,
): Promise<void> {
  for (let batch = 0; batch < batchesPerJob; batch += 1) {
    const messages = await deps.store.messages.due(prefecture, perBatch);
    if (messages.length === 0) return;
    await runStep(deps, 'dispatch', { prefecture }, async () => {
      await deps.queues.notifications.addBulk(
        messages.map((message) => ({
          name: 'send',
          data: { prefecture, message },
          opts: jobOptions(message),
        })),
      );
      await deps.store.messages.done(prefecture, messages);
    });
  }
  await wake(deps.queues, 'dispatch', prefecture);
}

function jobOptions(message: MessageId): BulkJobOptions {
  const kind = parseMessageId(message)?.kind;
  return {
    ...retries,
    jobId: message,
    lifo: kind !== undefined && messageRow(kind).isUrgent,
    removeOnComplete: true,
    // What failed for good is a dead letter in the store. The id must be free for its replay.
    removeOnFail: true,
  };
}
