import { beforeEach, describe, expect, test } from 'vitest';
import { answerUrl } from '#src/identity/links/answer.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { hourMs, join, prefecture, useApi } from '../harness.ts';

const api = useApi();
const draw = '20261201-draw01';

let id = '';
let token = '';
let offer = '';

beforeEach(async () => {
  ({ id, token } = await join(api));
  const world = new DrawWorld(api.redis);
  await world.addSlot('slot-1', 1);
  await world.draw(draw);
  offer = `${draw}.${id}`;
  await api.store.messages.done(prefecture, await api.store.messages.due(prefecture, 100));
});

const answer = (action: string, options = { token }) =>
  api.call('POST', `/offers/${offer}/${action}`, options);
const stateOf = async () => (await api.store.offers.get(prefecture, offer))?.state;
const linkPath = (action: 'accept' | 'decline', expiresAtMs = api.time.nowMs + hourMs) => {
  const claim = { prefecture, offer, action };
  const signature = api.tokens.signAnswer({ ...claim, expiresAtMs });
  return answerUrl('', claim, signature).replace(`/v1/prefectures/${prefecture}`, '');
};
const jobs = async (queue: 'offers' | 'dispatch') => {
  await api.deps().waker.close();
  return (await api.queues()[queue].getJobCounts('waiting')).waiting;
};

describe('answering with the token of the entry', () => {
  test('accept makes an appointment, once', async () => {
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await answer('accept');
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: offer, state: 'accepted', appointment: 'booked' });
    }
    expect(await api.store.messages.due(prefecture, 10)).toEqual([`booked.${id}.${draw}`]);
    expect(await jobs('dispatch')).toBe(1);
    const counted = await api.deps().metrics.offers.get();
    expect(counted.values.map(({ value }) => value)).toEqual([1]);
  });

  test('decline keeps the entry on the waitlist and wakes who refills', async () => {
    const { status, body } = await answer('decline');
    expect([status, body.state, body.appointment]).toEqual([200, 'declined', null]);
    expect((await api.store.entries.get(prefecture, id))?.state).toBe('waiting');
    expect(await jobs('offers')).toBe(1);
  });

  test.each([
    ['an offer that is declined', ['decline', 'decline'], 'decline'],
    ['an appointment that is given up', ['accept', 'cancel', 'cancel'], 'cancel'],
  ])('%s is noted for the abuse report, once', async (_what, actions, kind) => {
    for (const action of actions) {
      if (action === 'cancel') await api.call('DELETE', `/appointments/${offer}`, { token });
      else await answer(action);
    }
    const since = api.time.nowMs - hourMs;
    const { signals } = await api.store.signals.read(prefecture, since, api.time.nowMs);
    expect(signals.map((signal) => signal.kind)).toEqual(['join', 'verify', kind]);
    expect(signals.at(-1)).toEqual({ kind, entry: id, atMs: api.time.nowMs });
  });

  test('an answer cannot be taken back', async () => {
    await answer('decline');
    const { status, body } = await answer('accept');
    expect([status, body.code]).toEqual([409, 'offer_settled']);
  });

  test('of accept and decline at once one counts', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, at) => answer(at % 2 === 0 ? 'accept' : 'decline')),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([
      ...Array(10).fill(200),
      ...Array(10).fill(409),
    ]);
  });

  test('it is too late to accept at the deadline', async () => {
    api.time.nowMs += 72 * hourMs;
    const { status, body } = await answer('accept');
    expect([status, body.code]).toEqual([409, 'offer_settled']);
  });

  test('after a long pause there is a day more to accept, and the deadline says so', async () => {
    await api.store.prefectures.pause(prefecture, 'a test', api.time.nowMs);
    api.time.nowMs += 71 * hourMs;
    await api.store.prefectures.resume(prefecture, api.time.nowMs);
    api.time.nowMs += 2 * hourMs;
    const seen = await api.call('GET', `/entries/${id}`, { token });
    expect(seen.body.offer.deadline).toBe('2026-12-05T07:00:00.000Z');
    expect((await answer('accept')).status).toBe(200);
  });

  test('while a pause runs the offer can be answered, and the deadline told holds', async () => {
    await api.store.prefectures.pause(prefecture, 'a test', api.time.nowMs);
    api.time.nowMs += 73 * hourMs;
    api.forget();
    const seen = await api.call('GET', `/entries/${id}`, { token });
    const told = Date.parse(seen.body.offer.deadline);
    expect(told).toBe(api.time.nowMs + 24 * hourMs);
    await api.store.prefectures.resume(prefecture, api.time.nowMs);
    api.time.nowMs = told - 1;
    expect((await answer('accept')).status).toBe(200);
  });

  test('an offer that never was, with a token that fits', async () => {
    offer = `20261201-other1.${id}`;
    const { status, body } = await answer('accept');
    expect([status, body.code]).toEqual([404, 'offer_not_found']);
  });
});

