import { afterAll } from 'vitest';
import { mandateContext } from '#src/identity/person/context.ts';
import { type Api, hourMs, prefecture } from '../api/harness.ts';
import { joinOnline } from '../support/house.ts';
import { sampleNowMs } from '../support/samples.ts';
import { dayMs, firstDraw, GoldenWorld, idOf, keyOf, secondDraw, voidDraw } from './world.ts';

/** Who came to what in the story. Ids of entries. */
export interface Cast {
  readonly served: string;
  readonly missed: string;
  readonly declined: string;
  readonly silent: string;
  readonly lateCancel: string;
  readonly cancelled: string;
  readonly refilled: string;
  readonly offered: string;
  readonly booked: string;
  readonly lost: string;
}

function need<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('fewer people than the story needs');
  return value;
}

/**
 * Tells the story: a void draw, a draw whose winners come to everything that there is, and another
 * whose offers are still open. It ends on 12 December 2026.
 */
export async function tellStory(world: GoldenWorld): Promise<Cast> {
  const { api } = world;
  await world.found();
  for (let at = 0; at < 20; at += 1) {
    const accepts =
      at % 5 === 4 ? { accepts: { sites: ['nanterre'], notBefore: '2026-12-05' } } : {};
    await world.add(`person${String(at).padStart(2, '0')}`, at, accepts);
  }
  for (let at = 0; at < 3; at += 1) await world.add(`first${at}`, at, { requestType: 'first' });
  await world.addSlot('slot-a', 6, '2026-12-12T09:00:00+01:00');
  await world.addSlot('slot-b', 1, '2026-12-14T14:30:00+01:00', 'antony');
  await world.draw(voidDraw);
  await world.act('POST', `/draws/${voidDraw}/void`, keyOf('supervisor'), {
    reason: 'a slot list of last year',
  });
  await api.store.draws.unwind(prefecture, voidDraw, api.time.nowMs);
  api.time.nowMs = sampleNowMs + dayMs;
  const cast = await firstStory(world);
  api.time.nowMs = sampleNowMs + 9 * dayMs;
  await world.addSlot('slot-c', 3, '2027-01-15T10:15:00+01:00');
  const [offered, booked] = (await world.draw(secondDraw)).filter((id) => id.startsWith('person'));
  await world.act('POST', `/offers/${secondDraw}.${need(booked)}/accept`, need(booked));
  api.time.nowMs = Date.parse('2026-12-11T20:00:00+01:00');
  await world.act('DELETE', `/appointments/${firstDraw}.${cast.lateCancel}`, cast.lateCancel);
  api.time.nowMs = Date.parse('2026-12-12T09:05:00+01:00');
  const attendance = (id: string) => `/appointments/${firstDraw}.${id}/attendance`;
  const came = { attended: true, reason: 'the passport was renewed since' };
  await world.act('POST', attendance(cast.served), keyOf('agent'), came);
  await world.act('POST', attendance(cast.missed), keyOf('agent'), { attended: false });
  await laterEntries(world);
  await world.signRegister();
  return { ...cast, offered: need(offered), booked: need(booked), lost: await lostOf(world) };
}

async function firstStory(world: GoldenWorld): Promise<Omit<Cast, 'offered' | 'booked' | 'lost'>> {
  const { api } = world;
  const drawn = (await world.draw(firstDraw)).filter((id) => id.startsWith('person'));
  const [served, missed, declined, silent, lateCancel, cancelled] = drawn.map(need);
  for (const id of [served, missed, lateCancel, cancelled].map(need)) {
    await world.act('POST', `/offers/${firstDraw}.${id}/accept`, id);
  }
  await world.act('POST', `/offers/${firstDraw}.${need(declined)}/decline`, need(declined));
  await world.act('DELETE', `/appointments/${firstDraw}.${need(cancelled)}`, need(cancelled));
  api.time.nowMs += 73 * hourMs;
  await world.sweep();
  const { offers } = await api.store.offers.list(prefecture, firstDraw, { limit: 1000 });
  const given = offers.filter(({ via, entry }) => via === 'refill' && entry.startsWith('person'));
  const [refilled] = given.map(({ entry }) => entry).sort();
  await world.act('POST', `/offers/${firstDraw}.${need(refilled)}/accept`, need(refilled));
  return {
    served: need(served),
    missed: need(missed),
    declined: need(declined),
    silent: need(silent),
    lateCancel: need(lateCancel),
    cancelled: need(cancelled),
    refilled: need(refilled),
  };
}

/** Entries that were in no draw. */
async function laterEntries(world: GoldenWorld): Promise<void> {
  const { api } = world;
  const { store, time } = api;
  for (const name of ['late', 'left', 'erased', 'refused', 'priority', 'helped', 'free']) {
    await world.add(name, 0, { joinedAtMs: time.nowMs, waitingSinceMs: time.nowMs });
  }
  await joinOnline(store, idOf('unverified'), time.nowMs);
  await store.entries.leave(prefecture, idOf('left'), 'withdraw', time.nowMs);
  await store.entries.leave(prefecture, idOf('erased'), 'erase', time.nowMs);
  await world.act('POST', `/entries/${idOf('refused')}/rejection`, keyOf('supervisor'), {
    reason: 'not_concerned',
  });
  const ground = { ground: 'title_expiring', days: 30 };
  await world.act('POST', `/entries/${idOf('priority')}/priority`, keyOf('agent'), ground);
  for (const [name, until] of [
    ['helped', '2027-01-01'],
    ['free', '2026-12-05'],
  ] as const) {
    const id = idOf(name);
    const sealedReference = api.vault.sealText('dossier 12', mandateContext(prefecture, id));
    // In the order in which it is stored: it is compared as text.
    const mandate = { helper: 'helper1', sealedReference, from: '2026-12-01', until };
    await store.helpers.reserve(prefecture, id, mandate);
  }
  await world.deliver();
}

/** Somebody who waits, and was offered nothing in either draw. */
async function lostOf({ api }: GoldenWorld): Promise<string> {
  for (let at = 0; at < 20; at += 1) {
    const id = idOf(`person${String(at).padStart(2, '0')}`);
    const offers = await Promise.all(
      [firstDraw, secondDraw].map((draw) => api.store.offers.get(prefecture, `${draw}.${id}`)),
    );
    if (offers.every((offer) => offer === undefined)) return id;
  }
  throw new Error('everybody was drawn');
}

/** The story, told once for a file; each test gets the world as it was at its end. */
export function useStory(api: Api) {
  let told: { world: GoldenWorld; cast: Cast; endMs: number; sent: number } | undefined;
  let saved: (readonly [string, Buffer, number])[] = [];
  afterAll(() => told?.world.close());
  return async () => {
    if (told === undefined) {
      const world = new GoldenWorld(api);
      const cast = await tellStory(world);
      told = { world, cast, endMs: api.time.nowMs, sent: world.sent.length };
      const keys = await api.redis.keys('*');
      saved = await Promise.all(
        keys.map(async (key) => {
          const [dump, ttl] = [await api.redis.dumpBuffer(key), await api.redis.pttl(key)];
          return [key, dump ?? Buffer.of(), Math.max(0, ttl)] as const;
        }),
      );
    } else {
      await api.redis.flushdb();
      await Promise.all(saved.map(([key, dump, ttl]) => api.redis.restore(key, ttl, dump)));
    }
    told.world.sent.length = told.sent;
    api.time.nowMs = told.endMs;
    api.forget();
    return told;
  };
}
