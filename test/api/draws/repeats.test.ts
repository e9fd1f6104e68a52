import { beforeEach, describe, expect, test } from 'vitest';
import { signRegister } from '#src/usecases/register/sign.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { exchange, hourMs, prefecture, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('supervisor');
});

const post = (path: string, json: unknown) => api.call('POST', path, { token, json });
const plan = async (json: object = {}) => (await post('/draws', json)).body.id;
const makeVoid = (id: string) => post(`/draws/${id}/void`, { reason: 'wrong rules' });
const view = async (id: string) => (await api.call('GET', `/draws/${id}`)).body;

/** A plan whose freeze has not begun is given up, not void. */
const freeze = (id: string) => api.store.draws.beginFreeze(prefecture, id, api.time.nowMs);

async function voidDraw(): Promise<string> {
  const id = await plan();
  await freeze(id);
  await makeVoid(id);
  return id;
}

/** The leaves of the register, and what it counts. */
async function register() {
  await signRegister({ ...api.deps(), witnesses: [] }, prefecture);
  const { text } = await api.call('GET', '/register/entries');
  const { body: counts } = await api.call('GET', '/register/counts');
  return {
    leaves: text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
    counts,
  };
}

describe('a void draw is repeated', () => {
  test('under another id, seen from both sides, in the register and its counts', async () => {
    const first = await voidDraw();
    const { status, body } = await post('/draws', { replaces: first });
    expect([status, body.state, body.replaces, body.repeatedBy]).toEqual([
      201,
      'scheduled',
      first,
      null,
    ]);
    expect(body.id).not.toBe(first);
    expect(await view(first)).toMatchObject({ state: 'void', repeatedBy: body.id });
    const { leaves, counts } = await register();
    expect(leaves.filter(({ kind }) => kind === 'scheduled')).toMatchObject([
      { draw: first },
      { draw: body.id, replaces: first, strength: 'weaker' },
    ]);
    expect(counts).toMatchObject({ scheduled: 2, void: 1, repeated: 1 });
    const { latestDraws } = (await api.call('GET', '/statistics')).body;
    const none = { published: 0, weaker: 0, superseded: 0, skipped: 0 };
    expect(latestDraws).toEqual({ ...none, void: 1, repeated: 1, afterVoid: 0, overdue: 0 });
  });

  test('once: the same request again answers the same draw, another one is refused', async () => {
    const first = await voidDraw();
    const again = { replaces: first };
    const { body: planned } = await post('/draws', again);
    api.time.nowMs += hourMs;
    const retried = await post('/draws', again);
    expect([retried.status, retried.body.id]).toEqual([201, planned.id]);
    const other = await post('/draws', { ...again, at: '2026-12-24T10:00:00Z' });
    expect([other.status, other.body.code, other.body.member]).toEqual([
      409,
      'draw_repeated',
      'replaces',
    ]);
    expect(other.body.detail).toContain(planned.id);
    expect((await register()).counts.repeated).toBe(1);
  });

  test('once, at its time: that time again is the same request, none is another', async () => {
    const first = await voidDraw();
    const later = { replaces: first, at: '2026-12-24T11:00:00+01:00' };
    const { body: planned } = await post('/draws', later);
    expect((await post('/draws', { ...later, at: '2026-12-24T10:00:00Z' })).body.id).toBe(
      planned.id,
    );
    expect((await post('/draws', { replaces: first })).body.code).toBe('draw_repeated');
  });

  test('once, however many ask at the same time', async () => {
    const first = await voidDraw();
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        post('/draws', { replaces: first, ...(n % 2 ? { at: '2026-12-24T10:00:00Z' } : {}) }),
      ),
    );
    const planned = new Set(asked.flatMap(({ body }) => body.id ?? []));
    expect(planned.size).toBe(1);
    expect(asked.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(6);
    expect((await register()).counts).toMatchObject({ scheduled: 2, repeated: 1 });
  });

  test('and so is its repeat, if that was given up as well', async () => {
    const first = await voidDraw();
    const second = await plan({ replaces: first });
    await makeVoid(second);
    const third = await post('/draws', { replaces: second });
    expect(third.body.replaces).toBe(second);
    // The lost answer of the first repeat is still that draw, though it was given up.
    expect((await post('/draws', { replaces: first })).body).toMatchObject({
      id: second,
      state: 'superseded',
      repeatedBy: third.body.id,
    });
  });

  test('only if it is void, and of this prefecture', async () => {
    const planned = await plan();
    const refused = await post('/draws', { replaces: planned });
    expect([refused.status, refused.body.code]).toEqual([409, 'draw_not_void']);
    const path = '/v1/prefectures/93/draws';
    const other = await api.keyOf('supervisor', '93');
    const elsewhere = await api.send('POST', path, { token: other, json: {} });
    await api.send('POST', `${path}/${elsewhere.body.id}/void`, {
      token: other,
      json: { reason: 'wrong rules' },
    });
    const unknown = await post('/draws', { replaces: elsewhere.body.id });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'draw_not_found']);
    expect((await register()).counts).toMatchObject({ scheduled: 1, repeated: 0 });
  });

  test('by setting its schedule again, too', async () => {
    const rule = { token, json: { pattern: '0 10 * * 1' } };
    const set = async () => (await api.call('PUT', '/draw-schedules/weekly', rule)).body.nextDraw;
    const first = await set();
    await freeze(first.id);
    await makeVoid(first.id);
    const second = await set();
    expect([second.replaces, second.plannedAt]).toEqual([first.id, first.plannedAt]);
    expect((await set()).id).toBe(second.id);
    await freeze(second.id);
    await makeVoid(second.id);
    await plan({ replaces: second.id, at: '2026-12-24T10:00:00Z' });
    expect((await set()).replaces).toBeNull();
  });
});

