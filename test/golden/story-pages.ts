import { hourMs, minuteMs, prefecture } from '../api/harness.ts';
import { hex } from '../support/draw-samples.ts';
import { type Album, plainPage, written } from './album.ts';
import type { Cast } from './story.ts';
import { firstDraw, type GoldenWorld, idOf, keyOf, secondDraw, voidDraw } from './world.ts';

type Fields = Readonly<Record<string, string>>;

const languages = [
  ['fr', ''],
  ['en', '?lang=en'],
] as const;

/** Writes pages of one world into an album. */
export class PageWriter {
  readonly world: GoldenWorld;
  readonly album: Album;

  constructor(world: GoldenWorld, album: Album) {
    this.world = world;
    this.album = album;
  }

  /** A page in both languages: one file each. With fields: what a form is answered. */
  async both(file: string, title: string, path: string, fields?: Fields): Promise<void> {
    for (const [lang, query] of languages) {
      await this.one(`${file}.${lang}`, title, `${path}${query}`, fields);
    }
  }

  async one(file: string, title: string, path: string, fields?: Fields): Promise<void> {
    const answer = await this.world.page(path, fields);
    this.album.add(file, title, plainPage(written(answer)));
  }

  /** The page of an entry, shown or acted on by its person. */
  entry(file: string, title: string, id: string, fields: Fields = {}): Promise<void> {
    const path = `/p/${prefecture}/entries/${id}`;
    return this.both(file, title, path, { token: this.world.tokenOf(id), ...fields });
  }
}

/** The page of the prefecture: with draws, with one planned, paused. */
export async function publicPages(pages: PageWriter): Promise<void> {
  const { world } = pages;
  const { store, time } = world.api;
  await pages.both('public', 'after three draws', `/p/${prefecture}`);
  await store.draws.schedule(prefecture, {
    ...{ id: '20261220-plan00', state: 'scheduled', atMs: time.nowMs + 24 * hourMs },
    scheduledAtMs: time.nowMs,
    entropy: { source: 'drand', chain: hex },
  });
  world.api.forget();
  await pages.both('public', 'with a draw that is planned', `/p/${prefecture}`);
  await pages.entry('entry-states', 'waiting, with a draw that is planned', idOf('late'));
  await store.prefectures.pause(prefecture, 'the heating has failed', time.nowMs);
  world.api.forget();
  await pages.both('public', 'while it is paused', `/p/${prefecture}`);
  await pages.entry('entry-states', 'waiting, while it is paused', idOf('late'));
}

/** The page of an entry in every state, and each draw explained. */
export async function entryStates(pages: PageWriter, cast: Cast): Promise<void> {
  await pages.both('entry-states', 'before the token', `/p/${prefecture}/entries/${cast.lost}`);
  const people = { ...cast, first: idOf('first2') };
  for (const [role, id] of Object.entries(people)) await pages.entry('entry-states', role, id);
  for (const name of ['unverified', 'late', 'left', 'erased', 'refused', 'helped', 'free']) {
    await pages.entry('entry-states', name, idOf(name));
  }
  const explained: [string, string, string][] = [
    ...Object.entries(people).map(
      ([role, id]) => [`${role}, first draw`, id, firstDraw] as [string, string, string],
    ),
    ['lost, second draw', cast.lost, secondDraw],
    ['offered, second draw', cast.offered, secondDraw],
    ['a void draw', cast.lost, voidDraw],
  ];
  for (const [title, id, draw] of explained) {
    await pages.entry('entry-draw', title, id, { action: 'explain', draw });
  }
}

/** What a person can do on the page of an entry, and what is said when it cannot be done. */
export async function entryActions(pages: PageWriter, cast: Cast): Promise<void> {
  const { world } = pages;
  const act = (title: string, id: string, fields: Fields) =>
    pages.entry('entry-actions', title, id, fields);
  const unverified = idOf('unverified');
  const [offer, booked] = [`${secondDraw}.${cast.offered}`, `${secondDraw}.${cast.booked}`];
  await act('another token', cast.lost, { token: 'x' });
  await act('a form that is not ours', cast.lost, { action: 'nonsense' });
  await act('a draw that it was not in', cast.lost, { action: 'explain', draw: 'none' });
  await act('a wrong code', unverified, { action: 'verify', code: '12' });
  // One was sent through the API a moment ago.
  world.api.time.nowMs += minuteMs;
  await act('another code', unverified, { action: 'resend' });
  await act('asks before cancelling', cast.booked, { action: 'cancel', offer: booked });
  await act('asks before leaving', cast.lost, { action: 'withdraw' });
  await act('asks before a mandate ends', idOf('helped'), { action: 'end_mandate' });
  await act('the offer of somebody else', cast.lost, { action: 'accept', offer });
  await act('no appointment', cast.lost, { action: 'cancel_confirmed', offer: `x.${cast.lost}` });
  await act('no mandate', cast.lost, { action: 'end_mandate_confirmed' });
  await act('nothing to certify', idOf('late'), { action: 'certificate_paper' });
  await act('an appeal without an absence', cast.lost, { action: 'appeal', statement: 'x' });
  await act('an appeal without words', cast.lateCancel, { action: 'appeal', statement: ' ' });
  await act('an appeal', cast.lateCancel, { action: 'appeal', statement: 'No train, حافلة' });
  await act('an appeal after a no-show', cast.missed, { action: 'appeal', statement: 'Ill' });
  for (const [id, decision] of [
    [cast.lateCancel, 'uphold'],
    [cast.missed, 'lift'],
  ] as const) {
    await world.act('POST', `/entries/${id}/absence/decision`, keyOf('supervisor'), { decision });
    await act(`after an agent has decided: ${decision}`, id, {});
  }
  await act('an answer that was given already', cast.booked, { action: 'decline', offer: booked });
  await act('accepts', cast.offered, { action: 'accept', offer });
  await act('gives up', cast.offered, { action: 'cancel_confirmed', offer, impediment: 'work' });
  await act('ends the mandate', idOf('helped'), { action: 'end_mandate_confirmed' });
  await act('leaves', idOf('free'), { action: 'withdraw_confirmed' });
  for (let tries = 0; tries < 4; tries += 1) {
    await world.form(unverified, { action: 'verify', code: '12' });
  }
  await act('a code that was tried too often', unverified, { action: 'verify', code: '12' });
  const code = world.api.tokens.code(prefecture, unverified, 3);
  await act('the right code, too late', unverified, { action: 'verify', code });
}
