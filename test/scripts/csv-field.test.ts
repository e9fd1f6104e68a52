import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contractField, csvField } from '../../scripts/simulate/csv-field.ts';

test('figures and names stand as they are', () => {
  const names = ['lottery+ageing', 'AES', 'Hauts-de-Seine', 'B.c', 'Préfecture : nord', 'x = 1'];
  for (const plain of ['', '0.25', '-0.5', '-1e-7', '1e21', ...names]) {
    expect(csvField(plain)).toBe(plain);
  }
  expect(csvField('a "b", c')).toBe('"a ""b"", c"');
});

test('a request type that begins with a dash stands as it is, as the contract says', () => {
  expect(contractField('-A1')).toBe('-A1');
  expect(contractField('-A1 ')).toBe(csvField('-A1 '));
  expect(contractField('=A1')).not.toBe('=A1');
});

test('no name of a scenario begins a formula, and none is lost', () => {
  const starts = fc.constantFrom(
    '=1+1',
    '+A1',
    '-A1',
    '@SUM(A1)',
    '＝1',
    '\t=1',
    ' =1',
    '-1-cmd|x',
  );
  fc.assert(
    fc.property(fc.oneof(starts, fc.string()), fc.oneof(starts, fc.string()), (one, two) => {
      const line = `${[one, two].map(csvField).join()}\r\n`;
      const [cells = []] = parse(line, { record_delimiter: '\r\n' });
      for (const [index, given] of [one, two].entries()) {
        const cell = String(cells[index]);
        const isNumber = Number.isFinite(Number(cell));
        if (!isNumber) expect(cell.replace(/^[\s"]+/, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
        expect(cell.replaceAll("'", '')).toBe(given.replaceAll("'", ''));
      }
    }),
    { seed: 4, numRuns: 500 },
  );
});
