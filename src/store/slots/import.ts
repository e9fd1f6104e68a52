import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import { type Keys, keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeSlot } from './codec.ts';

// All or nothing, without one long script: lines are staged chunk by chunk under a lock; one flag
// is the point of no return; then they move into place chunk by chunk. A draw cannot begin while
// the lock is there, so none sees half an import.

const begin = new Script(
  'slots/begin-import.lua',
  { keys: ['lock lines'], args: ['id count nowMs'] },
  z.enum(['done', 'busy']),
);
const stage = new Script(
  'slots/stage-import.lua',
  { keys: ['lock lines'], args: ['id staged[]'], members: ['slot capacity text'] },
  WriteWord,
);
const complete = new Script(
  'slots/complete-import.lua',
  { keys: ['lock lines'], args: ['id'] },
  WriteWord,
);
const move = new Script(
  'slots/move-import.lua',
  { keys: ['lock lines slots places'], args: ['most'] },
  z.int().min(0),
);
const drop = new Script('slots/drop-import.lua', { keys: ['lock lines'], args: ['id'] }, WriteWord);

const Lock = z.object({
  id: z.string(),
  startedAtMs: z.coerce.number(),
  complete: z.literal('1').exactOptional(),
});

/** Lines that one script stages or moves. */
const chunkSize = stage.most;
/** Rounds in which an import moves into place: for five million slots. */
const mostRounds = 10_000;
/** An import that has not been completed by then will not be: its process is gone. */
const abandonedMs = minuteMs;

/**
 * Adds slots, all or none, with their places free for the next draw. If this process dies on the
 * way, the next import or freeze completes or drops what it left.
 *
 * @throws DomainError `slot_duplicate` for an id that comes twice or exists, with its line
 * @throws DomainError `import_in_progress` while another import is under way
 */
export async function importSlots(
  redis: Connection,
  prefecture: string,
  slots: readonly SlotRecord[],
  nowMs: number,
): Promise<{ imported: number }> {
  refuseDuplicates(slots, repeatedLines(slots), 'is in this import twice');
  await settleImport(redis, prefecture, nowMs);
  const keys = keysOf(prefecture);
  const id = randomUUID();
  const names = namesOf(keys);
  const begun = await begin.run(redis, names, { id, count: slots.length, nowMs });
  if (begun === 'busy') throw inProgress();

  // The lock is ours: nobody else adds slots between this look and the end.
  const existing = await existingLines(redis, keys, slots);
  if (existing.length > 0) await drop.run(redis, names, { id });
  refuseDuplicates(slots, existing, 'exists already');

  for (let at = 0; at < slots.length; at += chunkSize) {
    const staged = slots
      .slice(at, at + chunkSize)
      .map((slot) => ({ slot: slot.id, capacity: slot.capacity, text: encodeSlot(slot) }));
    if ((await stage.run(redis, names, { id, staged })) === 'conflict') throw inProgress();
  }
  if ((await complete.run(redis, names, { id })) === 'conflict') throw inProgress();
  await moveLines(redis, keys);
  return { imported: slots.length };
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

function namesOf({ importLock, importLines }: Keys) {
  return { lock: importLock, lines: importLines };
}

async function moveLines(redis: Connection, keys: Keys): Promise<void> {
  const names = { ...namesOf(keys), slots: keys.slots, places: keys.places };
  for (let round = 0; round < mostRounds; round += 1) {
    if ((await move.run(redis, names, { most: chunkSize })) === 0) return;
  }
  throw new Error(`an import has not ended after ${mostRounds} rounds`);
}

function repeatedLines(slots: readonly SlotRecord[]): number[] {
  const seen = new Set<string>();
  return [...slots.keys()].filter((line) => {
    const id = slots[line]?.id ?? '';
    if (seen.has(id)) return true;
    seen.add(id);
    return false;
  });
}

async function existingLines(
  redis: Connection,
  keys: Keys,
  slots: readonly SlotRecord[],
): Promise<number[]> {
  const lines: number[] = [];
  for (let at = 0; at < slots.length; at += chunkSize) {
    const ids = slots.slice(at, at + chunkSize).map((slot) => slot.id);
    const found = await redis.hmget(keys.slots, ...ids);
    found.forEach((raw, i) => {
      if (raw !== null) lines.push(at + i);
    });
  }
  return lines;
}

function refuseDuplicates(slots: readonly SlotRecord[], lines: readonly number[], why: string) {
  const [first] = lines;
  if (first === undefined) return;
  const others = lines.length > 1 ? `, and so for ${lines.length - 1} other lines` : '';
  throw new DomainError(
    'slot_duplicate',
    `slot ${slots[first]?.id} ${why}${others}`,
    `lines[${first}].id`,
  );
}

function inProgress(): DomainError {
  return new DomainError('import_in_progress', 'another import is under way: try again later');
}
