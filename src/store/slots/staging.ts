import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import { type Keys, keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeSlot } from './codec.ts';

// All or nothing, without one long script: lines are staged chunk by chunk under a lock; one flag
// is the point of no return; then they move into place chunk by chunk. A draw cannot begin while
// that flag is there, so none sees half an import; no slot is changed while the lock is there.

const begin = new Script(
  'slots/begin-import.lua',
  { keys: ['lock lines gone'], args: ['id nowMs'] },
  z.enum(['done', 'busy']),
);
const stage = new Script(
  'slots/stage-import.lua',
  { keys: ['lock lines gone'], args: ['id staged[]'], members: ['slot capacity text'] },
  WriteWord,
);
const complete = new Script(
  'slots/complete-import.lua',
  { keys: ['lock lines gone drawNumber'], args: ['id putCount goneCount number'] },
  z.enum([...WriteWord.options, 'frozen']),
);
const move = new Script(
  'slots/move-import.lua',
  { keys: ['lock lines gone slots places closedSlots'], args: ['most'] },
  z.int().min(0),
);
const drop = new Script(
  'slots/drop-import.lua',
  { keys: ['lock lines gone'], args: ['id'] },
  WriteWord,
);

const Lock = z.object({
  id: z.string(),
  startedAtMs: z.coerce.number(),
  complete: z.literal('1').exactOptional(),
});

/** Lines that one script stages or moves. */
export const chunkSize = stage.most;
/** Rounds in which an import moves into place: for five million slots. */
const mostRounds = 10_000;
/** An import that has not been completed by then will not be: its process is gone. */
const abandonedMs = minuteMs;

/** What an import does. */
export interface ImportPlan {
  /** Slots as they shall be, all of their places free. None of them may be in a draw. */
  readonly put: readonly SlotRecord[];
  /** Ids of slots that go. */
  readonly gone: readonly string[];
  /** Draws frozen so far when it was made, if it says which slots no draw has; absent: any. */
  readonly drawNumber?: string;
}

/**
 * Does what `makePlan` says, whole or not at all. It is asked while nobody else adds, changes or takes
 * out slots, and once more if a draw has begun meanwhile. If this process dies on the way, the next
 * import, change or freeze completes or drops what it left.
 *
 * @throws DomainError `import_in_progress` while another import is under way; what `makePlan` throws
 */
export async function runImport<Plan extends ImportPlan>(
  redis: Connection,
  prefecture: string,
  nowMs: number,
  makePlan: () => Promise<Plan>,
): Promise<Plan> {
  const keys = keysOf(prefecture);
  const names = namesOf(keys);
  return retryOnConflict(`the plan of ${prefecture}`, async () => {
    await settleImport(redis, prefecture, nowMs);
    const id = randomUUID();
    if ((await begin.run(redis, names, { id, nowMs })) === 'busy') throw inProgress();
    const plan = await makePlan().catch(async (error: unknown) => {
      await drop.run(redis, names, { id });
      throw error;
    });
    await stageLines(redis, keys, id, plan);
    const { put, gone, drawNumber: number = '' } = plan;
    const counts = { putCount: put.length, goneCount: gone.length };
    const completing = { ...names, drawNumber: keys.drawNumber };
    const word = await complete.run(redis, completing, { id, ...counts, number });
    if (word === 'conflict') throw inProgress();
    if (word === 'frozen') {
      await drop.run(redis, names, { id });
      return 'conflict';
    }
    await moveLines(redis, keys);
    return plan;
  });
}

async function stageLines(
  redis: Connection,
  keys: Keys,
  id: string,
  { put, gone }: ImportPlan,
): Promise<void> {
  const lineAt = (at: number) => {
    const slot = put[at];
    if (slot) return { slot: slot.id, capacity: slot.capacity, text: encodeSlot(slot) };
    return { slot: gone[at - put.length] ?? '', capacity: 0, text: '' };
  };
  const count = put.length + gone.length;
  for (let at = 0; at < count; at += chunkSize) {
    const size = Math.min(chunkSize, count - at);
    const staged = Array.from({ length: size }, (_, offset) => lineAt(at + offset));
    const word = await stage.run(redis, namesOf(keys), { id, staged });
    if (word === 'conflict') throw inProgress();
  }
}

/**
 * Ends an import that its process did not end: completes it past the point of no return, drops it
 * when it is abandoned before. `pending`: it is alive, or may be. Safe to repeat, and to run in
 * several processes at once.
 */
export async function settleImport(
  redis: Connection,
  prefecture: string,
  nowMs: number,
): Promise<'none' | 'finished' | 'dropped' | 'pending'> {
  const keys = keysOf(prefecture);
  const fields = await redis.hgetall(keys.importLock);
  if (Object.keys(fields).length === 0) return 'none';
  const lock = Lock.parse(fields);
  if (lock.complete) {
    await moveLines(redis, keys);
    return 'finished';
  }
  if (nowMs - lock.startedAtMs <= abandonedMs) return 'pending';
  const outcome = await drop.run(redis, namesOf(keys), { id: lock.id });
  return outcome === 'done' ? 'dropped' : 'pending';
}

function namesOf({ importLock, importLines, importGone }: Keys) {
  return { lock: importLock, lines: importLines, gone: importGone };
}

async function moveLines(redis: Connection, keys: Keys): Promise<void> {
  const { slots, places, closedSlots } = keys;
  const names = { ...namesOf(keys), slots, places, closedSlots };
  for (let round = 0; round < mostRounds; round += 1) {
    if ((await move.run(redis, names, { most: chunkSize })) === 0) return;
  }
  throw new Error(`an import has not ended after ${mostRounds} rounds`);
}

function inProgress(): DomainError {
  return new DomainError('import_in_progress', 'another import is under way: try again later');
}
