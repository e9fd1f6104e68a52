import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { retryOnConflict, retryTheRest } from '#src/store/core/retry.ts';

test('what others changed is tried again, until it is written', async () => {
  const words = ['conflict', 'conflict', 'written', 'never'] as const;
  let at = 0;
  expect(await retryOnConflict('it', async () => words[at++] ?? 'none')).toBe('written');
  expect(at).toBe(3);
});

test('what never stops changing is given up, by name, after so many attempts', async () => {
  let attempts = 0;
  const attempt = async () => {
    attempts += 1;
    return 'conflict' as const;
  };
  await expect(retryOnConflict('entry e1', attempt)).rejects.toThrow(
    /^entry e1 keeps changing: gave up after 20 attempts$/,
  );
  expect(attempts).toBe(20);
  await expect(retryOnConflict('entry e1', attempt, 3)).rejects.toThrow('after 3 attempts');
  expect(attempts).toBe(23);
});

test('an error ends it at once', async () => {
  let attempts = 0;
  const attempt = async () => {
    attempts += 1;
    throw new Error('refused');
  };
  await expect(retryOnConflict('it', attempt)).rejects.toThrow('refused');
  expect(attempts).toBe(1);
});

test('of many things only those that changed are tried again', async () => {
  const tried: number[][] = [];
  await retryTheRest('they', [1, 2, 3], async (left) => {
    tried.push([...left]);
    return left.slice(1);
  });
  expect(tried).toEqual([[1, 2, 3], [2, 3], [3]]);
  await retryTheRest('they', [], async () => expect.fail('there is nothing to try'));
  await expect(retryTheRest('they', [1], async (left) => left)).rejects.toThrow(
    'they keeps changing: gave up after 20 attempts',
  );
});

test('no loop of the store is without a bound', () => {
  const endless = globSync('src/store/**/*.ts').flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines
      .filter((line) => /\bfor \(;;\)|\bwhile \(|\bdo \{/.test(line))
      .map((line) => [file, line.trim()]);
  });
  expect(endless.sort()).toEqual([
    // At a free place, of which there is always one.
    [
      'src/store/check/fingerprints.ts',
      'while (this.#names[at] !== 0 && this.#names[at] !== key) at = (at + 1) & mask;',
    ],
    // Each round reads on, or ends it.
    ['src/store/check/records.ts', 'while (events.read < until) {'],
  ]);
});