describe('answering with the signature of a link', () => {
  test('the signature alone will do', async () => {
    const signature = new URL(linkPath('decline'), 'http://x').searchParams.get('signature') ?? '';
    const path = `/offers/${offer}/decline?${new URLSearchParams({ signature })}`;
    expect((await api.call('POST', path)).body.state).toBe('declined');
  });

  test('a signature is good for one action, one offer, one prefecture', async () => {
    const signature = new URL(linkPath('accept'), 'http://x').searchParams.get('signature') ?? '';
    const query = new URLSearchParams({ signature });
    const replies = [
      await api.call('POST', `/offers/${offer}/decline?${query}`),
      await api.call('POST', `/offers/${draw}.0000000000000000/accept?${query}`),
      await api.send('POST', `/v1/prefectures/93/offers/${offer}/accept?${query}`),
      await api.call('POST', `/offers/${offer}/accept?signature=nonsense`),
    ];
    for (const { status, body } of replies) {
      expect([status, body.code]).toEqual([401, 'credentials_rejected']);
    }
    expect(await stateOf()).toBe('pending');
  });

  test('an expired signature says so', async () => {
    const signature = new URL(linkPath('accept', api.time.nowMs), 'http://x').searchParams;
    const path = `/offers/${offer}/accept?signature=${signature.get('signature')}`;
    const { status, body } = await api.call('POST', path);
    expect([status, body.code]).toEqual([410, 'link_expired']);
  });
});

describe('the page behind a link', () => {
  test('GET shows a button in both languages and answers nothing, however often', async () => {
    for (let time = 0; time < 3; time += 1) {
      const { status, text, headers } = await api.call('GET', linkPath('accept'));
      expect(status).toBe(200);
      expect(text).toContain('<form method="post">');
      expect(text).toContain('Accepter ce rendez-vous');
      expect(text).toContain('Accept this appointment');
      expect(text).toContain('lundi 7 janvier 2030');
      expect(text).toContain('Monday');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
    await api.call('HEAD', linkPath('accept'));
    expect(await stateOf()).toBe('pending');
  });

  test('it needs no script and nothing from outside, and cannot be framed', async () => {
    const { text, headers } = await api.call('GET', linkPath('decline'));
    expect(text).not.toMatch(/<script|src=|href=|https?:/);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|script-src/);
  });

  test('it says nothing of the motive', async () => {
    const { text } = await api.call('GET', linkPath('accept'));
    expect(text).not.toMatch(/renewal|Renouvellement/);
  });

  test('POST answers and shows the result; another POST shows the same', async () => {
    for (let time = 0; time < 2; time += 1) {
      const { status, text } = await api.call('POST', linkPath('accept'));
      expect(status).toBe(200);
      expect(text).toContain('Votre rendez-vous est confirmé');
      expect(text).toContain('Your appointment is confirmed');
    }
    expect(await stateOf()).toBe('accepted');
    const again = await api.call('GET', linkPath('decline'));
    expect(again.text).toContain('Your appointment is confirmed');
    expect(again.text).not.toContain('<form');
  });

  test('POST of a form works as browsers send it', async () => {
    const type = 'application/x-www-form-urlencoded';
    const { status } = await api.call('POST', linkPath('decline'), { raw: '', type });
    expect(status).toBe(200);
    expect(await stateOf()).toBe('declined');
  });

  test('what is over, expired or forged is said as a page', async () => {
    const expired = await api.call('GET', linkPath('accept', api.time.nowMs - 1));
    expect([expired.status, expired.text]).toEqual([
      410,
      expect.stringContaining('no longer valid'),
    ]);
    const forged = await api.call('POST', linkPath('accept').replace('accept', 'decline'));
    expect([forged.status, forged.text]).toEqual([401, expect.stringContaining('is not valid')]);
    await api.call('POST', linkPath('decline'));
    const over = await api.call('POST', linkPath('accept'));
    expect([over.status, over.text]).toEqual([409, expect.stringContaining('no longer open')]);
  });

  test('names of sites are escaped', async () => {
    await api.store.prefectures.update(prefecture, (found) => ({
      ...found,
      sites: found.sites.map((site) => ({ ...site, labels: { fr: '<b>"&', en: "<i>'" } })),
    }));
    api.forget();
    const { text } = await api.call('GET', linkPath('accept'));
    expect(text).toContain('&lt;b&gt;&quot;&amp;');
    expect(text).not.toMatch(/<[bi]>/);
  });
});

describe('DELETE appointments/{id}', () => {
  const cancel = () => api.call('DELETE', `/appointments/${offer}`, { token });

  test('gives up the appointment; the entry waits, the place goes down the list', async () => {
    await answer('accept');
    expect((await cancel()).status).toBe(204);
    expect((await cancel()).status).toBe(204);
    expect((await api.store.entries.get(prefecture, id))?.state).toBe('waiting');
    expect(await jobs('offers')).toBe(1);
    const { values } = await api.deps().metrics.offers.get();
    expect(values.find(({ labels }) => labels.outcome === 'cancelled')?.value).toBe(1);
  });

  test('an offer that was not accepted is no appointment', async () => {
    const { status, body } = await cancel();
    expect([status, body.code]).toEqual([404, 'appointment_not_found']);
  });

  test('an appointment that was attended cannot be given up', async () => {
    await answer('accept');
    await api.store.offers.attend(prefecture, offer, 'attend', api.time.nowMs);
    const { status, body } = await cancel();
    expect([status, body.code]).toEqual([409, 'appointment_settled']);
  });
});
