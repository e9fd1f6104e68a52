import type { Language } from '#src/base/languages.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { questionPage, refusalPage, resultPage } from '#src/web/answer/page.ts';
import { confirmPage, tokenPage } from '#src/web/entry/page.ts';
import { joinedPage } from '#src/web/join/joined-page.ts';
import { joinPage, type ShownJoin } from '#src/web/join/page.ts';
import type { FormRefusal, JoinFault, JoinFaults } from '#src/web/join/values.ts';
import { refusedPage } from '#src/web/kit/refused-page.ts';
import { linkSentPage, lostLinkPage } from '#src/web/lost-link/page.ts';
import { publicPage } from '#src/web/public/page.ts';
import { certificatesPages } from '../support/certificates-pages.ts';
import { hex, hourMs, sampleDraw, sampleManifest } from '../support/draw-samples.ts';
import { entryPages, stateOfEveryKind, token } from '../support/entry-pages.ts';
import { sampleNowMs, sampleOffer, samplePrefecture } from '../support/samples.ts';

/** A page, by what it is. */
export type NamedPages = Record<string, string>;

/** A prefecture with two sites, of which one serves a single request type. All its names are `name`. */
export function shownPrefecture(name: string): Prefecture {
  const { settings, sites, requestTypes, rules } = samplePrefecture();
  const labels = { fr: name };
  const named = { labels, address: labels };
  return {
    ...{ id: '92', rules, paused: undefined, graceUntilMs: 0 },
    settings: { ...settings, labels, absenceDraws: 2 },
    sites: [...sites, ...sites].map((site, at) => ({
      ...site,
      ...named,
      id: ['nanterre', '9'][at] ?? '',
    })),
    requestTypes: [
      ...requestTypes.map((type) => ({ ...type, labels })),
      ...requestTypes.map((type) => ({
        ...{ ...type, labels, id: 'first', sites: ['nanterre', '9'] },
        ...{ partyMax: 6, partyNote: labels },
      })),
    ],
  };
}

/** Every page that is made from plain values, in every state that has words of its own. */
export function everyPage(language: Language, prefecture: Prefecture): NamedPages {
  return {
    ...stateOfEveryKind(language, prefecture),
    ...named('entry', entryPages(language, prefecture)),
    ...askingPages(language, prefecture),
    ...formPages(language, prefecture),
    ...publicPages(language, prefecture),
    ...named('certificates', certificatesPages(language, prefecture)),
    ...inEachLanguage(prefecture),
  };
}

function named(name: string, pages: readonly string[]): NamedPages {
  return Object.fromEntries(pages.map((page, at) => [`${name} ${at + 1}`, page]));
}

function askingPages(lang: Language, prefecture: Prefecture): NamedPages {
  const place = { prefecture, entryId: 'e000000000000001', lang };
  const acting = { ...place, token, offerId: 'd1.e000000000000001' };
  return {
    token: tokenPage(place),
    'token refused': tokenPage(place, 'token'),
    ...named(
      'confirm',
      (['cancel', 'withdraw', 'end_mandate'] as const).map((action) => confirmPage(acting, action)),
    ),
    joined: joinedPage({ ...place, token }),
  };
}

const faultOf: readonly JoinFaults[] = (
  [
    ['requestType', ['type', 'party']],
    ['other1-name', ['name', 'repeated', 'taken']],
    ['other1-agdref', ['adult']],
    ['other5-birthDate', ['child']],
    ['name', ['name']],
    ['agdref', ['agdref', 'agdref_needed', 'agdref_unknown', 'document_needed']],
    ['passport', ['number']],
    ['passportCountry', ['country']],
    ['birthDate', ['date']],
    ['email', ['contact_needed', 'contact_full', 'email_needed', 'email']],
    ['phone', ['phone']],
    ['sites', ['site']],
    ['until', ['times']],
    ['notAfter', ['dates']],
  ] as const satisfies readonly (readonly [string, readonly JoinFault[]])[]
).flatMap(([field, faults]) => faults.map((fault): JoinFaults => ({ [field]: fault })));

const refusals: readonly FormRefusal[] = [
  ...(['fields', 'duplicate', 'repeated'] as const),
  ...(['too_many', 'work', 'down'] as const),
];

function formPages(lang: Language, prefecture: Prefecture): NamedPages {
  const text = {
    ...{ requestType: 'renewal', name: '1', agdref: '1', passport: '1', passportCountry: '1' },
    ...{ consular: '', consularCountry: '', birthDate: '', nationality: '', email: '1' },
    ...{ phone: '', language: lang, from: '', until: '', notBefore: '', notAfter: '' },
  };
  const nobody = { name: '', birthDate: '', agdref: '', passport: '', passportCountry: '' };
  const nobodyElse = { ...nobody, consular: '', consularCountry: '' };
  const others = { 1: { ...nobodyElse, name: '1' }, 2: nobodyElse, 3: nobodyElse, 4: nobodyElse };
  const work = { script: '// 1', solution: '' };
  const form: ShownJoin = {
    ...{ prefecture, lang, hasSms: true, idempotencyKey: 'k1', work, refusal: undefined },
    values: { text, sites: ['nanterre'], days: ['1'], others: { ...others, 5: nobodyElse } },
    faults: {},
  };
  const linkForm = { prefecture, lang, email: '1', phone: '', hasSms: true, work };
  const email = { field: 'email', is: 'email_needed' } as const;
  return {
    join: joinPage(form),
    'join without telephones': joinPage({ ...form, hasSms: false }),
    ...named(
      'join with a fault',
      faultOf.map((faults) => joinPage({ ...form, refusal: 'fields', faults })),
    ),
    ...named(
      'join refused',
      refusals.map((refusal) => joinPage({ ...form, refusal })),
    ),
    'lost link': lostLinkPage(linkForm),
    'lost link with a fault': lostLinkPage({ ...linkForm, refusal: 'fields', fault: email }),
    'link sent': linkSentPage(linkForm),
  };
}

