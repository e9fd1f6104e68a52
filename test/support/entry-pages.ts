import { HANDS, REJECTIONS } from '#src/allocator/types.ts';
import { type Language, languages } from '#src/base/languages.ts';
import { ABSENCE_CAUSES, ABSENCE_STATES } from '#src/domain/absences/rule.ts';
import { ENTRY_STATES } from '#src/domain/entries/state.ts';
import { HELPER_CATEGORIES } from '#src/domain/helpers/mandate.ts';
import { DEFERRED_ACTS } from '#src/domain/offers/offer.ts';
import { FINDING_CODES } from '#src/domain/participation/diagnosis.ts';
import { ENTRY_OUTCOMES } from '#src/domain/participation/standings.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import type { Standing } from '#src/store/draws/index-read.ts';
import { entryDrawPage } from '#src/web/entry/draw-page.ts';
import { type ExplainedDraw, explain } from '#src/web/entry/explanation.ts';
import { type PageError, type ShownEntry, statePage } from '#src/web/entry/page.ts';
import { hex, hourMs, sampleDraw } from './draw-samples.ts';
import { sampleEntry, sampleNowMs, sampleOffer } from './samples.ts';

/** A secret as long as one is. */
export const token = 'a1'.repeat(22);

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
const published = sampleDraw({
  id: '20261201-1',
  state: 'published',
  frozenAtMs: sampleNowMs,
  outcomeHash: hex,
});

/** The same text in every language. */
export function ownText(text: string): { [Of in Language]: string } {
  const texts = languages.map((language) => [language, text]);
  return Object.fromEntries(texts) as { [Of in Language]: string }; // one for each
}

/** The page of an entry that waits after a draw, and explanations of that draw. */
export function entryPages(lang: Language, prefecture: Prefecture): string[] {
  const explained: ExplainedDraw = {
    entry: {
      requestType: 'renewal',
      missed: 2,
      party: 3,
      accepts: {
        sites: ['9'],
        windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', until: '12:00' }],
        notBefore: '2026-12-01',
        notAfter: '2026-12-31',
      },
    },
    standing,
    rules: {
      quotas: { renewal: { min: 10, max: 200 } },
      priorityMax: 5,
      ageing: { ticketsPerMiss: 1, maxTickets: 5, guaranteeAfter: 6 },
    },
    requestType: ownText('1'),
    entropyNote: ownText('2'),
    isVoid: false,
    isRefilled: true,
  };
  const { accepts: _accepts, ...anywhere } = explained.entry;
  const nobody = { ...standing, ofType: { ...standing.ofType, lastServedRank: 0 } };
  return [
    afterDraws(lang, prefecture),
    ...familyPages(lang, prefecture),
    ...[
      explained,
      { ...explained, entry: anywhere, standing: nobody, isVoid: true, rules: {} },
      { ...explained, standing: { ...standing, priority: true, guaranteed: true } },
    ].map((one) => drawPage(lang, prefecture, one)),
  ];
}

/** A family that waits, one of whom goes on alone, and what is told of it. */
function familyPages(lang: Language, prefecture: Prefecture): string[] {
  const entry = sampleEntry({ id: 'e000000000000001', state: 'waiting', requestType: 'first' });
  const family = { ...shownOf(lang, prefecture, { ...entry, party: 3 }), names: ['1', '2', '3'] };
  const errors: readonly PageError[] = [
    ...(['frozen', 'member', 'member_alone', 'member_taken'] as const),
    ...(['party_changed', 'party_full'] as const),
  ];
  return [
    statePage({ ...shownOf(lang, prefecture, entry), names: ['1'] }),
    statePage(family),
    statePage({ ...family, entry: { ...family.entry, parting: 2 }, notice: 'parted' }),
    ...errors.map((error) => statePage({ ...family, error })),
  ];
}

function afterDraws(lang: Language, prefecture: Prefecture): string {
  const entry = sampleEntry({ id: 'e000000000000001', state: 'waiting' });
  const outcomes = ENTRY_OUTCOMES.map((outcome) => ({ ...standing, outcome }));
  return statePage({
    ...shownOf(lang, prefecture, entry),
    mandate: { helper: '1', category: 'association', until: '2026-12-31', isCurrent: true },
    findings: [
      ...FINDING_CODES.map((code) => ({ code, draw: 'd1', atMs: sampleNowMs })),
      { code: 'no_draw_planned' },
      { code: 'draw_planned', atMs: sampleNowMs },
    ],
    attempts: { draws: 2, weeks: 2 },
    participations: [
      ...outcomes.map((one) => ({ draw: published, standing: one, offer: undefined })),
      {
        draw: published,
        standing,
        offer: sampleOffer({ draw: 'd1', entry: entry.id, slot: 's1', via: 'refill' }),
      },
      { draw: published, standing: 'unindexed', offer: undefined },
      { draw: { ...published, state: 'frozen' }, standing: 'undrawn', offer: undefined },
      { draw: { ...published, state: 'void' }, standing: 'undrawn', offer: undefined },
    ],
  });
}

