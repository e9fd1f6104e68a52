import { describe, expect, test } from 'vitest';
import { checkPaper } from '#src/papers/check-paper.ts';
import { readPdf } from '../../support/pdf.ts';
import { join, prefecture, useApi } from '../harness.ts';
import { type Person, useMissedDraws } from '../participation/missed-draws.ts';

const api = useApi();
const { draw, sweep, sorted, read, claimsOf } = useMissedDraws(api);

test('who missed two draws in two weeks can prove both, and each alone', async () => {
  const people = [await join(api), await join(api), await join(api)];
  const first = await draw();
  const { missed } = await sorted(people, first);
  expect(missed).toHaveLength(2);
  const second = await draw(1);
  const [person] = (await sorted(missed, second)).missed;
  if (!person) throw new Error('one place for two');

  const both = await read(person, 'certificate');
  expect([both.status, both.headers.get('content-type')]).toEqual([200, 'application/jwt']);
  const claims = await claimsOf(both.text);
  const draws = [
    await api.store.draws.get(prefecture, first),
    await api.store.draws.get(prefecture, second),
  ];
  expect(claims).toMatchObject({ v: 1, prefecture, entry: person.id, requestType: 'renewal' });
  expect(claims.draws).toMatchObject([
    { draw: first, week: '2026-W49', entries: 3, waiting: 3, places: 1, strength: 'weaker' },
    { draw: second, week: '2026-W50', entries: 2, waiting: 2, places: 1, rank: 2, open: true },
  ]);
  expect(claims.draws.map((one: { manifestHash: string }) => one.manifestHash)).toEqual(
    draws.map((one) => one?.manifestHash),
  );
  expect(claims.draws[0]).not.toHaveProperty('open');
  expect(both.text.length).toBeLessThan(1200);

  const alone = await claimsOf((await read(person, `certificate?draw=${first}`)).text);
  expect(alone.draws).toEqual([claims.draws[0]]);
  const { body } = await read(person, 'certificates');
  expect(body).toMatchObject({ entry: person.id, attempts: { draws: 2, weeks: 2 } });
  expect(body.draws).toMatchObject([
    { draw: second, finding: 'missed', certificate: true, entropy: { strength: 'weaker' } },
    { draw: first, finding: 'missed', certificate: true },
  ]);
});

describe('there is no certificate', () => {
  const refused = async (person: Person, path: string, status: number, code: string) => {
    for (const form of ['certificate', 'certificate.pdf']) {
      const reply = await read(person, `${form}${path}`);
      expect([form, reply.status, reply.body.code]).toEqual([form, status, code]);
    }
  };

  test('for who was drawn, nor for who was offered a freed place', async () => {
    const people = [await join(api), await join(api)];
    const id = await draw();
    const { won, missed } = await sorted(people, id);
    const [winner, other] = [won[0], missed[0]];
    if (!winner || !other) throw new Error('one place for two');
    await refused(winner, `?draw=${id}`, 409, 'place_offered');
    await refused(winner, '', 409, 'place_offered');
    expect((await read(other, 'certificate')).status).toBe(200);
    const { token } = winner;
    await api.call('POST', `/offers/${id}.${winner.id}/decline`, { token });
    await sweep();
    expect(await api.store.offers.get(prefecture, `${id}.${other.id}`)).toBeDefined();
    await refused(other, `?draw=${id}`, 409, 'place_offered');
    expect((await read(other, 'certificates')).body.draws[0]).toMatchObject({ finding: 'offered' });
  });

  test('for who was in no draw, for a draw without a result, for an unknown one', async () => {
    await join(api);
    const id = await draw();
    const late = await join(api);
    await refused(late, '', 404, 'participation_not_found');
    await refused(late, `?draw=${id}`, 404, 'participation_not_found');
    await refused(late, '?draw=nothing', 404, 'draw_not_found');
    const planned = await api.deps().scheduler.scheduleOnce(prefecture, api.time.nowMs, 'key');
    await refused(late, `?draw=${planned.id}`, 409, 'certificate_unavailable');
    const { status, body } = await read(late, 'certificates');
    expect([status, body.draws, body.attempts]).toEqual([200, [], { draws: 0, weeks: 0 }]);
  });

  test('of a void draw alone; beside others it is named, and not counted', async () => {
    // The place of the void draw comes back: two places for four.
    const people = await Promise.all([join(api), join(api), join(api), join(api)]);
    const first = await draw();
    const { missed } = await sorted(people, first);
    const supervisor = await api.keyOf('supervisor');
    const json = { reason: 'a slot list of last year' };
    await api.call('POST', `/draws/${first}/void`, { token: supervisor, json });
    const [person] = missed;
    if (!person) throw new Error('fewer places than people');
    await refused(person, `?draw=${first}`, 409, 'certificate_unavailable');
    await refused(person, '', 409, 'certificate_unavailable');
    const second = await draw(1);
    const again = (await sorted(missed, second)).missed[0];
    if (!again) throw new Error('fewer places than people');
    const claims = await claimsOf((await read(again, 'certificate')).text);
    expect(claims.draws).toMatchObject([{ draw: first, void: true }, { draw: second }]);
    expect((await read(again, 'certificates')).body.attempts).toEqual({ draws: 1, weeks: 1 });
  });
});

