import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { renderReport } from '../../scripts/simulate/report.ts';
import { PSEUDO } from '../support/pseudo.ts';
import { reportInput } from './report-support.ts';

/** What a scenario or a file is called is the same in every language. */
const named = ['AES', 'VPF', 'small', 'scenario.json'];

test('in a language that nobody speaks, nothing of the report is left in French', async () => {
  const { document } = parseHTML(renderReport(await reportInput()));
  const section = document.querySelector(`section[lang=${PSEUDO}]`);
  expect(section?.getAttribute('dir')).toBe('rtl');
  const spoken = [...(section?.querySelectorAll('[aria-label]') ?? [])].map((element) =>
    element.getAttribute('aria-label'),
  );
  for (const code of section?.querySelectorAll('pre, style') ?? []) code.remove();
  const text = [section?.textContent, ...spoken].join(' ');
  const rest = named.reduce((less, name) => less.replaceAll(name, ' '), text);
  expect(text).toMatch(/[ǡęįø]/);
  expect(rest.match(/\p{L}*[A-Za-z]\p{L}*/gu) ?? []).toEqual([]);
});
