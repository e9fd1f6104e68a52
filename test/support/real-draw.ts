import { hash } from 'node:crypto';
import type { DrawRecord } from '#src/domain/draws/draw.ts';
import { newOffer } from '#src/domain/offers/terms.ts';
import { channelCounts, groundCounts } from '#src/domain/register/pool-counts.ts';
import type { Store } from '#src/store/store.ts';
import { readSnapshot } from '#src/usecases/draws/snapshot.ts';
import { tieManifest } from '#src/usecases/draws/tie-manifest.ts';
import { draw, freeze, seats } from '#src/workers/allocation/thread.ts';
import { hourMs } from './draw-samples.ts';

const secret = 'ab'.repeat(32);
const entropy = {
  source: 'operator',
  commitment: hash('sha256', Buffer.from(secret, 'hex')),
} as const;

const buffers = (parts: readonly Uint8Array[]) => parts.map((part) => Buffer.from(part));

/** Freezes what waits: scheduled → frozen, as the worker does it but without another thread. */
export async function freezeReally(
  store: Store,
  prefecture: string,
  id: string,
  nowMs: number,
): Promise<void> {
  const { draws } = store;
  await draws.schedule(prefecture, {
    id,
    state: 'scheduled',
    atMs: nowMs,
    scheduledAtMs: nowMs - hourMs,
    entropy,
  });
  await draws.beginFreeze(prefecture, id, nowMs);
  const frozen = await draws.frozenPrefecture(prefecture, id);
  if (!frozen) throw new Error(`draw ${id} does not freeze`);
  const { entries, grounds, origins, slots } = await readSnapshot(store, frozen, { id }, nowMs);
  const { pool, ...frozenPool } = freeze({
    draw: id,
    prefecture,
    frozenAtMs: nowMs,
    rules: frozen.rules,
    slots,
    entries: [Buffer.from(JSON.stringify(entries))],
  });
  const tie = () => tieManifest(pool, { entropy });
  const priority = { ...frozenPool.priority, ...groundCounts(grounds) };
  const channels = channelCounts(origins);
  const input = { parts: buffers(frozenPool.parts), priority, channels, tie };
  await draws.publishManifest(prefecture, id, input, nowMs);
}

/** A real draw of what waits, from its plan to its publication, in this process. */
export async function drawReally(
  store: Store,
  prefecture: string,
  id: string,
  nowMs: number,
): Promise<DrawRecord> {
  await freezeReally(store, prefecture, id, nowMs);
  const input = await store.draws.input(prefecture, id);
  const drawn = draw({ input, entropy: { secret } });
  const sealed = { ...drawn, parts: buffers(drawn.parts), entropy: { secret } };
  await store.draws.seal(prefecture, id, sealed, nowMs);
  const { settings } = (await store.prefectures.get(prefecture)) ?? {};
  if (!settings) throw new Error(`no prefecture ${prefecture}`);
  const given = seats({ input, result: await store.draws.result(prefecture, id) });
  const terms = {
    draw: id,
    via: 'draw',
    settings,
    nowMs,
    deadlineMs: nowMs + 72 * hourMs,
  } as const;
  const offers = given.map((seat) => newOffer(seat, terms));
  await store.offers.openMany(prefecture, id, offers);
  return store.draws.publish(prefecture, id, nowMs);
}
