import { DomainError } from '../../base/errors.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { PlanSpan, Replacement } from '../../domain/slots/replace.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import type { UseCaseDeps } from '../deps.ts';
import type { ByAgent } from './change.ts';

/**
 * Refuses a span of sites that there are not. Pure.
 *
 * @throws DomainError `site_unknown`
 */
export function checkSpan({ sites }: Prefecture, { sites: wanted = [] }: PlanSpan): void {
  const known = new Set(sites.map(({ id }) => id));
  const unknown = wanted.find((site) => !known.has(site));
  if (unknown === undefined) return;
  throw new DomainError('site_unknown', `there is no site ${unknown}`, 'sites');
}

/**
 * Replaces the slots of some days by others, checked as an import is, as far as no draw has them; or
 * says what that would do. All of it or nothing. Safe to repeat.
 *
 * @throws DomainError `slot_duplicate`, `import_in_progress`
 */
export async function replaceSlots(
  { store, logger }: Pick<UseCaseDeps, 'store' | 'logger'>,
  prefecture: string,
  plan: { readonly span: PlanSpan; readonly slots: readonly SlotRecord[] },
  { agent, nowMs, isDryRun }: ByAgent & { readonly isDryRun: boolean },
): Promise<Replacement> {
  if (isDryRun) return store.slots.previewReplacement(prefecture, plan, nowMs);
  const replacement = await store.slots.replace(prefecture, plan, nowMs);
  const { added, changed, removed, kept } = replacement;
  const counts = { added: added.length, changed: changed.length, removed: removed.length };
  logger.info({ prefecture, agent, ...counts, kept: kept.length }, 'slots replaced');
  return replacement;
}
