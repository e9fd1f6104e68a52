import { entropyContext } from '../../identity/entropy/entropy.ts';
import { sealingKeyId, type Vault } from '../../identity/keys/vault.ts';
import {
  appealContext,
  letterContext,
  mandateContext,
  personContext,
} from '../../identity/person/context.ts';
import { pagesByCursor } from '../../store/core/pages.ts';
import type { WriteWord } from '../../store/core/script.ts';
import type { MandateRecord } from '../../store/helpers/codec.ts';
import type { Store } from '../../store/store.ts';

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
 * What is sealed: the person of each entry, the operator's secret of each draw, appeals, letters,
 * references of mandates. Whoever seals something else adds it here.
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
  const read = (cursor: string) => store.entries.page(prefecture, cursor);
  for await (const page of pagesByCursor('entries', read)) {
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
  }
}

/** One sealed text, what it is bound to, and how to put another in its place. */
interface SealedText {
  readonly sealed: string;
  readonly context: string;
  replace(sealed: string): Promise<WriteWord>;
}

async function resealText(
  { vault }: Pick<ResealDeps, 'vault'>,
  { sealed, context, replace }: SealedText,
  count: Resealed,
): Promise<void> {
  const found = sealAgain(count, sealed, (old) => vault.resealText(old, context));
  if (!found) return;
  if ((await replace(found.next)) === 'done') count.resealed += 1;
  else count.missed += 1;
}

async function resealSecrets(deps: ResealDeps, prefecture: string, count: Resealed): Promise<void> {
  const { draws } = deps.store;
  for await (const page of draws.pages(prefecture)) {
    for (const draw of page) {
      const { id, sealedSecret: sealed } = draw.value;
      if (sealed === undefined) continue;
      const context = entropyContext(prefecture, id);
      const replace = (next: string) => draws.replaceSecret(prefecture, draw, next);
      await resealText(deps, { sealed, context, replace }, count);
    }
    deps.onLooked?.(page.length);
  }
}

async function resealAppeals(deps: ResealDeps, prefecture: string, count: Resealed): Promise<void> {
  const { absences } = deps.store;
  const read = (cursor: string) => absences.openAppeals(prefecture, { cursor, limit: 200 });
  for await (const page of pagesByCursor('appeals', read)) {
    for (const { entry, ...appeal } of page.appeals) {
      const context = appealContext(prefecture, entry);
      const replace = (next: string) => absences.replaceAppeal(prefecture, entry, appeal, next);
      await resealText(deps, { sealed: appeal.sealed, context, replace }, count);
    }
    deps.onLooked?.(page.appeals.length);
  }
}

async function resealLetters(deps: ResealDeps, prefecture: string, count: Resealed): Promise<void> {
  const { letters } = deps.store;
  const waiting = await letters.waiting(prefecture);
  for (const letter of waiting) {
    const context = letterContext(prefecture, letter.message);
    const replace = (next: string) => letters.replace(prefecture, letter, next);
    await resealText(deps, { sealed: letter.sealed, context, replace }, count);
  }
  deps.onLooked?.(waiting.length);
}

async function resealMandates(
  deps: ResealDeps,
  prefecture: string,
  count: Resealed,
): Promise<void> {
  const { helpers } = deps.store;
  const mandates = new Map<string, MandateRecord>();
  await helpers.eachMandate(prefecture, (entry, mandate) => mandates.set(entry, mandate));
  for (const [entry, mandate] of mandates) {
    const context = mandateContext(prefecture, entry);
    const replace = (sealedReference: string) =>
      helpers.replaceMandate(prefecture, entry, mandate, { ...mandate, sealedReference });
    await resealText(deps, { sealed: mandate.sealedReference, context, replace }, count);
  }
  deps.onLooked?.(mandates.size);
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
