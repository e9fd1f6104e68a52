import { beforeEach, describe, expect, test } from 'vitest';
import type { DrawState } from '#src/domain/draws/state.ts';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { offerId } from '#src/domain/offers/id.ts';
import type { OfferRecord } from '#src/domain/offers/offer.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { encodeDraw } from '#src/store/draws/codec.ts';
import { countField, encodeEntry } from '#src/store/entries/codec.ts';
import { EntryStore } from '#src/store/entries/store.ts';
import { decodeOffer, encodeOffer } from '#src/store/offers/codec.ts';
import { PrefectureStore } from '#src/store/prefectures/store.ts';
import { sampleDraw } from '../../support/draw-samples.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleEntry, sampleNowMs, sampleOffer, samplePrefecture } from '../../support/samples.ts';

const redis = useRedis();
const entries = new EntryStore(redis);
const keys = keysOf('92');
const draw = '20261201-abcdef';
const events = () => redis.lrange(keys.drawEvents(draw), 0, -1);

/** Draw number 1 as it stands in Redis. */
async function givenDraw(state: DrawState): Promise<void> {
  const json = encodeDraw(sampleDraw({ id: draw, number: 1 }));
  const fields = { state, json };
  const step = redis.multi().set(keys.drawNumber, 1).hset(keys.draw(draw), fields);
  if (state === 'published') step.hset(keys.reserves, 'renewal', draw);
  else if (state !== 'closed' && state !== 'void') step.set(keys.activeDraw, draw);
  await step.exec();
}

async function waiting(since: number): Promise<EntryRecord> {
  const number = (await redis.get(keys.drawNumber)) ?? '0';
  await redis.set(keys.drawNumber, since);
  const entry = sampleEntry({ state: 'waiting' });
  await entries.join('92', entry, { messages: [] });
  await redis.set(keys.drawNumber, number);
  return entry;
}

/** An entry that holds an offer of slot s1, or the appointment that came of it. */
async function holding(members: Partial<OfferRecord> = {}): Promise<EntryRecord> {
  const state = members.appointment ? 'booked' : 'offered';
  const entry = { ...(await waiting(0)), state, held: { draw, slot: 's1' } } as const;
  await redis.hset(keys.entries, entry.id, encodeEntry(entry));
  await redis.del(keys.counts);
  await redis.hset(keys.counts, countField(state, 'renewal'), 1);
  const offer = sampleOffer({ draw, entry: entry.id, slot: 's1', ...members });
  await redis.hset(keys.drawOffers(draw), entry.id, encodeOffer(offer));
  await redis.zadd(keys.deadlines, offer.deadlineMs, offerId(draw, entry.id));
  await redis.zadd(keys.reminders, offer.deadlineMs, offerId(draw, entry.id));
  return entry;
}

async function offerOf(entry: EntryRecord): Promise<OfferRecord> {
  return decodeOffer(draw, entry.id, (await redis.hget(keys.drawOffers(draw), entry.id)) ?? '');
}

const withdrawn = (id: string, at = '2026-12-01T08:00:00Z') =>
  `{"at":"${at}","entry":"${id}","kind":"event","type":"withdrawn"}`;

describe('an entry that waits', () => {
  test('leaves, and its identity is free', async () => {
    const entry = await waiting(0);
    const after = await entries.leave('92', entry.id, 'withdraw', sampleNowMs);
    expect(after.state).toBe('withdrawn');
    expect(await entries.get('92', entry.id)).toEqual(after);
    expect(await entries.findByIdentity('92', entry.identity)).toBeUndefined();
    expect(await entries.counts('92')).toEqual([
      { state: 'withdrawn', requestType: 'renewal', entries: 1 },
    ]);
  });

  test.each(['scheduled', 'frozen', 'drawn', 'published'] as const)(
    'is in the record of the draw it was in the pool of, while that is %s',
    async (state) => {
      const entry = await waiting(0);
      await givenDraw(state);
      await entries.leave('92', entry.id, 'withdraw', sampleNowMs);
      expect(await events()).toEqual([withdrawn(entry.id)]);
    },
  );

  test.each(['closed', 'void'] as const)('is not in the record of a %s draw', async (state) => {
    const entry = await waiting(0);
    await givenDraw(state);
    await entries.leave('92', entry.id, 'withdraw', sampleNowMs);
    expect(await events()).toEqual([]);
  });

  test('is not in the record of a draw that began before it waited', async () => {
    await givenDraw('published');
    const entry = await waiting(1);
    await entries.leave('92', entry.id, 'withdraw', sampleNowMs);
    expect(await events()).toEqual([]);
  });

  test('an event is never earlier than the one before it', async () => {
    const entry = await waiting(0);
    await givenDraw('published');
    await redis.rpush(keys.drawEvents(draw), withdrawn('other', '2026-12-01T08:00:05Z'));
    await entries.leave('92', entry.id, 'withdraw', sampleNowMs);
    expect((await events()).at(-1)).toBe(withdrawn(entry.id, '2026-12-01T08:00:05Z'));
  });

  test('leaves once: a second time is refused, and recorded once', async () => {
    const entry = await waiting(0);
    await givenDraw('published');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => entries.leave('92', entry.id, 'withdraw', sampleNowMs)),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(19);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'entry_settled' });
    expect(await events()).toEqual([withdrawn(entry.id)]);
  });

  test('a draw that begins between the look and the step is noticed', async () => {
    const entry = await waiting(0);
    const [left] = await Promise.all([
      entries.leave('92', entry.id, 'withdraw', sampleNowMs),
      givenDraw('frozen'),
    ]);
    expect(left.state).toBe('withdrawn');
    // The first look of `leave` was sent before the draw began, its script after.
    expect(await events()).toEqual([withdrawn(entry.id)]);
  });
});

