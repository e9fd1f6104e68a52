import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { jcs } from '#src/base/jcs.ts';
import { merkleRoot } from '#src/base/merkle.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { consistencyProof, inclusionProof } from '#src/transparency/proof.ts';
import { signRegister } from '#src/usecases/register/sign.ts';
import { readArguments } from '../../scripts/verify/arguments.ts';
import { checkMore } from '../../scripts/verify/more-checks.ts';
import { prefecture, useApi } from '../api/harness.ts';
import { DrawWorld } from '../support/draw-world.ts';
import { eventLeaves } from '../support/register.ts';
import { createDirectory, createKey, signHead } from './papers.ts';

const { save, remove } = createDirectory();
afterAll(remove);
const api = useApi();

/** What the command says, or how it refuses. */
async function run(...args: string[]): Promise<string> {
  const asked = readArguments(args);
  if (!asked) throw new Error('help');
  try {
    return (await checkMore(asked, undefined, '2000-01-01T00:00:00Z')).join('\n');
  } catch (error) {
    if (!(error instanceof Error) || !('exitCode' in error)) throw error;
    return `${error.exitCode}: ${error.message}`;
  }
}

describe('proofs of a running service', () => {
  const size = 2300;
  const root = () => `${api.origin()}/v1/prefectures/${prefecture}/register`;
  const inclusion = (index: number, of = size) => `${root()}/inclusion?index=${index}&size=${of}`;
  const consistency = (first: number) => `${root()}/consistency?first=${first}&second=${size}`;
  const text = async (path: string) => (await api.call('GET', `/register${path}`)).text;
  let [older, newer, keys] = ['', '', ''];

  beforeEach(async () => {
    const { registerLeaves } = keysOf(prefecture);
    for (const [from, until] of [
      [0, 700],
      [700, size],
    ] as const) {
      await api.redis.rpush(registerLeaves, ...eventLeaves(until - from, from));
      await signRegister({ ...api.deps(), witnesses: [] }, prefecture);
    }
    const { heads } = (await api.call('GET', '/register/heads')).body;
    older = save('older.txt', heads[0].checkpoint);
    newer = save('newer.txt', heads[1].checkpoint);
    keys = save('keys.json', (await api.send('GET', '/v1/keys')).text);
  });

  test('are checked against its signed heads, with the entry from a file', async () => {
    const leaf = save('leaf.json', await text('/entries?from=1234&limit=1'));
    const heads = ['--checkpoint', newer, '--checkpoint', older, '--keys', keys];
    const one = ['--checkpoint', newer, '--keys', keys];
    const said = await run('--proof', inclusion(1234), '--leaf', leaf, ...one);
    expect(said).toContain(`entry 1235 of ${size} is under the head ${newer}`);
    expect(await run('--proof', consistency(700), ...heads)).toContain(
      `${size} entries continue 700: ${newer} continues ${older}`,
    );
    expect(await run('--proof', consistency(700))).toContain('which no two --checkpoint confirm');
    const bare = await run('--proof', inclusion(1234, 2000), '--leaf', leaf);
    expect(bare).toContain('which no --checkpoint confirms');
  });

  test('are checked with its register, which is read page after page', async () => {
    const proofs = ['--proof', inclusion(0), '--proof', inclusion(size - 1)];
    const said = await run('--register', `${root()}/entries`, '--checkpoint', newer, ...proofs);
    expect(said).toContain(`register: ${size} entries, root `);
    expect(said).toContain(`entry ${size} of ${size} is under the head`);
    expect(said).toContain('the register gives this root');
  });

  test('that were changed, or are of another entry, are refused', async () => {
    const leaf = save('leaf.json', await text('/entries?from=1235&limit=1'));
    expect(await run('--proof', inclusion(1234), '--leaf', leaf)).toMatch(
      /^1: .*does not show that entry 1235 is under/,
    );
    const proof = JSON.parse(await text(`/consistency?first=700&second=${size}`));
    const changed = save('changed.json', JSON.stringify({ ...proof, proof: proof.proof.slice(1) }));
    expect(await run('--proof', changed)).toMatch(/^1: .*does not show that the tree of 2300/);
    expect(await run('--proof', inclusion(1234))).toMatch(/^2: .*give it by --leaf or --register/);
    expect(await run('--proof', inclusion(size + 5), '--leaf', leaf)).toMatch(
      /^2: cannot read .*the server answered 404: no such leaf in this tree/,
    );
    expect(await run('--proof', save('x.json', '{"index":0}'))).toMatch(/^2: .*is no proof/);
    expect(await run('--proof', save('y.json', 'hello'))).toMatch(/^2: .*is no proof/);
  });
});

