import { describe, expect, test } from 'vitest';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createSigner } from '#src/identity/keys/signer.ts';
import { checkPaper } from '#src/papers/check-paper.ts';
import { attemptsOf, CERTIFICATE_TYPE, type Certificate } from '#src/papers/claims.ts';
import { isPrintableName } from '#src/papers/fonts.ts';
import { createPaper } from '#src/papers/paper.ts';
import { sealPaper } from '#src/papers/seal.ts';

const key = (id: string, letter: string) =>
  `${id}:${Buffer.from(letter.repeat(32)).toString('base64')}`;
const former = createSigner(parseKeyring(key('k1', 'a')));
const rotated = createSigner(parseKeyring(`${key('k2', 'b')},${key('k1', 'a')}`));
const stranger = createSigner(parseKeyring(key('k1', 'c')));

const claims: Certificate = {
  v: 1,
  prefecture: '92',
  entry: 'e-1',
  requestType: 'renewal',
  draws: [
    {
      draw: '20261201-a',
      frozenAt: '2026-12-01T08:00:00Z',
      week: '2026-W49',
      rank: 7,
      entries: 9,
      waiting: 5,
      places: 2,
      manifestHash: 'ab'.repeat(32),
      strength: 'public_beacon',
    },
  ],
  iat: 1_796_112_000,
};
const jws = former.signJws(CERTIFICATE_TYPE, claims);
const check = (text: string | Uint8Array, keys = rotated.keys) =>
  checkPaper(typeof text === 'string' ? Buffer.from(text) : text, keys);

async function paper(): Promise<Buffer> {
  const made = createPaper({ title: 'Essai', atMs: 0, foot: 'essai' });
  made.section('fr', (section) => section.title('Essai'));
  return made.end();
}

describe('the text of a certificate', () => {
  test('is genuine under a former key, broken into lines, or inside an address', async () => {
    const genuine = { genuine: true, kind: 'certificate', form: 'jws', keyId: 'k1', claims };
    const lines = jws.replaceAll(/.{60}/g, '$&\r\n');
    for (const text of [
      jws,
      ` ${jws}\n`,
      lines,
      `https://x.example/certificates?jws=${jws}&lang=en`,
    ]) {
      expect(await check(text)).toEqual(genuine);
    }
  });

  test('is refused with what is wrong', async () => {
    const signed = (typ: string, other: object) => former.signJws(typ, other);
    const [head = '', , signature = ''] = jws.split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, entry: 'e-2' })).toString('base64url');
    const cases: [string, string][] = [
      ['', 'form_unknown'],
      ['nonsense', 'form_unknown'],
      ['a.b.c', 'form_unknown'],
      ['x'.repeat(70_000), 'form_unknown'],
      [signed('some+jwt', claims), 'form_unknown'],
      [`${head}.${other}.${signature}`, 'signature_wrong'],
      [stranger.signJws(CERTIFICATE_TYPE, claims), 'signature_wrong'],
      [signed(CERTIFICATE_TYPE, { ...claims, draws: [] }), 'content_unknown'],
      [signed(CERTIFICATE_TYPE, { ...claims, holder: 'Ada' }), 'content_unknown'],
      ['%PDF-1.7 nothing', 'seal_missing'],
    ];
    for (const [text, fault] of cases) expect(await check(text)).toEqual({ genuine: false, fault });
    expect(await check(jws, [rotated.current])).toEqual({ genuine: false, fault: 'key_unknown' });
  });

  test('no character of it can be another', async () => {
    for (let at = 0; at < jws.length; at += 1) {
      const changed = `${jws.slice(0, at)}${jws[at] === 'A' ? 'B' : 'A'}${jws.slice(at + 1)}`;
      expect([at, (await check(changed)).genuine]).toEqual([at, false]);
    }
  });
});

describe('a sealed PDF', () => {
  test('is genuine as a whole; another certificate, page or seal in it is not', async () => {
    const pdf = await paper();
    const sealed = sealPaper(pdf, jws, former.signJws);
    expect(await check(sealed)).toMatchObject({ genuine: true, form: 'pdf', claims });
    const better = former.signJws(CERTIFICATE_TYPE, { ...claims, entry: 'e-2' });
    const swap = (from: string, to: string) =>
      Buffer.from(sealed.toString('latin1').replace(from, to), 'latin1');
    expect(await check(swap(jws, better))).toMatchObject({ fault: 'content_changed' });
    expect(await check(swap('(Essai', '(Elsai'))).toMatchObject({ genuine: false });
    const twice = sealPaper(sealed, better, former.signJws);
    expect(await check(twice)).toMatchObject({ genuine: true, claims: { entry: 'e-2' } });
    expect(await check(sealPaper(pdf, jws, stranger.signJws))).toMatchObject({
      fault: 'signature_wrong',
    });
    expect(await check(pdf)).toEqual({ genuine: false, fault: 'seal_missing' });
    expect(await check(Buffer.concat([sealed, Buffer.from('%%EOF\n')]))).toMatchObject({
      fault: 'content_changed',
    });
  });

  test('a document that nobody signed is not genuine under a right seal', async () => {
    const foreign = stranger.signJws(CERTIFICATE_TYPE, claims);
    const sealed = sealPaper(await paper(), foreign, former.signJws);
    expect(await check(sealed)).toEqual({ genuine: false, fault: 'signature_wrong' });
  });
});

test('void draws are no attempts, and two of one week are one week', () => {
  const [draw] = claims.draws;
  if (!draw) throw new Error('one draw');
  const draws = [draw, draw, { ...draw, week: '2026-W50', void: true as const }];
  expect(attemptsOf({ draws })).toEqual({ draws: 2, weeks: 1 });
});

test('names are printed in letters that the font has, and left out otherwise', () => {
  const printable = [
    'Zoë Łukasiewicz-Ünal',
    "N'Diaye",
    'O’Brien',
    'Γιώργος',
    'Ірина Шевченко',
    'Նարե',
  ];
  for (const name of printable) expect([name, isPrintableName(name)]).toEqual([name, true]);
  for (const name of ['王秀英', 'محمد', 'משה', 'अनिता', 'สมชาย', 'Ada 🙂', 'a\u202eb', '']) {
    expect([name, isPrintableName(name)]).toEqual([name, false]);
  }
});
