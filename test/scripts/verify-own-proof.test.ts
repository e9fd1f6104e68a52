import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { createVerifier } from '#src/allocator/record/verify.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { readArguments } from '../../scripts/verify/arguments.ts';
import { checkMore } from '../../scripts/verify/more-checks.ts';
import { keepDraw } from '../../scripts/verify/observed.ts';
import { createDirectory } from './papers.ts';

const { save, remove } = createDirectory();
afterAll(remove);

const example = JSON.parse(readFileSync('examples/audit/proof-entry.json', 'utf8'));
const observer = keepDraw();
const verifier = createVerifier({ sha256: nodeSha256, observer });
for (const line of readFileSync('examples/audit/record.ndjson', 'utf8').split(/(?<=\n)/)) {
  verifier.push(line);
}
verifier.end();

/** What the command says of an answer that a person got, or how it refuses. */
async function verdict(answer: object, against: 'record' | 'register' | 'nothing' = 'nothing') {
  const proof = save('proof.json', JSON.stringify(answer));
  const register = against === 'register' ? ['--register', 'examples/audit/register.ndjson'] : [];
  const asked = readArguments(['--proof', proof, ...register]);
  if (!asked) throw new Error('help');
  const checked = against === 'record' ? observer.checked() : undefined;
  try {
    return (await checkMore(asked, checked, '2000-01-01T00:00:00Z'))
      .join('\n')
      .replaceAll(proof, 'FILE');
  } catch (error) {
    if (!(error instanceof Error) || !('exitCode' in error)) throw error;
    return `${error.exitCode}: ${error.message.replaceAll(proof, 'FILE')}`;
  }
}

describe('what a person was told of their entry', () => {
  test.each([
    ['record', 'as the record has it'],
    ['register', 'as the register has it'],
    ['nothing', 'which no RECORD and no --register of this draw confirms'],
  ] as const)('is right, and says what confirms it: %s', async (against, confirmed) => {
    const said = await verdict(example, against);
    expect(said).toContain('entry e-diorite was in draw audit-example, as entry 4 of 5 under root');
    expect(said).toContain(`${confirmed}; its number ${example.tickets.number} is right`);
  });

  const { inclusion, tickets } = example;
  const other = 'ab'.repeat(32);
  test.each([
    ['the leaf of somebody else', { entry: 'e-agate' }, 'its leaf is not of entry e-agate'],
    ['another leaf', { inclusion: { ...inclusion, leaf: '{"id":"e-diorite"}' } }, 'does not show'],
    ['another place', { inclusion: { ...inclusion, index: 0 } }, 'does not show'],
    ['another number', { tickets: { ...tickets, number: other } }, 'is not the hash that it says'],
  ])('is refused with %s, even alone', async (_title, changes, reason) => {
    expect(await verdict({ ...example, ...changes })).toMatch(/^1: FILE: /);
    expect(await verdict({ ...example, ...changes })).toContain(reason);
  });

  test.each(['record', 'register'] as const)(
    'is refused if the %s has another draw',
    async (by) => {
      const { leaf } = inclusion;
      const root = nodeSha256.hex(`\0${leaf}`);
      const alone = { ...example, inclusion: { leaf, index: 0, size: 1, path: [], root } };
      expect(await verdict(alone)).toContain('confirms; its number');
      expect(await verdict(alone, by)).toBe(
        `1: FILE: its root is not that of the manifest in the ${by}`,
      );
      const number = nodeSha256.hex(`${other}:e-diorite:0`);
      const seed = { ...example, seed: other, tickets: { smallest: 0, number } };
      expect(await verdict(seed, by)).toBe(
        `1: FILE: its seed is not that of the draw in the ${by}`,
      );
    },
  );

  test('is malformed without a proof', async () => {
    expect(await verdict({ ...example, inclusion: null })).toMatch(/^2: FILE: is no proof/);
  });
});
