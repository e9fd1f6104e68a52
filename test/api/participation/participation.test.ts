import { describe, expect, test } from 'vitest';
import { newOffer } from '#src/domain/offers/terms.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { isIncluded } from '#src/transparency/proof.ts';
import { checkOwnProof, OwnProof } from '../../../scripts/verify/own-proof.ts';
import { drawReally, freezeReally } from '../../support/real-draw.ts';
import { sampleSlot } from '../../support/samples.ts';
import { hourMs, join, otherPrefecture, prefecture, useApi } from '../harness.ts';

const api = useApi();

const rules = {
  quotas: { first: { max: 1 } },
  ageing: { ticketsPerMiss: 1, maxTickets: 3, guaranteeAfter: 9 },
};

async function addSlot(capacity: number, requestTypes = ['renewal']): Promise<void> {
  const start = '2030-01-07T09:00:00+01:00';
  const slot = sampleSlot({ capacity, start, requestTypes });
  await api.store.slots.importAll(prefecture, [slot], api.time.nowMs);
}

async function setRules(): Promise<void> {
  const { prefectures } = api.store;
  await prefectures.update(prefecture, (before) => ({ ...before, rules }), api.time.nowMs);
  api.forget();
}

const drawNow = (id: string) => {
  api.time.nowMs += hourMs;
  return drawReally(api.store, prefecture, id, api.time.nowMs);
};

async function onlySlot() {
  const [slot] = (await api.store.slots.list(prefecture, { limit: 10 })).slots;
  if (!slot) throw new Error('no slot');
  return slot;
}

type Person = Awaited<ReturnType<typeof join>>;
const get = (person: Person, path: string, token = person.token) =>
  api.call('GET', `/entries/${person.id}${path}`, { token });
const codes = async (person: Person) =>
  (await get(person, '/diagnosis')).body.findings.map(({ code }: { code: string }) => code);

/** Three people for one place; who is drawn, and the others by rank. */
async function givenDraw(id = 'd1') {
  await addSlot(1);
  const people = [await join(api), await join(api), await join(api)];
  const record = await drawNow(id);
  const told = await Promise.all(
    people.map(async (person) => ({ person, ...(await get(person, `/draws/${id}`)).body })),
  );
  told.sort((a, b) => a.standing.rank - b.standing.rank);
  return { record, told };
}

