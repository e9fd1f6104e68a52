import { DomainError } from '../../base/errors.ts';
import { type HelperCategory, mayAct } from '../../domain/helpers/mandate.ts';
import { newAgentKey } from '../../identity/keys/agent-keys.ts';
import { randomBase32 } from '../../identity/keys/ids.ts';
import type { HelperRecord } from '../../store/helpers/codec.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'logger'>;

/** A helper, with how many live entries it made. */
export interface CountedHelper {
  readonly helper: HelperRecord;
  readonly entries: number;
}

/**
 * Admits a helper. It has no key yet.
 *
 * @throws DomainError `helpers_full`
 */
export async function addHelper(
  { store, logger }: Deps,
  prefecture: string,
  given: { readonly category: HelperCategory; readonly label: string; readonly cap: number },
  nowMs: number,
): Promise<HelperRecord> {
  const helper = { id: randomBase32(10), ...given, createdAtMs: nowMs };
  await store.helpers.add(prefecture, helper);
  logger.info({ prefecture, helper: helper.id }, 'helper created');
  return helper;
}

/**
 * Makes a key for a helper. The key is told this once, and stored nowhere.
 *
 * @throws DomainError `agents_full`
 */
export async function makeHelperKey(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  helper: HelperRecord,
  nowMs: number,
): Promise<{ readonly agent: string; readonly key: string }> {
  const { key, id, hash } = newAgentKey();
  const made = { id, hash, role: 'helper', label: helper.label, createdAtMs: nowMs } as const;
  await store.agents.put(prefecture, made);
  await store.helpers.addKey(prefecture, helper.id, id);
  return { agent: id, key };
}

/**
 * A helper that was not revoked.
 *
 * @throws DomainError `helper_not_found`
 */
export function needHelper(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  id: string,
): Promise<HelperRecord> {
  // The change refuses one that was revoked, also if that happens at this moment.
  return store.helpers.change(prefecture, id, notRevoked);
}

/** @throws DomainError `helper_not_found`, also once it was revoked */
export async function changeCap(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  id: string,
  cap: number,
): Promise<CountedHelper> {
  const change = (before: HelperRecord) => ({ ...notRevoked(before), cap });
  return counted(store, prefecture, await store.helpers.change(prefecture, id, change));
}

/**
 * Takes a helper's keys away, for good. Safe to repeat: the first time stands.
 *
 * @throws DomainError `helper_not_found`
 */
export async function revokeHelper(
  { store, logger }: Deps,
  prefecture: string,
  id: string,
  by: { readonly agent: string; readonly nowMs: number },
): Promise<CountedHelper> {
  const { agent, nowMs } = by;
  const helper = await store.helpers.change(prefecture, id, (before) => ({
    ...before,
    revokedAtMs: before.revokedAtMs ?? nowMs,
  }));
  for (const key of await store.helpers.keys(prefecture, id)) {
    await store.agents.revoke(prefecture, key, { atMs: nowMs, by: agent }, () => false);
  }
  logger.info({ prefecture, agent, helper: id }, 'helper revoked');
  return counted(store, prefecture, helper);
}

async function counted(
  store: UseCaseDeps['store'],
  prefecture: string,
  helper: HelperRecord,
): Promise<CountedHelper> {
  const held = await store.helpers.entriesOf(prefecture, helper.id);
  return { helper, entries: held.length };
}

function notRevoked(helper: HelperRecord): HelperRecord {
  if (mayAct(helper)) return helper;
  throw new DomainError('helper_not_found', 'this helper was revoked');
}
