import { afterAll, describe, expect, test } from 'vitest';
import { manifestHash } from '#src/allocator/record/manifest.ts';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createSigner, jwksOf } from '#src/identity/keys/signer.ts';
import { CERTIFICATE_TYPE, type Certificate, type MissedDraw } from '#src/papers/claims.ts';
import { createPaper } from '#src/papers/paper.ts';
import { sealPaper } from '#src/papers/seal.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import type { CheckedDraw } from '../../scripts/verify/observed.ts';
import { checked, manifestEntry, run } from './more-checks.ts';
import { createDirectory, createKey, signClaims } from './papers.ts';

const { save, remove } = createDirectory();
afterAll(remove);

const { manifest, ranking } = checked.draw;
const key = createKey('k1');
const keys = save('keys.json', key.jwks);
const otherKeys = save('other.json', createKey('k1').jwks);

describe('a certificate', () => {
  const { entries, slots } = checked.draw;
  const offered = new Set([
    ...checked.draw.winners.map(({ entry }) => entry),
    ...checked.events.flatMap(({ event }) => ('entry' in event ? [event.entry] : [])),
  ]);
  const loser = manifestEntry(({ id }) => !offered.has(id));
  const ofType = ({ requestTypes }: { requestTypes: readonly string[] }) =>
    requestTypes.includes(loser.requestType);
  const draw: MissedDraw = {
    draw: manifest.draw,
    frozenAt: manifest.frozenAt,
    week: '2023-W34',
    rank: ranking.indexOf(loser.id) + 1,
    entries: ranking.length,
    waiting: entries.filter(({ requestType }) => requestType === loser.requestType).length,
    places: slots.filter(ofType).reduce((sum, { capacity }) => sum + capacity, 0),
    manifestHash: manifestHash(manifest, nodeSha256),
    strength: 'weaker',
  };
  const claims: Certificate = {
    ...{ v: 1, prefecture: '92', entry: loser.id, requestType: loser.requestType },
    draws: [draw, { ...draw, draw: 'another', week: '2023-W35' }],
    iat: 1_796_000_000,
  };

  async function verdict(changes: object, of: CheckedDraw | undefined = checked) {
    const all = { ...claims, ...changes };
    const jws = await signClaims(CERTIFICATE_TYPE, all, key);
    return run({ certificate: save('certificate.jws', jws), keys }, of);
  }
  const withDraw = (changes: object) => verdict({ draws: [{ ...draw, ...changes }] });

  test('holds alone, and against the record that it speaks of', async () => {
    const said = await verdict({});
    expect(said).toContain('took part in 2 draws in 2 weeks and was offered no place');
    expect(said).toContain(`  2023-W34 draw crowd-0 of ${draw.frozenAt}: rank ${draw.rank} of`);
    expect(said).toContain("the operator's secret, which is weaker");
    expect(said).toContain('in draw crowd-0, no place, as in the record');
    expect(await withDraw({ draw: 'other' })).toContain('does not speak of the draw');
  });

  test.each<[string, object, RegExp]>([
    ['another rank', { rank: draw.rank + 1 }, /has rank \d+, the record \d+/],
    ['fewer who waited', { waiting: draw.waiting - 1 }, /has waiting/],
    ['more places', { places: draw.places + 1 }, /has places/],
    ['another time', { frozenAt: '2023-01-01T00:00:00Z' }, /has frozenAt/],
    ['stronger randomness', { strength: 'public_beacon' }, /has strength public_beacon/],
    ['a void draw that is not', { void: true }, /has void true, the record has none/],
    ['another manifest', { manifestHash: '0'.repeat(64) }, /another manifest/],
  ])('that the record contradicts is refused: %s', async (_title, changes, said) => {
    expect(await withDraw(changes)).toMatch(/^1: certificate: /);
    expect(await withDraw(changes)).toMatch(said);
  });

  test('of who was drawn, or was offered a freed place by then, is refused', async () => {
    const requestTypeOf = (id: string) => manifestEntry((entry) => entry.id === id).requestType;
    const [winner] = checked.draw.winners;
    const [slot] = slots;
    if (!winner || !slot) throw new Error('no winner, or no slot');
    const first = { entry: winner.entry, requestType: requestTypeOf(winner.entry) };
    expect(await verdict(first)).toMatch(/^1: .*was offered a place in the record/);
    const event = { type: 'refilled' as const, entry: loser.id, slot: slot.id };
    const refilled = { ...checked, events: [{ at: '2026-11-30T00:53:20Z', event }] };
    expect(await verdict({}, refilled)).toMatch(/^1: .*was offered a place in the record/);
    // A second before, it was true.
    expect(await verdict({ iat: claims.iat - 1 }, refilled)).toContain('a place was offered later');
    const voided = {
      ...checked,
      events: [{ at: '2026-11-30T00:53:20Z', event: { type: 'void' as const } }],
    };
    expect(await verdict({}, voided)).toContain('declared VOID since');
    expect(await verdict({ entry: 'nobody' })).toMatch(/^1: .*nobody is not in the record/);
    expect(await verdict({ requestType: 'other' })).toMatch(/^1: .*in the record/);
  });

  test('with one changed byte is refused', async () => {
    const jws = await signClaims(CERTIFICATE_TYPE, claims, key);
    for (const at of [jws.indexOf('.') + 20, jws.length - 1]) {
      const changed = `${jws.slice(0, at)}${jws[at] === 'A' ? 'B' : 'A'}${jws.slice(at + 1)}`;
      const said = await run({ certificate: save('changed.jws', changed), keys }, undefined);
      expect(said).toMatch(/^1: .*not signed by a key/);
    }
  });

  test('in a PDF is read from it, and refused if any byte was changed', async () => {
    const signer = createSigner(parseKeyring(`k9:${Buffer.alloc(32, 'key').toString('base64')}`));
    const ownKeys = save('own.json', JSON.stringify(jwksOf(signer.keys)));
    const made = createPaper({ title: 'Essai', atMs: 0, foot: 'essai' });
    made.section('fr', (section) => section.title('Essai'));
    const jws = signer.signJws(CERTIFICATE_TYPE, claims);
    const pdf = sealPaper(await made.end(), jws, signer.signJws);
    const of = (bytes: Uint8Array, keysFile = ownKeys) =>
      run({ certificate: save('certificate.pdf', bytes), keys: keysFile }, checked);
    expect(await of(pdf)).toContain('no place, as in the record');
    const changed = Buffer.from(pdf);
    changed[700] = (changed[700] ?? 0) ^ 1;
    expect(await of(changed)).toMatch(/^1: .*was changed after it was sealed/);
    expect(await of(pdf, otherKeys)).toMatch(/^1: .*not signed by a key/);
    expect(await of(Buffer.from('%PDF-1.7\n'))).toMatch(/^2: .*a PDF without a seal/);
    const address = `https://rdv.example.org/certificates?jws=${jws}`;
    expect(await of(Buffer.from(address))).toContain('no place, as in the record');
  });
});