describe('certificate.pdf', () => {
  const missedOnce = async (name = 'Zoë Łukasiewicz-Ünal') => {
    const person = (given: string) => ({
      person: {
        name: given,
        document: { kind: 'agdref', number: String(Math.random()).slice(2, 12) },
      },
    });
    const people = [await join(api, person(name)), await join(api, person(name))];
    const id = await draw();
    const [missed] = (await sorted(people, id)).missed;
    if (!missed) throw new Error('one place for two');
    return { missed, id };
  };

  test('says it in both languages, tagged, with a code that holds the certificate', async () => {
    const { missed, id } = await missedOnce();
    const { bytes, headers, status } = await read(missed, `certificate.pdf?draw=${id}`);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(headers.get('content-disposition')).toContain(`attestation-${missed.id}-${id}.pdf`);
    const paper = await readPdf(bytes);
    expect(paper.title).toBe('Attestation de participation sans rendez-vous attribué');
    for (const text of ['2026-W49', '2 / 2', 'n° 435594', 'plus faible', 'took part in one draw']) {
      expect(paper.text).toContain(text);
    }
    expect(paper.text).not.toContain('Łukasiewicz');
    expect(paper.tags).toContain('Table(TR(TH,TH,TH,TH,TH,TH,TH),TR(TD,TD,TD,TD,TD,TD,TD))');
    expect(paper.tags).toMatch(/Sect\[fr-FR\]\(H1,P,Table.*Figure.*Sect\[en-GB\]\(H2,P,Table/);
    const keys = api.deps().signer.keys;
    const coded = await checkPaper(Buffer.from(paper.codes[0] ?? ''), keys);
    const filed = await checkPaper(bytes, keys);
    expect(coded).toMatchObject({ genuine: true, kind: 'certificate', form: 'jws' });
    expect(filed).toMatchObject({ genuine: true, kind: 'certificate', form: 'pdf' });
    expect(coded.genuine && coded.claims).toEqual(filed.genuine && filed.claims);
  });

  test('prints the name for the person who asks, nobody else, and never signs it', async () => {
    const { missed } = await missedOnce();
    const named = await read(missed, 'certificate.pdf?name=true');
    const { text, codes } = await readPdf(named.bytes);
    expect(text).toContain('Zoë Łukasiewicz-Ünal');
    expect(Buffer.from(codes[0]?.split('.')[2] ?? '', 'base64url').toString()).not.toContain('Zo');
    const agent = await api.keyOf('agent');
    const path = `/entries/${missed.id}/certificate.pdf`;
    expect((await api.call('GET', path, { token: agent })).status).toBe(200);
    const refused = await api.call('GET', `${path}?name=true`, { token: agent });
    expect([refused.status, refused.body.code]).toEqual([403, 'role_insufficient']);
    expect(api.logged.join()).not.toContain('Łukasiewicz');
  });

  test('prints no boxes for a name in letters that it does not have', async () => {
    const { missed } = await missedOnce('王秀英');
    const { text } = await readPdf((await read(missed, 'certificate.pdf?name=true')).bytes);
    expect(text).toContain('ce document ne sait pas écrire ses caractères');
    expect(text).not.toContain('王');
  });
});