describe('one draw, told to one person', () => {
  test('proves that the entry was in it, as the manifest that everybody sees says', async () => {
    const { told } = await givenDraw();
    const manifest = (await api.call('GET', '/draws/d1/manifest')).body;
    for (const one of told) {
      const { inclusion, person } = one;
      const said = checkOwnProof('answer', OwnProof.parse(one), undefined);
      expect(said).toContain(`entry ${person.id} was in draw d1`);
      const { leaf, index, size, path, root } = inclusion;
      expect(root).toBe(manifest.entries.root);
      expect(JSON.parse(leaf)).toEqual({ id: person.id, missed: 0, requestType: 'renewal' });
      expect(isIncluded({ leaf, index, size, proof: path, root }, nodeSha256)).toBe(true);
    }
    const [mine, theirs] = told.map(({ inclusion }) => inclusion);
    const claim = { ...mine, leaf: theirs.leaf, proof: mine.path };
    expect(isIncluded(claim, nodeSha256)).toBe(false);
  });

  test('says rank, last rank served, tickets that anyone can compute, and why', async () => {
    await setRules();
    const { told, record } = await givenDraw();
    const { seed } = record;
    for (const [before, one] of told.entries()) {
      expect(one).toMatchObject({
        draw: 'd1',
        state: 'published',
        seed,
        outcome: before === 0 ? 'drawn' : 'rank_too_low',
        offer: before === 0 ? { state: 'pending', via: 'draw' } : null,
        standing: { rank: before + 1, entries: 3, rankInType: before + 1, entriesOfType: 3 },
        entropy: { source: 'operator', strength: 'weaker' },
        parameters: { missed: 0, tickets: 1, maxTickets: 3, ticketsPerMiss: 1, quotaMax: null },
      });
      expect(one.standing).toMatchObject({ placesOfType: 1, lastDrawnRank: 1, lastServedRank: 1 });
      const { number, smallest, check } = one.tickets;
      expect(number).toBe(nodeSha256.hex(`${seed}:${one.person.id}:${smallest}`));
      expect(check).toBe(`printf %s "${seed}:${one.person.id}:${smallest}" | sha256sum`);
    }
    const [, loser] = told;
    await api.store.entries.change(prefecture, loser.person.id, (entry) => ({
      entry: { ...entry, missed: 5 },
    }));
    await closeDraw();
    await drawNow('d2');
    const { tickets, parameters } = (await get(loser.person, '/draws/d2')).body;
    expect(tickets.all).toHaveLength(3);
    expect(tickets.number).toBe(tickets.all.toSorted()[0]);
    expect(parameters).toMatchObject({ missed: 5, tickets: 3, guaranteed: false });
  });

  test('explains in French and English, with the law, the weaker source and how to contest', async () => {
    const { told } = await givenDraw();
    const parts = told[2].explanation;
    expect(parts.map(({ id }: { id: string }) => id)).toEqual([
      'outcome',
      'rank',
      'purpose',
      'rules',
      'parameters',
      'data',
      'randomness',
      'contest',
    ]);
    const [french, english] = (['fr', 'en'] as const).map((lang) =>
      parts
        .flatMap(({ lines }: { lines: Record<string, string>[] }) =>
          lines.map((line) => line[lang]),
        )
        .join('\n'),
    );
    for (const text of [french, english]) {
      for (const article of ['L. 311-3-1', 'R. 311-3-1-1', 'R. 311-3-1-2', 'L. 312-1-3']) {
        expect(text).toContain(article);
      }
    }
    expect(french).toMatch(/Rang 3 dans le tirage.*\n.*Dernier rang servi pour cette démarche : 1/);
    expect(french).toContain('Source plus faible');
    expect(english).toContain('Weaker than a public beacon');
  });

  test('without an index, an outcome or a part in it is refused clearly', async () => {
    const { told } = await givenDraw();
    const late = await join(api);
    const refused = async (person: Person, draw: string) => {
      const { status, body } = await get(person, `/draws/${draw}`);
      return [status, body.code];
    };
    expect(await refused(late, 'd1')).toEqual([404, 'participation_not_found']);
    expect(await refused(late, 'none')).toEqual([404, 'draw_not_found']);
    await api.redis.del(keysOf(prefecture).drawIndex('d1'));
    expect(await refused(told[0].person, 'd1')).toEqual([404, 'index_unavailable']);
    await closeDraw();
    api.time.nowMs += hourMs;
    await freezeReally(api.store, prefecture, 'd2', api.time.nowMs);
    expect(await refused(late, 'd2')).toEqual([404, 'record_unavailable']);
    const { body } = await get(told[2].person, '/draws');
    expect(body.draws).toMatchObject([
      { draw: 'd2', outcome: 'undrawn', standing: null },
      { draw: 'd1', outcome: 'unindexed', standing: null },
    ]);
  });
});

/** Ends the reserve list of `d1`, so that the next draw may begin. */
async function closeDraw(): Promise<void> {
  const { draws } = api.store;
  const { draw } = await draws.close(prefecture, 'd1', api.time.nowMs);
  const closing = await draws.closing(prefecture);
  if (closing?.draw.id === draw.id) await draws.finishClosing(prefecture, closing);
}

test('a place down the reserve list is told, and moves the last rank served', async () => {
  const { told } = await givenDraw();
  const [{ person: winner }, { person: second }] = told;
  await api.store.offers.settle(prefecture, `d1.${winner.id}`, 'decline', api.time.nowMs);
  const { start, site, id: slot } = sampleSlot(await onlySlot());
  const seat = { entry: second.id, requestType: 'renewal', slot, slotStart: start, site };
  const settings = (await api.store.prefectures.get(prefecture))?.settings;
  if (!settings) throw new Error('no prefecture');
  const nowMs = api.time.nowMs;
  const terms = { draw: 'd1', via: 'refill', settings, nowMs, deadlineMs: nowMs + hourMs } as const;
  expect(await api.store.offers.refill(prefecture, newOffer(seat, terms), 2)).toBe('refilled');
  const one = (await get(second, '/draws/d1')).body;
  expect(one).toMatchObject({
    outcome: 'rank_too_low',
    offer: { via: 'refill', state: 'pending' },
  });
  expect(one.standing).toMatchObject({
    lastDrawnRank: 1,
    lastServedRank: 2,
    lastServedRankInType: 2,
  });
  expect(JSON.stringify(one.explanation)).toContain(
    'Une place libérée lui a ensuite été proposée.',
  );
});