function shownOf(
  lang: Language,
  prefecture: Prefecture,
  entry: ReturnType<typeof sampleEntry>,
): ShownEntry {
  return {
    ...{ prefecture, entryId: entry.id, lang, token, entry, waiting: 800, drawsLeft: 0 },
    ...{ offer: undefined, offerId: undefined, deadlineMs: undefined, nextDrawAtMs: undefined },
    ...{ findings: [], participations: [], attempts: { draws: 0, weeks: 0 }, mandate: undefined },
    callCode: '042137',
    nowMs: sampleNowMs,
    names: [],
  };
}

/** The page of an entry in each state, with each absence, helper, error and number of attempts. */
export function stateOfEveryKind(
  lang: Language,
  prefecture: Prefecture,
): { [name: string]: string } {
  const base = shownOf(lang, prefecture, sampleEntry({ id: 'e000000000000001', state: 'waiting' }));
  const offer = sampleOffer({ draw: 'd1', entry: base.entryId, slot: 's1' });
  const held = { offer, offerId: 'd1.e1', deadlineMs: sampleNowMs + hourMs };
  const show = (more: Partial<ShownEntry>) => statePage({ ...base, ...more });
  const entry = base.entry;
  const states = ENTRY_STATES.map((state) => {
    const holds = state === 'offered' || state === 'booked' ? held : {};
    return [`state ${state}`, show({ ...holds, entry: { ...entry, state } })];
  });
  const absences = ABSENCE_CAUSES.flatMap((cause) =>
    ABSENCE_STATES.map((state) => {
      const absence = { cause, untilDraw: 3, state };
      return [`absence ${cause} ${state}`, show({ entry: { ...entry, absence }, drawsLeft: 2 })];
    }),
  );
  const errors = (
    ['code_wrong', 'code_expired', 'too_many', 'settled', 'no_certificate', 'unknown'] as const
  ).map((error) => [`error ${error}`, show({ error, entry: { ...entry, state: 'unverified' } })]);
  const attempts = [
    { draws: 1, weeks: 1 },
    { draws: 2, weeks: 1 },
    { draws: 12, weeks: 7 },
  ].map((one) => [`attempts ${one.draws}`, show({ attempts: one, nextDrawAtMs: sampleNowMs })]);
  const mandates = HELPER_CATEGORIES.map((category) => {
    const mandate = { helper: '1', category, until: '2026-12-31', isCurrent: false };
    return [`mandate ${category}`, show({ mandate })];
  });
  const notices = (['resent', 'appealed', 'undone', 'recalled'] as const).map((notice) => [
    `notice ${notice}`,
    show({ notice }),
  ]);
  const hands = HANDS.flatMap((by) => {
    const acts = DEFERRED_ACTS.map((act) => {
      const deferred = { act, by, atMs: sampleNowMs, dueAtMs: sampleNowMs + hourMs };
      return [`${act} by ${by}`, show({ ...held, offer: { ...offer, deferred } })];
    });
    const proxy = { by, atMs: sampleNowMs };
    const accepted = { ...offer, state: 'accepted', appointment: 'booked', proxy } as const;
    return [...acts, [`accept by ${by}`, show({ ...held, offer: accepted })]];
  });
  const rejections = REJECTIONS.map((rejection) => [
    `rejected ${rejection}`,
    show({ entry: { ...entry, state: 'rejected', rejection } }),
  ]);
  return Object.fromEntries(
    [states, absences, errors, attempts, mandates, notices, hands, rejections].flat(),
  );
}

function drawPage(lang: Language, prefecture: Prefecture, explained: ExplainedDraw): string {
  const entryId = 'e000000000000001';
  const tickets = {
    number: hex,
    all: [hex, hex, hex],
    check: `printf %s "${hex}:${entryId}:0" | sha256sum`,
  };
  const inclusion = {
    leaf: `{"id":"${entryId}"}`,
    index: 4,
    size: 800,
    path: [hex, hex],
    root: hex,
  };
  const parts = explain(explained);
  const draw = { token, drawId: '20261201-1', parts, tickets, inclusion };
  return entryDrawPage({ ...{ prefecture, entryId, lang }, ...draw });
}
