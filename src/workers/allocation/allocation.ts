import { setImmediate } from 'node:timers/promises';
import { Piscina } from 'piscina';
import type { Entry } from '../../allocator/types.ts';
import type { Seat } from '../../domain/offers/offer.ts';
import type {
  Allocation,
  Drawn,
  DrawTask,
  FreezeTask,
  Frozen,
  NextRefill,
  NextRefillTask,
  OpenReserveTask,
  SeatsTask,
} from '../../usecases/draws/allocation.ts';

import type { PackedFreezeTask } from './tasks.ts';

/** Entries in one chunk handed to the thread: a few milliseconds of work here. */
const entriesPerChunk = 2000;

/**
 * Ranks, seats and keeps reserve lists in a thread of its own, so that locks renew and health
 * checks answer during a long draw.
 */
export class AllocationThread implements Allocation {
  readonly #pool = new Piscina({
    filename: new URL('./thread.ts', import.meta.url).href,
    // One thread: reserve lists live in it, and a draw is rare.
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 300_000,
    // Flags of the parent, such as --test, do not all suit a thread.
    execArgv: [],
  });

  /** The manifest of a frozen pool but for its entropy, and the pool's part of the record. */
  async freeze(task: FreezeTask, entries: readonly Entry[]): Promise<Frozen<Buffer>> {
    const packed: PackedFreezeTask = { ...task, entries: await packEntries(entries) };
    const frozen = await this.#run<Frozen>('freeze', packed);
    return { ...frozen, parts: buffers(frozen.parts) };
  }

  /** Ranks and seats a frozen pool. */
  async draw(task: DrawTask): Promise<Drawn<Buffer>> {
    const drawn = await this.#run<Drawn>('draw', task);
    return { ...drawn, parts: buffers(drawn.parts) };
  }

  /** The places that a sealed draw gave, in rank order. */
  seats(task: SeatsTask): Promise<Seat[]> {
    return this.#run('seats', task);
  }

  /** How many events the reserve list of `key` has seen; undefined if it is not in memory. */
  reserveAt(key: string): Promise<number | undefined> {
    return this.#run('reserveAt', { key });
  }

  /** Takes the reserve list of a sealed draw into memory. */
  openReserve(task: OpenReserveTask): Promise<void> {
    return this.#run('openReserve', task);
  }

  /** Replays new events and names the next entry for a freed place. */
  nextRefill(task: NextRefillTask): Promise<NextRefill> {
    return this.#run('nextRefill', task);
  }

  /** The number of the thread that does the work. */
  whereami(): Promise<number> {
    return this.#run('whereami', {});
  }

  /** Ends the thread; work under way is given up. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #run<Answer>(name: string, task: object): Promise<Answer> {
    return this.#pool.run(task, { name });
  }
}

/** What crosses a thread boundary is no Buffer any more. The bytes stay where they are. */
function buffers(parts: readonly Uint8Array[]): Buffer[] {
  return parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength));
}

/** Writes entries as JSON, chunk by chunk, letting others run between two. */
async function packEntries(entries: readonly Entry[]): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < entries.length; at += entriesPerChunk) {
    chunks.push(Buffer.from(JSON.stringify(entries.slice(at, at + entriesPerChunk))));
    await setImmediate();
  }
  return chunks;
}
