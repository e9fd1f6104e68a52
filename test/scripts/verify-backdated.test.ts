import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { runDrawFile } from '#src/allocator/record/draw-file.ts';
import { entriesRoot } from '#src/allocator/record/manifest.ts';
import { recordHead, recordResult } from '#src/allocator/record/record.ts';
import type { Manifest } from '#src/allocator/types.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { runVerify } from '../../scripts/verify/command.ts';
import { round1000, vector } from '../allocator/support/vector-records.ts';
import { hasPython } from '../support/python.ts';
import { createDirectory } from './papers.ts';

const { save, remove } = createDirectory();
afterAll(remove);

const { manifest: honest, entries: people, slots, entropy } = vector('crowd-0');
const favourite = people.find(
  ({ id }) => !vector('crowd-0').expected.winners.some(({ entry }) => entry === id),
);
if (!favourite || !('signature' in round1000)) throw new Error('nobody loses in this example');
const { signature } = round1000;

/**
 * The attack: the round is known, and pools that differ by one entry of nobody are tried until the
 * favourite wins; the manifest says that it was frozen before the round.
 */
function grind(): { readonly record: string; readonly tries: number } {
  for (let tries = 1; tries < 10_000; tries += 1) {
    const nobody = { id: `zz-${tries}`, requestType: favourite?.requestType ?? '', missed: 0 };
    const entries = [...people, nobody];
    const root = { count: entries.length, root: entriesRoot(entries, nodeSha256) };
    const manifest: Manifest = { ...honest, entries: root };
    const file = { manifest, entries, slots, entropy, signature };
    const { winners, outcomeHash } = runDrawFile(file, nodeSha256);
    if (!winners.some(({ entry }) => entry === favourite?.id)) continue;
    const lines = [
      ...recordHead(manifest, slots, entries),
      ...recordResult(round1000, winners, outcomeHash),
    ];
    return { record: lines.join(''), tries };
  }
  throw new Error('the favourite never wins');
}

const { record } = grind();
const file = save('back-dated.ndjson', record);
const sentence =
  'a manifest that no witness held before that round could be back-dated, and tried out until it suited';

describe('a back-dated manifest that was tried out until a favourite won', () => {
  test('verifies, with the sentence that says so: npm run verify', async () => {
    const { exitCode, out } = await runVerify([file]);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: expect.stringContaining(sentence) });
    expect(record).toContain(`{"entry":"${favourite?.id}","kind":"winner"`);
  });

  test.skipIf(!hasPython)('verifies, with the sentence that says so: scripts/verify.py', () => {
    const { status, stdout } = spawnSync('python3', ['scripts/verify.py', file], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining(sentence) });
  });
});
