import { afterAll, describe, expect, test } from 'vitest';
import { manifestHash } from '#src/allocator/record/manifest.ts';
import { jcs } from '#src/base/jcs.ts';
import { merkleRoot } from '#src/base/merkle.ts';
import { type RegisterLeaf, registerLeaf } from '#src/domain/register/leaf.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { consistencyProof } from '#src/transparency/proof.ts';
import { check, checked, example, manifestEntry, record, run } from './more-checks.ts';
import { createDirectory, createKey, signClaims, signHead } from './papers.ts';

const { save, remove } = createDirectory();
afterAll(remove);

const { manifest, seed } = checked.draw;
const key = createKey('k1');
const keys = save('keys.json', key.jwks);
const otherKeys = save('other.json', createKey('k1').jwks);

describe('a receipt', () => {
  const entry = manifestEntry((candidate) => candidate.accepts?.sites !== undefined);
  const claims = {
    v: 1,
    prefecture: '92',
    entry: entry.id,
    requestType: entry.requestType,
    joinedAt: '2023-08-01T10:00:00Z',
    waitingSince: '2023-08-01T10:05:00Z',
    accepts: nodeSha256.hex(jcs(entry.accepts)),
    iat: 1_690_884_300,
  };

  async function verdict(changes: object, keysFile: string | undefined = keys) {
    // A change to undefined leaves the claim out.
    const changed = JSON.parse(JSON.stringify({ ...claims, ...changes }));
    const jws = await signClaims('tirage-receipt+jwt', changed, key);
    return run({ receipt: save('receipt.jws', `${jws}\n`), keys: keysFile });
  }

  test('of an entry that is in the record, unchanged', async () => {
    expect(await verdict({})).toBe(
      `receipt: entry ${entry.id} is in the record, unchanged; signature right`,
    );
    const jws = await signClaims('tirage-receipt+jwt', claims, key);
    expect(await run({ receipt: save('receipt.jws', jws) })).toContain('signature not checked');
  });

  test.each<[string, object, string]>([
    ['another prefecture', { prefecture: '75' }, 'is of prefecture 75'],
    ['another request type', { requestType: 'other' }, 'in the record of'],
    ['another availability', { accepts: '0'.repeat(64) }, 'accepts something else'],
    ['no limits then, limits now', { accepts: undefined }, 'accepts something else'],
    ['an entry that is missing', { entry: 'missing' }, 'is not in the draw'],
  ])('that differs is refused: %s', async (_title, changes, reason) => {
    const said = await verdict(changes);
    expect(said).toMatch(/^1: receipt: /);
    expect(said).toContain(reason);
  });

  test('does not promise a draw that was frozen before the entry waited', async () => {
    const waitingSince = '2023-09-01T00:00:00Z';
    expect(await verdict({ entry: 'missing', waitingSince })).toContain('is not expected');
    const later = { acceptsSince: '2023-09-01T00:00:00Z', accepts: '0'.repeat(64) };
    expect(await verdict(later)).toContain('set after the freeze');
  });

  test('with another signature, type or claims is refused', async () => {
    expect(await verdict({}, otherKeys)).toMatch(/^1: .*not signed by a key/);
    expect(await verdict({ name: 'Camille' })).toMatch(/^2: /);
    const jws = await signClaims('tirage-receipt+jwt', claims, key);
    const payload = Buffer.from(jcs({ ...claims, iat: 1 })).toString('base64url');
    const forged = jws.split('.').with(1, payload).join('.');
    expect(await run({ receipt: save('f.jws', forged), keys })).toMatch(
      /^1: .*not signed by a key/,
    );
    const certificate = await signClaims('tirage-certificate+jwt', claims, key);
    expect(await run({ receipt: save('c.jws', certificate), keys })).toMatch(
      /^2: .*is not a JWS of type/,
    );
    expect(await run({ keys: 'package.json' })).toMatch(/^2: package.json: is not a JWKS/);
    expect(await run({ receipt: save('n.jws', 'hello'), keys })).toMatch(
      /^2: .*is not a JWS of type/,
    );
  });
});

