import type { Standing } from '#src/store/draws/index-read.ts';
import { entryDrawPage } from '#src/web/entry/draw-page.ts';
import { explain } from '#src/web/entry/explanation.ts';
import { statePage } from '#src/web/entry/page.ts';
import { hex, sampleDraw } from './draw-samples.ts';
import { sampleEntry, sampleNowMs, samplePrefecture } from './samples.ts';

const standing: Standing = {
  leaf: 4,
  rank: 512,
  rankInType: 120,
  tickets: 3,
  priority: false,
  guaranteed: false,
  outcome: 'rank_too_low',
  ofType: {
    requestType: 'renewal',
    entries: 800,
    lastDrawnRank: 400,
    lastDrawnRankInType: 90,
    lastServedRank: 480,
    lastServedRankInType: 110,
  },
};

/** The page of an entry that waits after a draw, and the explanation of that draw. */
export function entryPages(lang: 'fr' | 'en'): string[] {
  const prefecture = { id: '92', ...samplePrefecture(), paused: undefined, graceUntilMs: 0 };
  const entry = sampleEntry({ id: 'e000000000000001', state: 'waiting' });
  const place = { prefecture, entryId: entry.id, lang, token: 'secret' };
  const draw = sampleDraw({
    id: 'd1',
    state: 'published',
    frozenAtMs: sampleNowMs,
    outcomeHash: hex,
  });
  const state = statePage({
    ...place,
    entry,
    offer: undefined,
    offerId: undefined,
    deadlineMs: undefined,
    waiting: 800,
    nextDrawAtMs: undefined,
    drawsLeft: 0,
    mandate: {
      helper: 'La Cimade',
      category: 'association',
      until: '2026-12-31',
      isCurrent: true,
    },
    findings: [
      { code: 'rank_too_low', draw: 'd1', atMs: sampleNowMs },
      { code: 'on_reserve_list', draw: 'd1', atMs: sampleNowMs },
      { code: 'no_draw_planned' },
    ],
    attempts: { draws: 2, weeks: 2 },
    participations: [
      { draw, standing, offer: undefined },
      { draw: { ...draw, id: 'd0', state: 'void' }, standing: 'undrawn', offer: undefined },
    ],
  });
  const parts = explain({
    entry: {
      id: entry.id,
      requestType: 'renewal',
      missed: 2,
      accepts: { sites: ['nanterre'], windows: [{ days: [1, 2], from: '09:00', until: '12:00' }] },
    },
    standing,
    rules: {
      quotas: { renewal: { min: 10, max: 200 } },
      ageing: { ticketsPerMiss: 1, maxTickets: 5 },
    },
    requestType: { fr: 'Renouvellement', en: 'Renewal' },
    entropyNote: { fr: 'Balise publique.', en: 'Public beacon.' },
    isVoid: false,
    isRefilled: true,
  });
  const tickets = {
    number: hex,
    all: [hex, hex, hex],
    check: `printf %s "${hex}:e:0" | sha256sum`,
  };
  const inclusion = {
    leaf: '{"id":"e000000000000001"}',
    index: 4,
    size: 800,
    path: [hex, hex],
    root: hex,
  };
  return [state, entryDrawPage({ ...place, drawId: 'd1', parts, tickets, inclusion })];
}
