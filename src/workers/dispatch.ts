import type { BulkJobOptions } from 'bullmq';
import { type Queues, wake } from '../store/core/queues.ts';
import type { Store } from '../store/store.ts';
import { dispatchDue, type QueuedMessage } from '../usecases/messages/dispatch.ts';
import { runStep, type StepDeps } from '../usecases/steps.ts';

/** Seven pauses, doubling from 2.5 minutes: 5 h 20 min in all, and half as much at the least. */
const retries = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 150_000, jitter: 0.5 },
} as const;

/** Moves due messages to the notifications queue, and wakes itself where more may be due. */
export async function dispatchMessages(
  deps: StepDeps & {
    readonly store: Pick<Store, 'messages'>;
    readonly queues: Pick<Queues, 'notifications' | 'dispatch'>;
  },
  prefecture: string,
): Promise<void> {
  const { store, queues } = deps;
  const enqueue = async (messages: readonly QueuedMessage[]) => {
    await queues.notifications.addBulk(
      messages.map((message) => ({
        name: 'send',
        data: { prefecture, message: message.id },
        opts: jobOptions(message),
      })),
    );
  };
  const asStep = (batch: () => Promise<void>) => runStep(deps, 'dispatch', { prefecture }, batch);
  const isMore = await dispatchDue({ store, enqueue, asStep }, prefecture);
  if (isMore) await wake(queues, 'dispatch', prefecture);
}

function jobOptions({ id, isUrgent }: QueuedMessage): BulkJobOptions {
  return {
    ...retries,
    jobId: id,
    lifo: isUrgent,
    removeOnComplete: true,
    // What failed for good is a dead letter in the store. The id must be free for its replay.
    removeOnFail: true,
  };
}
