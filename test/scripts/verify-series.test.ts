import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { SeriesLeaf } from '#src/allocator/record/series.ts';
import type { Entry } from '#src/allocator/types.ts';
import { jcs } from '#src/base/jcs.ts';
import { runVerify } from '../../scripts/verify/command.ts';
import { drawAt, linesOf, type PlayedDraw, playSeries } from '../allocator/support/plain-series.ts';
import { voidEarly } from '../allocator/support/records-2.ts';
import { recordOf, vector } from '../allocator/support/vector-records.ts';
import { hasPython } from '../support/python.ts';

const folder = mkdtempSync(join(tmpdir(), 'tirage-series-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const save = (text: string) => {
  const path = join(folder, `${files++}.ndjson`);
  writeFileSync(path, text);
  return path;
};
const now = '2999-01-01T00:00:00Z';
const leafLine = (leaf: SeriesLeaf) => {
  const at = '2026-11-02T00:00:00Z';
  const since = leaf.kind === 'credited' ? { since: '2020-01-01' } : {};
  return `${jcs({ ...leaf, ...since, at })}\n`;
};
/** What the second verifier says to each list of arguments, in one run of Python. */
const python = (asked: readonly (readonly string[])[]) => {
  const { stdout, stderr } = spawnSync('python3', ['test/support/verify_batch.py'], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout === '') throw new Error(`python3 failed: ${stderr}`);
  const answers: [number, string, string][] = JSON.parse(stdout);
  return answers.map(([exitCode, out, err]) => ({ exitCode, out, err }));
};

/** A series as files, in no order, with its register. */
function saved(draws: readonly PlayedDraw[], leaves: readonly SeriesLeaf[]): string[] {
  const register = save(leaves.map(leafLine).join(''));
  const records = draws.map((draw) => save(linesOf(draw).join('')));
  return ['--now', now, '--register', register, '--series', ...records.reverse()];
}

const numbers = fc.array(fc.nat(), { minLength: 40, maxLength: 200 });
const [chosen = []] = fc.sample(numbers, { numRuns: 1, seed: 7 });
const { draws, leaves } = playSeries(chosen);

describe('--series', () => {
  test('verifies each record and what follows from draw to draw, whatever the order of files', async () => {
    const { exitCode, out } = await runVerify(saved(draws, leaves));
    expect(exitCode).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[2])).toEqual(['d0', 'd1', 'd2', 'd3', '4']);
    expect(lines[4]).toMatch(
      /^series of 4 records: what 3 draws say .* carried: \d, credited: \d;/,
    );
  });

  test('leaves void draws out, whether they have an outcome or not', async () => {
    const [first, ...others] = draws;
    if (!first) throw new Error('a series has draws');
    const last = linesOf(first).at(-1) ?? '';
    const { at } = JSON.parse(last);
    const isVoid = `${linesOf({
      example: drawAt('d-void', first.example.manifest.frozenAt, {
        entries: [{ id: 'x', requestType: 'AES', missed: 9 }],
        slots: first.example.slots,
        rules: {},
      }),
      events: [{ at, event: { type: 'void' } }],
    }).join('')}`;
    const args = [...saved([first, ...others], leaves), save(isVoid), save(voidEarly(10).join(''))];
    const { exitCode, out } = await runVerify(args);
    expect(exitCode).toBe(0);
    expect(out).toContain('series of 6 records, 2 void and left out:');
    if (hasPython) expect(python([args])).toMatchObject([{ exitCode: 0 }]);
  });

  test('names a new entry with misses where no register explains them', async () => {
    const records = draws.map((draw) => save(linesOf(draw).join('')));
    const without = await runVerify(['--series', '--now', now, ...records]);
    expect(without).toMatchObject({ exitCode: 1 });
    expect(without.err).toMatch(/^series: draw d\d, entry \S+: is new, and missed is \d+ without/);
  });

  test('takes the first draw of v2 after v1 as it stands', async () => {
    const first = save(recordOf(vector('one-of-three')).join(''));
    const later = drawAt('later', '2026-01-01T00:00:00Z', {
      entries: [{ id: 'z', requestType: 'AES', missed: 5, owed: true }],
      slots: [],
      rules: {},
    });
    const args = ['--series', '--now', now, first, save(recordOf(later).join(''))];
    const { exitCode, out } = await runVerify(args);
    expect({ exitCode, told: out.includes('1 of lottery/v1') }).toEqual({
      exitCode: 0,
      told: true,
    });
    if (hasPython) expect(python([args])).toMatchObject([{ exitCode: 0 }]);
  });

  test.each<[string, () => string[], number, string]>([
    ['no file', () => ['--series'], 2, 'usage'],
    ['standard input', () => ['--series', '-'], 2, ''],
    ['two records of one draw', () => ['--series', ...twice()], 2, ''],
    ['no record', () => ['--series', save('x\n')], 2, ''],
    ['an empty file', () => ['--series', save('')], 2, ''],
    [
      'a file without a manifest',
      () => ['--series', save(recordOf(vector('one-of-three')).slice(1).join(''))],
      1,
      '',
    ],
    ['a missing file', () => ['--series', join(folder, 'nowhere')], 2, ''],
    [
      'a malformed leaf',
      () => [
        ...saved(draws, []).slice(0, 2),
        '--register',
        save('{"kind":"carried"}\n'),
        '--series',
        ...twice().slice(1),
      ],
      2,
      '',
    ],
    ['two prefectures', () => ['--series', ...prefectures()], 2, ''],
  ])('refuses %s, in one line', async (_title, args, code, words) => {
    const given = args();
    const answer = await runVerify(given);
    expect(answer).toMatchObject({ exitCode: code, out: '' });
    expect(answer.err).toMatch(/^[^\n]+\n$/);
    expect(answer.err).toContain(words);
    if (hasPython) {
      const err = expect.stringMatching(/^[^\n]+\n$/);
      expect(python([given])).toMatchObject([{ exitCode: code, err }]);
    }
  });

  test('goes with no other option', async () => {
    const [record = ''] = twice();
    expect(await runVerify(['--series', record, '--entry', 'a'])).toMatchObject({ exitCode: 2 });
  });
});