test('the draws of an entry come in pages, each with its outcome', async () => {
  const { told } = await givenDraw();
  const { person } = told[2];
  await closeDraw();
  await drawNow('d2');
  const first = (await get(person, '/draws?limit=1')).body;
  expect(first).toMatchObject({
    draws: [{ draw: 'd2', outcome: 'no_slot_for_type' }],
    cursor: 'd2',
  });
  const second = (await get(person, '/draws?limit=1&cursor=d2')).body;
  expect(second).toMatchObject({ draws: [{ draw: 'd1', outcome: 'rank_too_low' }], cursor: null });
  expect((await get(person, '/draws?limit=51')).status).toBe(400);
});

test('is told to the entry itself and to agents who may read entries, and to nobody else', async () => {
  const { told } = await givenDraw();
  const [{ person: mine }, { person: theirs }] = told;
  const stranger = api.tokens.entryToken(otherPrefecture, mine.id);
  for (const path of ['/draws', '/draws/d1', '/diagnosis']) {
    for (const token of [
      theirs.token,
      stranger,
      'nonsense',
      await api.keyOf('admin', otherPrefecture),
    ]) {
      const { status, body } = await get(mine, path, token);
      expect([path, status, body.code]).toEqual([path, 401, 'credentials_rejected']);
    }
    const nothing = await api.call('GET', `/entries/${mine.id}${path}`);
    expect(nothing.body.code).toBe('credentials_missing');
    const agent = await get(mine, path, await api.keyOf('auditor'));
    expect(agent.status).toBe(200);
    expect(agent.text).toBe((await get(mine, path)).text);
    expect(agent.headers.get('cache-control')).toBe('no-store');
  }
  const key = await api.keyOf('agent');
  const unknown = await api.call('GET', '/entries/0000000000000000/diagnosis', { token: key });
  expect(unknown.body.code).toBe('entry_not_found');
});

describe('why nothing happened', () => {
  test('before any draw: not confirmed, then no draw planned, then paused', async () => {
    const person = await join(api, {}, { verified: false });
    expect(await codes(person)).toEqual(['not_verified']);
    const waiting = await join(api);
    expect(await codes(waiting)).toEqual(['no_draw_planned']);
    await api.store.prefectures.pause(prefecture, 'r', api.time.nowMs);
    api.forget();
    expect(await codes(waiting)).toEqual(['paused', 'no_draw_planned']);
  });

  test('after a draw: each its own reason, and what comes next', async () => {
    await setRules();
    await addSlot(1, ['renewal']);
    await addSlot(3, ['first']);
    const narrow = await join(api, { accepts: { notBefore: '2031-01-01' } });
    const renewals = [await join(api), await join(api)];
    const firsts = [
      await join(api, { requestType: 'first' }),
      await join(api, { requestType: 'first' }),
    ];
    await drawNow('d1');
    const late = await join(api);
    const found = await Promise.all([...renewals, ...firsts].map(codes));
    const reserve = ['on_reserve_list', 'no_draw_planned'];
    expect(found.slice(0, 2).sort()).toEqual([['offer_open'], ['rank_too_low', ...reserve]]);
    expect(found.slice(2).sort()).toEqual([['cap_reached', ...reserve], ['offer_open']]);
    expect(await codes(narrow)).toEqual(['availability_too_narrow', ...reserve]);
    expect(await codes(late)).toEqual(['joined_after_freeze', 'no_draw_planned']);
  });

  test('after an offer: declined, expired, and a void draw', async () => {
    const { told } = await givenDraw();
    const [{ person: winner }, { person: loser }] = told;
    await api.store.offers.settle(prefecture, `d1.${winner.id}`, 'decline', api.time.nowMs);
    expect(await codes(winner)).toEqual(['offer_declined', 'no_draw_planned']);
    await api.store.draws.void(prefecture, 'd1', { reason: 'r', agent: 'k' }, api.time.nowMs);
    expect(await codes(loser)).toEqual(['draw_void', 'no_draw_planned']);
    const { explanation, state } = (await get(loser, '/draws/d1')).body;
    expect(state).toBe('void');
    expect(JSON.stringify(explanation)).toContain('Ce tirage a été annulé');
  });
});
