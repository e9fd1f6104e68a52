import { threadId } from 'node:worker_threads';
import { allocate, outcomeHash } from '../../allocator/draw/draw.ts';
import { buildPoolManifest, seedOf } from '../../allocator/record/manifest.ts';
import { parseEntry } from '../../allocator/record/parse.ts';
import { recordPool, recordResult } from '../../allocator/record/record.ts';
import type { Algorithm, Entry } from '../../allocator/types.ts';
import { recordInstant } from '../../base/instants.ts';
import type { Seat } from '../../domain/offers/offer.ts';
import { priorityCounts } from '../../domain/register/pool-counts.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import type {
  Drawn,
  DrawTask,
  Frozen,
  NextRefill,
  NextRefillTask,
  OpenReserveTask,
  SeatsTask,
} from '../../usecases/draws/allocation.ts';
import { indexDraw } from './index-draw.ts';
import { packLines } from './parts.ts';
import { readHead, readWinners, seatOf } from './record-parts.ts';
import { ReserveCache } from './reserve-cache.ts';
import { drawStatistics } from './statistics.ts';
import type { PackedFreezeTask } from './tasks.ts';

// Entry point of a worker thread: the functions below are called by name (allocation.ts), one at a
// time. The reserves in memory are only a cache of what Redis holds.
// A prefecture has several in use where its draws are for different request types.
const reserves = new ReserveCache(4);

/** By which the service draws. Records of earlier draws say `lottery/v1`. */
const algorithm: Algorithm = 'lottery/v2';

/** Number of the thread this runs in; 0 is the main one. */
export function whereami(): number {
  return threadId;
}

/** The manifest of a frozen pool but for its entropy, and the pool's part of the record. */
export function freeze(task: PackedFreezeTask): Frozen {
  const entries: Entry[] = [];
  for (const chunk of task.entries) {
    const values: unknown[] = JSON.parse(Buffer.from(chunk).toString('utf8'));
    for (const value of values) {
      entries.push(parseEntry(value, `entries[${entries.length}]`, algorithm));
    }
  }
  const { draw, prefecture, rules, slots } = task;
  const frozenAt = recordInstant(task.frozenAtMs);
  const input = { algorithm, draw, prefecture, frozenAt, rules, entries, slots };
  return {
    pool: buildPoolManifest(input, nodeSha256),
    priority: priorityCounts(entries),
    parts: [...packLines(recordPool(slots, entries))],
  };
}

/** Ranks and seats a frozen pool. */
export function draw({ input, entropy }: DrawTask): Drawn {
  const head = readHead(input);
  const { manifest, entries, slots } = head;
  const randomness = 'secret' in entropy ? entropy.secret : entropy.randomness;
  const seed = seedOf(manifest, randomness, nodeSha256);
  const result = allocate({ entries, slots, rules: manifest.rules, seed }, nodeSha256);
  const { winners } = result;
  const hash = outcomeHash(winners, nodeSha256);
  return {
    seed,
    outcomeHash: hash,
    statistics: drawStatistics(entries, slots, winners),
    parts: [...packLines(recordResult(entropy, winners, hash))],
    index: indexDraw(head, result),
  };
}

/** The places that a sealed draw gave, in rank order. */
export function seats({ input, result }: SeatsTask): Seat[] {
  const { entries, slots } = readHead(input);
  const seat = seatOf(entries, slots);
  return readWinners(result).map((winner) => seat(winner));
}

/** How many events the reserve list in memory has seen; undefined if it is not in memory. */
export function reserveAt({ key }: { readonly key: string }): number | undefined {
  return reserves.at(key);
}

/** Takes the reserve list of a sealed draw into memory, as it was before the first event. */
export function openReserve({ key, input, result }: OpenReserveTask): void {
  reserves.open(key, input, result);
}

/** Replays new events and names the next entry for a freed place, if there is one. */
export function nextRefill(task: NextRefillTask): NextRefill {
  return reserves.next(task);
}
