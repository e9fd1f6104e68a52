import { localDate } from '../../domain/local-time.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import { letterContext } from '../../identity/person/context.ts';
import type { LetterOptions } from '../../notifications/render/letter.ts';
import type { Store } from '../../store/store.ts';

interface Deps {
  readonly store: Pick<Store, 'prefectures' | 'letters'>;
  readonly vault: Pick<Vault, 'sealText'>;
  readonly clock: () => number;
}

/** Keeps letters sealed, each for the batch of its local day. */
export function createLetterKeeper({ store, vault, clock }: Deps): LetterOptions {
  return {
    async keep(prefectureId, message, letter) {
      const prefecture = await store.prefectures.get(prefectureId);
      if (!prefecture) throw new Error(`no prefecture ${prefectureId}`);
      const day = localDate(clock(), prefecture.settings.timeZone);
      const context = letterContext(prefectureId, message);
      const sealed = vault.sealText(JSON.stringify(letter), context);
      await store.letters.keep(prefectureId, { message, day, sealed });
    },
  };
}