function twice(): string[] {
  return [1, 2].map(() => save(recordOf(vector('v2-plain')).join('')));
}

function prefectures(): string[] {
  const text = recordOf(vector('v2-plain')).join('');
  return [save(text), save(text.replace('"prefecture":"92"', '"prefecture":"75"'))];
}

test.skipIf(!hasPython)(
  'both verifiers agree on series, right and wrong, to the entry',
  async () => {
    const asked = fc
      .sample(fc.tuple(numbers, fc.nat(), fc.nat()), 60)
      .map(([numbersOf, which, how]) => {
        const played = playSeries(numbersOf, 3);
        const at = which % played.draws.length;
        const wrong = played.draws.with(at, changed(played.draws[at], how));
        const series = how % 4 === 0 ? played.draws : wrong;
        return saved(series, how % 5 === 0 ? played.leaves.slice(1) : played.leaves);
      });
    const place = (err: string) => /^series: draw \S+, entry \S+:/.exec(err)?.[0];
    const met = { right: 0, wrong: 0 };
    for (const [index, theirs] of python(asked).entries()) {
      const ours = await runVerify(asked[index] ?? []);
      expect([theirs.exitCode, place(theirs.err)]).toEqual([ours.exitCode, place(ours.err)]);
      if (ours.exitCode === 0) met.right += 1;
      else met.wrong += 1;
    }
    expect(Math.min(met.right, met.wrong)).toBeGreaterThan(5);
  },
);

/** The same draw with one entry that says something else; its events fall away. */
function changed(draw: PlayedDraw | undefined, how: number): PlayedDraw {
  if (!draw) throw new Error('a series has draws');
  const { manifest, entries, slots } = draw.example;
  const one = entries[how % entries.length] as Entry; // there are some
  const { owed: _owed, resting: _resting, ...rest } = one;
  const other: Entry =
    how % 3 === 0
      ? rest
      : how % 3 === 1
        ? { ...one, missed: one.missed + 1 }
        : { ...one, owed: true };
  const pool = { entries: entries.map((entry) => (entry === one ? other : entry)), slots };
  const example = drawAt(manifest.draw, manifest.frozenAt, { ...pool, rules: manifest.rules });
  return { example, events: [] };
}