describe('the public register', () => {
  const origin = 'tirage/92';
  const draw = manifest.draw;
  const outcome = JSON.parse(record.find((line) => line.includes('"kind":"outcome"')) ?? '').hash;
  const events = checked.events.map(
    ({ at, event }): RegisterLeaf => ({ ...event, at, draw, kind: 'event' }),
  );
  const at = '2023-08-20T00:00:00Z';
  const leaves: RegisterLeaf[] = [
    { at, kind: 'rules', rules: {}, settings: {} },
    { at, kind: 'scheduled', draw, entropy: manifest.entropy, plannedAt: at },
    { at, kind: 'scheduled', draw: 'another', entropy: manifest.entropy, plannedAt: at },
    { at, kind: 'manifest', draw, manifest, manifestHash: manifestHash(manifest, nodeSha256) },
    {
      at,
      kind: 'outcome',
      draw,
      entropy: { secret: example.entropy },
      outcomeHash: outcome,
      seed,
    },
    ...events,
  ];
  const texts = leaves.map(registerLeaf);
  const register = save('register.ndjson', texts.map((text) => `${text}\n`).join(''));
  const rootOf = (size: number) => merkleRoot(texts.slice(0, size), nodeSha256);
  const headOf = (size: number, root = rootOf(size), by = key) =>
    save(`${size}-${root.slice(0, 6)}.txt`, signHead({ origin, size, root }, by));

  test('agrees with the record, and with heads of two sizes', async () => {
    const said = await run({ register, checkpoints: [headOf(3), headOf(texts.length)], keys });
    expect(said).toContain(`all ${events.length} events of this draw are as in the record`);
    expect(said.match(/signed by key k1; the register gives this root/g)).toHaveLength(2);
    expect(await run({ register, checkpoints: [headOf(0)] })).toContain('signature not checked');
  });

  test('may be older or newer than the record', async () => {
    const older = save(
      'older.ndjson',
      texts
        .slice(0, -2)
        .map((text) => `${text}\n`)
        .join(''),
    );
    expect(await run({ register: older })).toContain(`${events.length - 2} events (the record has`);
    const head = check(record.slice(0, -3));
    expect(await run({ register }, head)).toContain(`the register ${events.length})`);
  });

  const zeros = '0'.repeat(64);
  test.each<[string, number, object, string]>([
    ['commitment', 1, { entropy: { source: 'operator', commitment: zeros } }, 'entropy.commitment'],
    ['source', 1, { entropy: { source: 'drand', chain: zeros, round: 1 } }, 'entropy.source'],
    ['manifest', 3, { manifest: { ...manifest, frozenAt: at } }, 'manifest differs'],
    ['manifest hash', 3, { manifestHash: zeros }, 'manifestHash differs'],
    ['seed', 4, { seed: zeros }, 'seed differs'],
    ['outcome', 4, { outcomeHash: zeros }, 'outcomeHash differs'],
    ['event', 5, { at }, 'event 1 differs'],
    ['second manifest', 2, { ...leaves[3] }, 'is a second manifest'],
    ['order', 3, { ...leaves[1] }, 'is a second scheduled'],
    ['draw', 4, { draw: 'other' }, 'has no entry of kind outcome'],
  ])('that says something else is named: %s', async (title, index, changes, reason) => {
    const changed = texts.with(index, jcs({ ...leaves[index], ...changes }));
    const file = save(`${title}.ndjson`, changed.map((text) => `${text}\n`).join(''));
    const said = await run({ register: file });
    expect(said).toMatch(/^1: register: /);
    expect(said).toContain(reason);
  });

  test('whose line is not in its one form is malformed', async () => {
    const spaced = save('spaced.ndjson', `${texts[0]}\n${texts[1]?.replace(':', ': ')}\n`);
    expect(await run({ register: spaced })).toMatch(/^2: .*line 2: is not an object in RFC 8785/);
  });

  test('with two heads that contradict each other is shown to have two histories', async () => {
    const [one, other] = [headOf(3), headOf(3, zeros)];
    const said = await run({ checkpoints: [one, other], keys }, undefined);
    expect(said).toMatch(/^1: PROOF of two histories: .* with 3 entries each, but roots/);
    expect(await run({ register, checkpoints: [other, one] })).toMatch(
      /; the register gives \w{64}$/,
    );
    expect(await run({ register, checkpoints: [headOf(5, zeros)] })).toMatch(
      /^1: .*signed root 0{64} for 5 entries; these entries give/,
    );
    expect(await run({ register, checkpoints: [headOf(500, zeros)] })).toMatch(/^1: .*has fewer/);
  });

  const proofOf = (first: number, second: number) => {
    const body = {
      ...{ first, second },
      ...{ firstRoot: rootOf(first), secondRoot: rootOf(second) },
      proof: consistencyProof(texts.slice(0, second), first, nodeSha256),
    };
    return save(`${first}-${second}.json`, JSON.stringify(body));
  };

  test('with two heads that nothing compares shows nothing', async () => {
    const checkpoints = [headOf(3), headOf(5, zeros)];
    const said = await run({ checkpoints, keys }, undefined);
    expect(said).toMatch(/^2: .* of 3 and 5 entries, which nothing compares/);
    expect(said).toContain('first=3&second=5');
    const both = [headOf(5), headOf(3)];
    expect(await run({ checkpoints: both, keys }, undefined)).toMatch(/^2: /);
    // Neither a proof of other heads, nor one of inclusion, compares them.
    expect(await run({ checkpoints: both, proofs: [proofOf(2, 5)] }, undefined)).toMatch(/^2: /);
    expect(await run({ checkpoints: both, proofs: [proofOf(3, 4)] }, undefined)).toMatch(/^2: /);
    const tied = await run({ checkpoints: both, proofs: [proofOf(3, 5)] }, undefined);
    expect(tied).toMatch(/5 entries continue 3: .* continues /);
    expect(await run({ checkpoints: both, register }, undefined)).toContain('gives this root');
    expect(await run({ checkpoints: [headOf(0), headOf(3)] }, undefined)).toContain('3 entries');
    expect(await run({ checkpoints: [headOf(3), headOf(3)] }, undefined)).toContain('3 entries');
  });

  test('that has another name for one reader is called out', async () => {
    const named = (name: string, by = key, size = 3) =>
      save(
        `${name.replaceAll('/', '-')}.txt`,
        signHead({ origin: name, size, root: rootOf(size) }, by),
      );
    const other = named('elsewhere/92');
    const said = await run({ checkpoints: [headOf(3), other], keys }, undefined);
    expect(said).toMatch(
      /^1: PROOF of two names: key k1 signed .* as tirage\/92 and as elsewhere\/92/,
    );
    // Without keys nothing shows that it is one service.
    expect(await run({ checkpoints: [headOf(3), other] }, undefined)).toMatch(/^2: .*different/);
    const neighbour = named('tirage/93');
    expect(await run({ checkpoints: [other], origin }, undefined)).toMatch(
      /^1: .* a head of elsewhere\/92, not of tirage\/92/,
    );
    expect(await run({ checkpoints: [headOf(3)], origin }, undefined)).toContain('3 entries');
    expect(await run({ checkpoints: [neighbour] })).toMatch(/^1: .*the record is of prefecture 92/);
  });

  test('whose head another key signed is refused', async () => {
    expect(await run({ checkpoints: [headOf(3)], keys: otherKeys })).toMatch(
      /^1: .*not signed by a key/,
    );
    expect(await run({ checkpoints: [save('no.txt', 'hello\n')] })).toMatch(/^2: /);
  });
});
