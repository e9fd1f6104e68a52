import { type MessageId, parseMessageId } from '../../domain/messages/id.ts';
import { messageRow } from '../../domain/messages/kinds.ts';
import type { Store } from '../../store/store.ts';

const perBatch = 500;
/** Messages moved by one job; the rest is for the next one. */
const batchesPerJob = 20;

/** A message for the queue. */
export interface QueuedMessage {
  readonly id: MessageId;
  /** Goes before those that wait. */
  readonly isUrgent: boolean;
}

export interface DispatchDeps {
  readonly store: { readonly messages: Pick<Store['messages'], 'due' | 'done'> };
  /** Hands messages to the queue; one that is in it stays there once. */
  readonly enqueue: (messages: readonly QueuedMessage[]) => Promise<void>;
  /** Runs one batch. */
  readonly asStep: (batch: () => Promise<void>) => Promise<void>;
}

/**
 * Moves due messages to the queue. A message leaves the list only when its job is there, and its job
 * bears its name: a crash in between moves it again, and makes no second job. Answers whether there
 * may be more.
 */
export async function dispatchDue(
  { store, enqueue, asStep }: DispatchDeps,
  prefecture: string,
): Promise<boolean> {
  for (let batch = 0; batch < batchesPerJob; batch += 1) {
    const messages = await store.messages.due(prefecture, perBatch);
    if (messages.length === 0) return false;
    await asStep(async () => {
      await enqueue(messages.map(queued));
      await store.messages.done(prefecture, messages);
    });
  }
  return true;
}

function queued(id: MessageId): QueuedMessage {
  const kind = parseMessageId(id)?.kind;
  return { id, isUrgent: kind !== undefined && messageRow(kind).isUrgent };
}
