import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';

/**
 * The kill switch: stops draws and offers for a reason, or lets them go on (undefined). Safe to
 * repeat.
 */
export async function setPause(
  {
    store,
    prefectures,
    waker,
    logger,
  }: Pick<UseCaseDeps, 'store' | 'prefectures' | 'waker' | 'logger'>,
  id: string,
  reason: string | undefined,
  { agent, nowMs }: { readonly agent: string; readonly nowMs: number },
): Promise<Prefecture> {
  const paused = reason !== undefined;
  const changed = paused
    ? await store.prefectures.pause(id, reason, nowMs)
    : await store.prefectures.resume(id, nowMs);
  prefectures.put(changed);
  logger.info({ prefecture: id, agent, paused }, 'kill switch');
  if (!paused) {
    waker.soon('draws', id);
    waker.soon('offers', id);
  }
  return changed;
}