describe('two heads of different sizes', () => {
  const key = createKey('k1');
  const keys = save('test-keys.json', key.jwks);
  const origin = 'tirage/92';
  const leaves = eventLeaves(6);
  const others = eventLeaves(6, 100);
  const rootOf = (texts: readonly string[]) => merkleRoot([...texts], nodeSha256);
  const headOf = (texts: readonly string[]) => ({
    origin,
    size: texts.length,
    root: rootOf(texts),
  });
  const newer = save('six.txt', signHead(headOf(leaves), key));
  const proof = save(
    'consistency.json',
    JSON.stringify({
      ...{ first: 3, second: 6, firstRoot: rootOf(leaves.slice(0, 3)), secondRoot: rootOf(leaves) },
      proof: consistencyProof(leaves, 3, nodeSha256),
    }),
  );

  test('that contradict each other are shown to, by a proof and no entry at all', async () => {
    const witnessed = save('three.txt', signHead(headOf(others.slice(0, 3)), key));
    const args = ['--checkpoint', witnessed, '--checkpoint', newer, '--keys', keys];
    const said = await run(...args, '--proof', proof);
    expect(said).toMatch(/^1: PROOF of two histories: .*three.txt is a head of tirage\/92 with 3/);
    expect(said).toContain(`have root ${rootOf(leaves.slice(0, 3))}`);
  });

  test('that a proof does not speak of are told so', async () => {
    const other = save('other-six.txt', signHead(headOf(others), key));
    const said = await run('--checkpoint', other, '--keys', keys, '--proof', proof);
    expect(said).toMatch(/^1: .*its root \w{64} is not that of .*other-six.txt/);
    const inclusion = save(
      'inclusion.json',
      JSON.stringify({
        ...{ index: 2, size: 6, root: rootOf(leaves) },
        proof: inclusionProof(leaves, 2, nodeSha256),
      }),
    );
    const leaf = save('two.json', leaves[2] ?? '');
    const args = ['--proof', inclusion, '--leaf', leaf];
    expect(await run(...args, '--checkpoint', newer)).toContain('entry 3 of 6 is under the head');
    expect(await run(...args, '--checkpoint', other)).toMatch(/^1: .*is not that of .*other-six/);
  });
});

describe('the life of draws in a register', () => {
  const at = '2026-12-01T08:00:00Z';
  const operator = { source: 'operator', commitment: '0'.repeat(64) };
  const planned = (draw: string, more: object = {}) => ({
    ...{ at, kind: 'scheduled', draw, entropy: operator, plannedAt: at },
    ...more,
  });
  const step = (kind: string, draw: string) => ({ at, kind, draw });
  const verdict = (leaves: readonly object[], ...args: string[]) => {
    const text = leaves.map((leaf) => `${jcs(leaf)}\n`).join('');
    return run('--register', save('lives.ndjson', text), ...args);
  };
  const voided = [planned('a'), step('void', 'a')];

  test('is counted, void draws and repeats among them', async () => {
    const repeated = [...voided, planned('b', { replaces: 'a' }), step('manifest', 'b')];
    const secret = { ...step('outcome', 'b'), entropy: { secret: '0'.repeat(64) } };
    expect(await verdict([...repeated, secret, { at, kind: 'rules', rules: {} }])).toContain(
      "draws planned: 2, drawn: 1 (1 with the operator's secret, which is weaker), void: 1, " +
        'repeated: 1; changes of rules: 1',
    );
  });

  test.each<[string, object[], string]>([
    ['a draw planned twice', [planned('a'), planned('a')], '2 is a second scheduled for draw a'],
    [
      'a draw run again under its id',
      [planned('a'), step('outcome', 'a'), step('outcome', 'a')],
      '3 is a second outcome for draw a',
    ],
    [
      'a draw that goes on after it was void',
      [...voided, step('outcome', 'a')],
      '3 is outcome of draw a, which is void',
    ],
    [
      'the repeat of a draw that is not void',
      [planned('a'), planned('b', { replaces: 'a' })],
      '2 repeats draw a, which is not void',
    ],
    [
      'a second repeat',
      [...voided, planned('b', { replaces: 'a' }), planned('c', { replaces: 'a' })],
      '4 repeats draw a, which b repeats already',
    ],
  ])('may not be: %s', async (_title, leaves, reason) => {
    expect(await verdict(leaves)).toBe(`1: register: entry ${reason}`);
  });

  test('is told of a draw of the service that was void before its result', async () => {
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 1);
    await world.begin('d1');
    await world.publishManifest('d1');
    const reason = { reason: 'wrong rules', agent: 'k1' };
    await api.store.draws.void(prefecture, 'd1', reason, world.nowMs);
    const again = { replaces: 'd1', atMs: undefined };
    const { id } = await api.deps().scheduler.repeat(prefecture, again, 'k1');
    await signRegister({ ...api.deps(), witnesses: [] }, prefecture);
    const register = `${api.origin()}/v1/prefectures/${prefecture}/register/entries`;
    const said = await run('--register', register, '--draw', 'd1');
    for (const text of [
      'draw d1 in the register:',
      'entropy operator, which is weaker',
      'VOID (before_result) by key k1: wrong rules',
      `draw ${id} repeats it`,
      'it was declared void before it had a result: there is none, and nothing to recompute',
    ]) {
      expect(said).toContain(text);
    }
    expect(await run('--register', register, '--draw', id)).toContain('repeats the void draw d1');
    expect(await run('--register', register, '--draw', 'd2')).toMatch(/^1: .*no entry of draw d2/);
    const { text: record } = await api.call('GET', '/draws/d1/record');
    const last = JSON.parse(record.trim().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ kind: 'event', type: 'void' });
  });
});