function publicPages(lang: Language, prefecture: Prefecture): NamedPages {
  const empty = { prefecture, lang, nextDrawAtMs: undefined, types: [], draws: [] };
  const none = { head: undefined, counts: undefined };
  const alone = { partyMax: 1, partyNote: undefined };
  const row = { waiting: 12_345, places: 1200, drawn: 1199, medianWaitDraws: 2.5, chance: 0.0971 };
  const states = ['scheduled', 'frozen', 'drawn', 'published', 'closed'] as const;
  const draws = states.map((state) => ({
    draw: sampleDraw({ id: `20261201-${state.length}`, state }),
    ...{ strength: 'public_beacon' as const, note: '1', voidNote: undefined },
  }));
  const manifest = sampleManifest('20261201-1', { entries: 2, slots: 1 });
  const voided = { atMs: sampleNowMs, reason: '1', agent: 'a1' };
  const voidDraw = {
    draw: sampleDraw({
      ...{ id: '20261201-8', state: 'void', manifest, outcomeHash: hex, voided },
      ...{ replaces: '20261130-1', repeatedBy: '20261202-1' },
    }),
    ...{ strength: 'weaker' as const, note: '2', voidNote: '3', forTypes: ['1', '2'] },
  };
  const of = { strength: 'weaker' as const, note: '2', voidNote: '3' };
  const skipped = { atMs: sampleNowMs, reason: 'no_places' } as const;
  const given = [
    { ...of, draw: sampleDraw({ id: '20261201-9', state: 'superseded', superseded: voided }) },
    { ...of, draw: sampleDraw({ id: '20261201-10', state: 'skipped', skipped }) },
  ];
  const counts = {
    ...{
      leaves: 12_345,
      scheduled: 9,
      drawn: 8,
      weaker: 7,
      void: 6,
      afterVoid: 1,
      repeated: 5,
      events: 4,
    },
    ...{ superseded: 2, skipped: 1, ruleChanges: 3, priority: null, channels: null },
    ...{ closedSlots: { strike: 3, other: 1 }, revoked: { court: 1 }, parties: null, carried: 0 },
  };
  return {
    'public, empty': publicPage({ ...empty, ...none }),
    public: publicPage({
      ...{
        prefecture,
        lang,
        nextDrawAtMs: sampleNowMs,
        draws: [...draws, voidDraw, ...given],
        counts,
      },
      types: [
        {
          ...{ label: '1', partyMax: 4, partyNote: '1', waiting: 12_345, last: row },
          nextDrawAtMs: sampleNowMs,
        },
        { label: '2', ...alone, waiting: 0, nextDrawAtMs: undefined, last: undefined },
        {
          ...{ label: '3', ...alone, waiting: 1, nextDrawAtMs: undefined },
          last: { ...row, chance: null, medianWaitDraws: null },
        },
      ],
      head: { size: 12_345, root: hex, signedAtMs: sampleNowMs },
    }),
    'public, paused': publicPage({
      ...{ ...empty, ...none },
      prefecture: { ...prefecture, paused: { reason: '1', sinceMs: sampleNowMs } },
    }),
  };
}

/** Pages of people of whom nobody knows which language they read. */
function inEachLanguage(prefecture: Prefecture): NamedPages {
  const offer = sampleOffer({ draw: 'd1', entry: 'e1', slot: 's1' });
  const shown = { prefecture, offer, deadlineMs: sampleNowMs + hourMs };
  const settled = (state: 'accepted' | 'declined' | 'expired') =>
    resultPage({ ...shown, offer: { ...offer, state, appointment: 'booked' } });
  return {
    ...named('answer', [
      ...(['accept', 'decline'] as const).map((action) => questionPage(shown, action)),
      ...(['accepted', 'declined', 'expired'] as const).map(settled),
      ...partyAnswers(shown),
      ...(['over', 'linkOver', 'bad'] as const).map(refusalPage),
    ]),
    ...named('refused', [404, 429, 400, 503].map(refusedPage)),
  };
}

/** The same for several people: asked, and booked. */
function partyAnswers(shown: Parameters<typeof questionPage>[0]): string[] {
  const offer = { ...shown.offer, party: 3 };
  const booked = { ...offer, state: 'accepted', appointment: 'booked' } as const;
  return [questionPage({ ...shown, offer }, 'accept'), resultPage({ ...shown, offer: booked })];
}
