import { typeStatistics } from '../../domain/draws/statistics.ts';
import { labelled, labelOf } from '../../domain/values.ts';
import { publicPage } from '../../web/public/page.ts';
import { chanceOf, drawView } from '../draws/view.ts';
import { publicFor } from '../http/cacheable.ts';
import { page } from '../http/page.ts';

/** Draws that the page lists; the API lists all. */
const DRAWS_SHOWN = 20;

/** The page of a prefecture, for everyone. */
export const showPublicPage = page({
  id: 'showPublicPage',
  get: '/p/{prefecture}',
  budget: 'read',
  async run({ prefecture, lang, nowMs }, { store, overviews }) {
    const [overview, { draws }, head, counts] = await Promise.all([
      overviews.of(prefecture.id),
      store.draws.list(prefecture.id, { limit: DRAWS_SHOWN }),
      store.register.head(prefecture.id),
      store.register.counts(prefecture.id),
    ]);
    const types = prefecture.requestTypes.map(({ id, labels, partyMax, partyNote }) => {
      const row = typeStatistics(overview.lastDrawOf(id), id);
      const last = row && { ...row, chance: chanceOf(row) };
      const nextDrawAtMs = overview.nextDrawOfMs(id);
      const party = { partyMax, partyNote: partyNote && labelOf(partyNote, lang) };
      const waiting = overview.waiting(id);
      return { label: labelOf(labels, lang), ...party, waiting, nextDrawAtMs, last };
    });
    const labelOfType = (type: string) =>
      labelOf(
        prefecture.requestTypes.find(({ id }) => id === type)?.labels ?? labelled(type),
        lang,
      );
    const shown = draws.map((draw) => {
      const { entropy, voided, superseded, skipped, overdue } = drawView(draw, nowMs);
      const ended = voided ?? superseded ?? skipped;
      const { strength, note } = entropy;
      const forTypes = draw.requestTypes?.map(labelOfType);
      const voidNote = ended?.note[lang];
      return { draw, strength, note: note[lang], forTypes, isOverdue: overdue, voidNote };
    });
    const { nextDrawAtMs } = overview;
    const html = publicPage({ prefecture, lang, nextDrawAtMs, types, draws: shown, head, counts });
    return { status: 200, html, cache: { control: publicFor(10) } };
  },
});
