import { describe, expect, test } from 'vitest';
import { answerUrl } from '#src/identity/links/answer.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { hourMs, join, joinRequest, minuteMs, prefecture, useApi, verify } from '../harness.ts';

const api = useApi();
const draw = '20261201-draw01';

/** Somebody who was drawn, with the link to accept as the message had it. */
async function drawnPerson() {
  const person = await join(api);
  const world = new DrawWorld(api.redis);
  await world.addSlot('slot-1', 1);
  await world.draw(draw);
  const claim = { prefecture, offer: `${draw}.${person.id}`, action: 'accept' as const };
  const signature = api.tokens.signAnswer({ ...claim, expiresAtMs: api.time.nowMs + hourMs });
  return { ...person, offer: claim.offer, link: answerUrl('', claim, signature) };
}

describe('what was used once and is sent again', () => {
  test('a proof of work makes no second entry', async () => {
    const headers = { 'proof-of-work': await api.solution('join') };
    expect((await api.call('POST', '/entries', { json: joinRequest(), headers })).status).toBe(201);
    const again = await api.call('POST', '/entries', { json: joinRequest(), headers });
    expect([again.status, again.body.code]).toEqual([409, 'work_spent']);
    expect(await api.redis.hlen(`tirage:{${prefecture}}:entries`)).toBe(1);
  });

  test('a code is refused, but for who never saw the answer to it', async () => {
    const { id } = await join(api);
    api.time.nowMs += 15 * minuteMs - 1;
    expect((await verify(api, id)).body.state).toBe('waiting');
    api.time.nowMs += 1;
    const { status, body } = await verify(api, id);
    expect([status, body.code]).toEqual([422, 'code_expired']);
  });

  test('the link of an offer books nothing that was given up since', async () => {
    const { token, offer, link } = await drawnPerson();
    expect((await api.send('POST', link)).status).toBe(200);
    expect((await api.call('DELETE', `/appointments/${offer}`, { token })).status).toBe(204);
    const before = await api.store.offers.get(prefecture, offer);
    expect(before?.appointment).toBe('cancelled');
    const pages = [await api.send('GET', link), await api.send('POST', link)];
    expect(pages.map(({ status }) => status)).toEqual([200, 409]);
    for (const { text } of pages) {
      expect(text).toContain('n’est plus ouverte');
      expect(text).not.toContain('confirmé');
    }
    const query = new URL(link, 'http://x').searchParams;
    const path = `/offers/${offer}/accept?signature=${query.get('signature')}`;
    const again = await api.call('POST', path);
    expect([again.status, again.body.code]).toEqual([409, 'offer_settled']);
    expect(await api.store.offers.get(prefecture, offer)).toEqual(before);
  });

  test('the link of an offer that was declined books nothing', async () => {
    const { token, offer, link } = await drawnPerson();
    await api.call('POST', `/offers/${offer}/decline`, { token });
    expect((await api.send('POST', link)).status).toBe(409);
    expect((await api.store.offers.get(prefecture, offer))?.state).toBe('declined');
  });

  test('a link that has ended answers nothing', async () => {
    const { offer, link } = await drawnPerson();
    api.time.nowMs += hourMs;
    expect((await api.send('POST', link)).status).toBe(410);
    expect((await api.store.offers.get(prefecture, offer))?.state).toBe('pending');
  });
});
