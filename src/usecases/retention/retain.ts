import type { Logger } from 'pino';
import { dayMs, hourMs } from '../../base/units.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { type RetentionVerdict, retentionOf } from '../../domain/entries/retention.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Stored } from '../../domain/values.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { removeOldFiles } from '../../notifications/channels/old-files.ts';
import { type Queues, wake } from '../../store/core/queues.ts';
import type { Pass } from '../../store/retention/store.ts';
import type { Store } from '../../store/store.ts';

export interface RetentionDeps {
  readonly store: Pick<Store, 'entries' | 'flags' | 'messages' | 'prefectures' | 'retention'>;
  readonly queues: Pick<Queues, 'retention'>;
  readonly clock: () => number;
  readonly logger: Pick<Logger, 'info'>;
  readonly metrics: Pick<Metrics, 'prefecture' | 'retention' | 'retentionPass'>;
  /** Folders where messages and letters lie once they were sent, to be removed after a while. */
  readonly outboxes?: readonly string[];
}

/** A pass over all entries begins this long after the one before began. */
const everyMs = hourMs;
/** What one job does at most, about; the next goes on where it ended. */
const pagesPerJob = 20;
const erasuresPerJob = 1000;
/** Erasures under way at once: they share the disk's time. */
const atOnce = 100;

/** Whether a pass is under way, or the next one due. */
export async function isRetentionDue(
  { store, clock }: { readonly store: Pick<Store, 'retention'>; readonly clock: () => number },
  prefecture: string,
): Promise<boolean> {
  const pass = await store.retention.pass(prefecture);
  return pass === undefined || pass.cursor !== undefined || clock() >= pass.startedAtMs + everyMs;
}

/**
 * Erases what a prefecture keeps no longer: entries that were never verified, personal data of
 * those that have ended, dead letters, messages and letters in files. Does a part, remembers where
 * it was, and wakes the next job. Safe to repeat and to break off: each entry is compared and set.
 */
export async function retain(deps: RetentionDeps, prefectureId: string): Promise<void> {
  const { store, clock } = deps;
  const prefecture = await store.prefectures.get(prefectureId);
  if (!prefecture || !(await isRetentionDue(deps, prefectureId))) return;
  const last = await store.retention.pass(prefectureId);
  const isUnderWay = last?.cursor !== undefined;
  let pass: Pass = isUnderWay ? last : { startedAtMs: clock(), cursor: '0' };
  let erased = 0;
  for (let pages = 0; pages < pagesPerJob && erased < erasuresPerJob; pages += 1) {
    if (pass.cursor === undefined) break;
    const page = await store.entries.page(prefectureId, pass.cursor);
    erased += await retainPage(deps, prefecture, page.entries);
    const { startedAtMs } = pass;
    pass = page.cursor === undefined ? { startedAtMs } : { startedAtMs, cursor: page.cursor };
    await store.retention.savePass(prefectureId, pass);
  }
  if (pass.cursor !== undefined) return wake(deps.queues, 'retention', prefectureId);
  await retainMessages(deps, prefecture);
  await retainFlags(deps, prefecture);
  deps.metrics.retentionPass.set(
    { prefecture: deps.metrics.prefecture(prefectureId) },
    clock() / 1000,
  );
}

/** Returns how many entries it erased. */
async function retainPage(
  { store, clock, metrics, logger }: RetentionDeps,
  { id: prefecture, settings }: Prefecture,
  entries: readonly Stored<EntryRecord>[],
): Promise<number> {
  const nowMs = clock();
  const byVerdict = Map.groupBy(entries, ({ value }) => retentionOf(value, settings, nowMs));
  const those = (verdict: RetentionVerdict) => byVerdict.get(verdict) ?? [];
  await store.entries.replace(
    prefecture,
    those('date').map((before) => ({ before, after: { ...before.value, endedAtMs: nowMs } })),
  );
  const toErase = those('erase');
  // Who was verified since the page was read is on the waitlist, and nothing is to be erased.
  const stillDue = (entry: EntryRecord) => retentionOf(entry, settings, nowMs) === 'erase';
  const erase = async ({ value }: Stored<EntryRecord>) => {
    const after = await store.entries.leave(prefecture, value.id, 'erase', nowMs, {
      concerns: stillDue,
    });
    if (after.state !== 'erased') return;
    metrics.retention.inc({ outcome: value.state === 'unverified' ? 'unverified' : 'ended' });
  };
  for (let at = 0; at < toErase.length; at += atOnce) {
    await Promise.all(toErase.slice(at, at + atOnce).map(erase));
  }
  const dropped = await store.retention.drop(prefecture, those('drop'));
  metrics.retention.inc({ outcome: 'dropped' }, dropped);
  if (toErase.length + dropped > 0) {
    logger.info({ prefecture, erased: toErase.length, dropped }, 'kept no longer');
  }
  return toErase.length;
}

/**
 * Forgets flagged sets that were settled long ago, once all their entries were erased: until then
 * the same entries must not be flagged again.
 */
async function retainFlags(
  { store, clock, metrics }: RetentionDeps,
  { id: prefecture, settings }: Prefecture,
): Promise<void> {
  const beforeMs = clock() - settings.keepDays * dayMs;
  let cursor: string | undefined;
  for (let pages = 0; pages < pagesPerJob; pages += 1) {
    const page = await store.flags.list(prefecture, {
      state: 'settled',
      limit: 100,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const old = page.flags.filter(({ settled }) => settled && settled.atMs < beforeMs);
    const ids = old.flatMap(({ entries }) => entries);
    const entries = ids.length === 0 ? [] : await store.entries.getMany(prefecture, ids);
    const present = entries.flatMap((entry) => (entry ? [entry.value] : []));
    const kept = new Set(present.filter(({ state }) => state !== 'erased').map(({ id }) => id));
    const over = old.filter((flag) => !flag.entries.some((entry) => kept.has(entry)));
    await store.flags.forget(prefecture, over);
    metrics.retention.inc({ outcome: 'flagged_set' }, over.length);
    // Sets come in the order in which they were settled.
    if (page.cursor === undefined || old.length < page.flags.length) return;
    cursor = page.cursor;
  }
}

async function retainMessages(
  { store, clock, metrics, outboxes = [] }: RetentionDeps,
  prefecture: Prefecture,
): Promise<void> {
  const { keepMessageDays } = prefecture.settings;
  const letters = await store.messages.dropLetters(
    prefecture.id,
    clock() - keepMessageDays * dayMs,
  );
  metrics.retention.inc({ outcome: 'dead_letter' }, letters);
  if (outboxes.length === 0) return;
  // A file does not say whose it is: the longest time of all prefectures holds.
  const ids = await store.prefectures.list();
  const all = await Promise.all(ids.map((id) => store.prefectures.get(id)));
  const days = Math.max(keepMessageDays, ...all.map((one) => one?.settings.keepMessageDays ?? 0));
  for (const directory of outboxes) {
    const files = await removeOldFiles(directory, clock() - days * dayMs);
    metrics.retention.inc({ outcome: 'file' }, files);
  }
}