describe('a draw that was declared void', () => {
  const draw = '20261201-draw01';
  const page = async (lang = 'fr') =>
    (await exchange(`${api.origin()}/p/92?lang=${lang}`, 'GET', undefined, {})).text;

  test('before its list was fixed says that nobody lost anything', async () => {
    const id = await voidDraw();
    expect((await view(id)).voided).toMatchObject({
      stage: 'before_freeze',
      note: { en: expect.stringContaining('nobody lost anything') },
    });
    expect((await register()).leaves.at(-1)).toMatchObject({
      kind: 'void',
      stage: 'before_freeze',
      reason: 'wrong rules',
    });
    api.forget();
    expect(await page()).toContain('Annulé avant que la liste ne soit fixée');
  });

  test('before its result says so, has a record of what was frozen, and names the draw that repeats it', async () => {
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 1);
    await world.begin(draw);
    await world.publishManifest(draw);
    await makeVoid(draw);
    const repeat = await plan({ replaces: draw });
    expect((await view(draw)).voided.stage).toBe('before_result');
    const record = await api.call('GET', `/draws/${draw}/record`);
    expect(record.status).toBe(200);
    expect(record.headers.get('cache-control')).toContain('immutable');
    const kinds = record.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(kinds.map(({ kind, type }) => type ?? kind)).toEqual(['manifest', 'slot', 'void']);
    expect((await api.call('GET', `/draws/${draw}/manifest`)).status).toBe(200);
    const { leaves } = await register();
    expect(leaves.find(({ kind }) => kind === 'void')).toMatchObject({ stage: 'before_result' });
    api.forget();
    const [french, english] = [await page(), await page('en')];
    expect(french).toContain('mais avant tout résultat : il n’y a pas de classement');
    expect(french).toContain(`répété par le tirage <code>${repeat}</code>`);
    expect(french).toContain(`répète le tirage annulé <code>${draw}</code>`);
    expect(french).toContain('<dt>Tirages répétés après une annulation</dt><dd>1</dd>');
    expect(english).toContain('but before any result: there is no ranking');
  });

  test('after its result keeps its record', async () => {
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 1);
    await world.draw(draw);
    await makeVoid(draw);
    expect((await view(draw)).voided.stage).toBe('after_result');
    expect((await api.call('GET', `/draws/${draw}/record`)).status).toBe(200);
    const { leaves } = await register();
    expect(leaves.find(({ kind }) => kind === 'void')).toMatchObject({ stage: 'after_result' });
  });
});
