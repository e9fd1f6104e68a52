import { localDate } from '../domain/local-time.ts';
import { letterContext } from '../identity/person/context.ts';
import type { LetterOptions } from '../notifications/render/letter.ts';
import type { WorkerDeps } from './deps.ts';

type Deps = Pick<WorkerDeps, 'store' | 'vault' | 'clock'>;

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
