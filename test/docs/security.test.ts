import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Row {
  readonly id: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
  readonly residual: readonly string[];
  /** Lines that are neither. */
  readonly odd: readonly string[];
}

const text = readFileSync('docs/security.md', 'utf8');

/** Each `### A1. …` of the document, with the list below it; an item may go on over more lines. */
const rows: Row[] = text
  .split(/^#{1,3} /m)
  .filter((part) => /^[A-Z]+\d+\. /.test(part))
  .map((part) => {
    const items = part
      .split(/^- /m)
      .slice(1)
      .map((item) => item.replaceAll(/\s+/g, ' ').trim());
    const tests = items
      .map((item) => /^test: `([^`]+)`: (.+)$/.exec(item))
      .filter((match) => match !== null)
      .map(([, file = '', title = '']) => ({ file, title }));
    return {
      id: part.slice(0, part.indexOf('.')),
      tests,
      residual: items.filter((item) => item.startsWith('residual: ')),
      odd: items.filter((item) => !/^(test: `[^`]+`: .|residual: .)/.test(item)),
    };
  });
const named = rows.flatMap(({ id, tests }) => tests.map((one) => ({ id, ...one })));

/** Whether a file has a test or a group of tests of that title. */
function hasTitle(file: string, title: string): boolean {
  const calls = ["'", '`', '"'].map((quote) => `(${quote}${title}${quote},`);
  const oneLine = readFileSync(file, 'utf8').replaceAll(/\(\s+/g, '(');
  return calls.some((call) => oneLine.includes(call));
}

describe('docs/security.md', () => {
  test('has a test or a plain word of what remains for each row', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const open = rows.filter(({ tests, residual }) => tests.length + residual.length === 0);
    expect(open.map(({ id }) => id)).toEqual([]);
    expect(rows.flatMap(({ id, odd }) => odd.map((item) => `${id}: ${item}`))).toEqual([]);
    // A list above the first row, or a test named in passing, would not be looked at.
    expect(text.match(/^- test: /gm)?.length).toBe(named.length);
  });

  test('names tests that exist', () => {
    expect(named.length).toBeGreaterThan(80);
    const missing = named.filter(({ file, title }) => !existsSync(file) || !hasTitle(file, title));
    expect(missing).toEqual([]);
  });

  test('is linked from the short page, which keeps no table of its own', () => {
    const short = readFileSync('SECURITY.md', 'utf8');
    expect(short).toContain('docs/security.md');
    for (const name of ['SEALING', 'IDENTITY', 'TOKEN', 'SIGNING']) {
      expect(short).toContain(`TIRAGE_${name}_KEYS`);
    }
  });
});
