import { entropyContext } from '../identity/entropy.ts';
import {
  appealContext,
  letterContext,
  mandateContext,
  personContext,
} from '../identity/person-context.ts';
import { sealingKeyId, type Vault } from '../identity/vault.ts';
import type { MandateRecord } from '../store/helpers.ts';
import type { Store } from '../store/store.ts';
import type { DrawRecord, Stored } from '../store/types.ts';

export interface ResealDeps {
  readonly store: Pick<Store, 'absences' | 'entries' | 'draws' | 'helpers' | 'letters'>;
  readonly vault: Pick<Vault, 'reseal' | 'resealText'>;
  /** How many sealed texts were looked at, again and again, for a progress bar. */
  readonly onLooked?: (looked: number) => void;
}

/** Sealed texts of a prefecture, after all were looked at once. */
export interface Resealed {
  /** Sealed anew, under the current key. */
  resealed: number;
  /** Somebody changed them meanwhile: the next round finds them. */
  missed: number;
  /** Their key is not in the keyring, or they were altered. They stay as they are. */
  unreadable: number;
  /** How many texts each key seals now, by its id. */
  readonly byKey: Map<string, number>;
}

type Found = { readonly sealed: string; readonly next: string } | undefined;

/**
 * Seals everything of a prefecture anew that an older key sealed, once through. Compares and sets
 * each, in chunks, through the scripts that keep a freeze whole, so it may run beside the service,
 * be broken off anywhere and be repeated.
 *
 * What is sealed: the person of each entry, the operator's secret of each draw, appeals,
 * letters, references of mandates. Whoever
 * seals something else adds it here.
 */
export async function resealAll(deps: ResealDeps, prefecture: string): Promise<Resealed> {
  const count: Resealed = { resealed: 0, missed: 0, unreadable: 0, byKey: new Map() };
  await resealPeople(deps, prefecture, count);
  await resealSecrets(deps, prefecture, count);
  await resealAppeals(deps, prefecture, count);
  await resealLetters(deps, prefecture, count);
  await resealMandates(deps, prefecture, count);
  return count;
}

async function resealPeople(
  { store, vault, onLooked }: ResealDeps,
  prefecture: string,
  count: Resealed,
): Promise<void> {
  let cursor: string | undefined = '0';
  while (cursor !== undefined) {
    const page = await store.entries.page(prefecture, cursor);
    // What was erased is empty.
    const sealed = page.entries.filter(({ value }) => value.sealed !== '');
    const changed = sealed.flatMap((before) => {
      const { id, sealed: text } = before.value;
      const found = sealAgain(count, text, (old) =>
        vault.reseal(old, personContext(prefecture, id)),
      );
      return found ? [{ before, after: { ...before.value, sealed: found.next } }] : [];
    });
    const replaced = await store.entries.replace(prefecture, changed);
    count.resealed += replaced;
    count.missed += changed.length - replaced;
    onLooked?.(page.entries.length);
    cursor = page.cursor;
  }
}

async function resealSecrets(
  { store, vault, onLooked }: ResealDeps,
  prefecture: string,
  count: Resealed,
): Promise<void> {
  for await (const page of store.draws.pages(prefecture)) {
    for (const draw of page) await resealSecret({ store, vault }, prefecture, draw, count);
    onLooked?.(page.length);
  }
}

async function resealSecret(
  { store, vault }: ResealDeps,
  prefecture: string,
  draw: Stored<DrawRecord>,
  count: Resealed,
): Promise<void> {
  const { id, sealedSecret } = draw.value;
  if (sealedSecret === undefined) return;
  const found = sealAgain(count, sealedSecret, (old) =>
    vault.resealText(old, entropyContext(prefecture, id)),
  );
  if (!found) return;
  const outcome = await store.draws.replaceSecret(prefecture, draw, found.next);
  if (outcome === 'done') count.resealed += 1;
  else count.missed += 1;
}

async function resealAppeals(
  { store, vault, onLooked }: ResealDeps,
  prefecture: string,
  count: Resealed,
): Promise<void> {
  let cursor: string | undefined = '0';
  while (cursor !== undefined) {
    const page = await store.absences.openAppeals(prefecture, { cursor, limit: 200 });
    for (const { entry, ...appeal } of page.appeals) {
      const found = sealAgain(count, appeal.sealed, (old) =>
        vault.resealText(old, appealContext(prefecture, entry)),
      );
      if (!found) continue;
      const outcome = await store.absences.replaceAppeal(prefecture, entry, appeal, found.next);
      if (outcome === 'done') count.resealed += 1;
      else count.missed += 1;
    }
    onLooked?.(page.appeals.length);
    cursor = page.cursor;
  }
}

async function resealLetters(
  { store, vault, onLooked }: ResealDeps,
  prefecture: string,
  count: Resealed,
): Promise<void> {
  const letters = await store.letters.waiting(prefecture);
  for (const letter of letters) {
    const context = letterContext(prefecture, letter.message);
    const found = sealAgain(count, letter.sealed, (old) => vault.resealText(old, context));
    if (!found) continue;
    const outcome = await store.letters.replace(prefecture, letter, found.next);
    if (outcome === 'done') count.resealed += 1;
    else count.missed += 1;
  }
  onLooked?.(letters.length);
}

async function resealMandates(
  { store, vault, onLooked }: ResealDeps,
  prefecture: string,
  count: Resealed,
): Promise<void> {
  const mandates = new Map<string, MandateRecord>();
  await store.helpers.eachMandate(prefecture, (entry, mandate) => mandates.set(entry, mandate));
  for (const [entry, mandate] of mandates) {
    const context = mandateContext(prefecture, entry);
    const found = sealAgain(count, mandate.sealedReference, (old) =>
      vault.resealText(old, context),
    );
    if (!found) continue;
    const outcome = await store.helpers.replaceMandate(prefecture, entry, mandate, {
      ...mandate,
      sealedReference: found.next,
    });
    if (outcome === 'done') count.resealed += 1;
    else count.missed += 1;
  }
  onLooked?.(mandates.size);
}

/** The text sealed anew; undefined where there is nothing to do, or nothing that can be done. */
function sealAgain(count: Resealed, sealed: string, reseal: (sealed: string) => string): Found {
  let next: string;
  try {
    next = reseal(sealed);
  } catch {
    count.unreadable += 1;
    countKey(count, keyIdOf(sealed));
    return undefined;
  }
  countKey(count, sealingKeyId(next));
  return next === sealed ? undefined : { sealed, next };
}

function countKey({ byKey }: Resealed, id: string): void {
  byKey.set(id, (byKey.get(id) ?? 0) + 1);
}

/** `?` for what no vault wrote. */
function keyIdOf(sealed: string): string {
  try {
    return sealingKeyId(sealed);
  } catch {
    return '?';
  }
}
