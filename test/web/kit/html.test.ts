import { expect, test } from 'vitest';
import { fact } from '#src/web/kit/fact.ts';
import { html, htmlText } from '#src/web/kit/html.ts';

test('a text takes HTML in places of its arguments, in its own order, and is escaped itself', () => {
  const parts = { one: html`<b>1</b>`, two: '<2>' };
  const made = htmlText(parts, ({ one, two }) => `${two} & ${one}, ${one}`);
  expect(made.text).toBe('&lt;2&gt; &amp; <b>1</b>, <b>1</b>');
});

test('a mark that somebody typed brings in nothing but a part', () => {
  const made = htmlText({ one: '\uE0000\uE001' }, ({ one }) => `${one} \uE0007\uE001`);
  expect(made.text).toBe('\uE0000\uE001 ');
});

test('a fact has the colon as its language sets it', () => {
  const value = html`<code>x</code>`;
  expect(fact('fr', 'Numéro', value).text).toBe('Numéro : <code>x</code>');
  expect(fact('en', 'Number', value).text).toBe('Number: <code>x</code>');
});