describe.each([
  ['an offer', {}, { state: 'declined', settledAtMs: sampleNowMs }],
  [
    'an appointment',
    { state: 'accepted', appointment: 'booked' },
    { state: 'accepted', appointment: 'cancelled' },
  ],
] as const)('an entry that holds %s', (_, offered, ended) => {
  let entry: EntryRecord;
  beforeEach(async () => {
    await new PrefectureStore(redis).create('92', samplePrefecture());
    entry = await holding(offered);
  });

  test('leaves: the place goes back to the draw, whose record says so', async () => {
    await givenDraw('published');
    const after = await entries.leave('92', entry.id, 'withdraw', sampleNowMs);
    expect(after).not.toHaveProperty('held');
    expect(await offerOf(entry)).toMatchObject(ended);
    expect(await redis.hgetall(keys.drawPlaces(draw))).toEqual({ s1: '1' });
    expect(await redis.exists(keys.places, keys.deadlines, keys.reminders)).toBe(0);
    expect(await events()).toEqual([withdrawn(entry.id)]);
    expect(await entries.counts('92')).toEqual([
      { state: 'withdrawn', requestType: 'renewal', entries: 1 },
    ]);
  });

  test('of a closed draw: the place goes to the next draw, the record still says so', async () => {
    await givenDraw('closed');
    await redis.set(keys.activeDraw, 'another');
    await entries.leave('92', entry.id, 'reject', sampleNowMs);
    expect(await redis.hgetall(keys.places)).toEqual({ s1: '1' });
    expect(await redis.exists(keys.drawPlaces(draw), keys.drawEvents('another'))).toBe(0);
    expect(await events()).toEqual([withdrawn(entry.id)]);
  });

  test('of a void draw: the place goes to the next draw, nothing follows void', async () => {
    await givenDraw('void');
    await entries.leave('92', entry.id, 'withdraw', sampleNowMs);
    expect(await redis.hgetall(keys.places)).toEqual({ s1: '1' });
    expect(await offerOf(entry)).toMatchObject(ended);
    expect(await events()).toEqual([]);
  });
});

describe('erasing', () => {
  test('wipes all that is personal, from a live state too', async () => {
    const { id, identity } = sampleEntry();
    const entry = sampleEntry({ id, accepts: { sites: ['nanterre'] }, code: code() });
    await entries.join('92', entry, { messages: [] });
    const erased = await entries.leave('92', entry.id, 'erase', sampleNowMs);
    expect(erased).toMatchObject({ state: 'erased', sealed: '', identity: '' });
    expect(erased).not.toHaveProperty('accepts');
    expect(erased).not.toHaveProperty('code');
    expect(await entries.findByIdentity('92', identity)).toBeUndefined();
    expect(await redis.hget(keys.entries, entry.id)).not.toContain(identity);
  });

  test('an entry that left before is erased without a second event', async () => {
    const entry = await waiting(0);
    await givenDraw('published');
    await entries.leave('92', entry.id, 'withdraw', sampleNowMs);
    const successor = sampleEntry({ identity: entry.identity });
    await entries.join('92', successor, { messages: [] });
    await entries.leave('92', entry.id, 'erase', sampleNowMs);
    expect(await events()).toEqual([withdrawn(entry.id)]);
    // The person's new entry keeps the identity.
    expect(await entries.findByIdentity('92', entry.identity)).toBe(successor.id);
  });

  test('an entry that does not exist is refused', async () => {
    await expect(entries.leave('92', 'nobody', 'erase', sampleNowMs)).rejects.toMatchObject({
      code: 'entry_not_found',
    });
  });
});

function code() {
  return { round: 1, triesLeft: 5, expiresAtMs: sampleNowMs };
}
