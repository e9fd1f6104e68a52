import { describe, expect, expectTypeOf, test } from 'vitest';
import type { Arguments } from '#src/texts/arguments.ts';
import { createTexts } from '#src/texts/message.ts';

const area = {
  plain: 'L’appel',
  draws: '{count, plural, =0 {aucun tirage} one {# tirage} other {# tirages de {place}}}',
  state: 'C’est {done, select, true {fait} other {à faire}}.',
  steps: ['Un.', 'Deux, {name}.'],
} as const;
const text = createTexts<typeof area>(area, 'fr-FR');

describe('texts', () => {
  test('choose the plural of their language, and group its numbers', () => {
    const write = (count: number) => text('draws', { count, place: 'Nanterre' });
    expect([0, 1, 2, 12_345].map(write)).toEqual([
      'aucun tirage',
      '1 tirage',
      '2 tirages de Nanterre',
      '12\u202f345 tirages de Nanterre',
    ]);
  });

  test('choose by a word or a boolean', () => {
    expect(text('state', { done: true })).toBe('C’est fait.');
    expect(text('state', { done: false })).toBe('C’est à faire.');
  });

  test('write lists, each item with the same arguments', () => {
    expect(text.list('steps', { name: 'Ada' })).toEqual(['Un.', 'Deux, Ada.']);
  });

  test('set plain have straight quotes, and each value on one line', () => {
    const plain = createTexts<typeof area>(area, 'fr-FR', 'plain');
    expect(plain('plain')).toBe("L'appel");
    expect(plain('state', { done: '’' })).toBe("C'est à faire.");
    // What they are given keeps its own.
    expect(plain.list('steps', { name: 'l’Ada' })[1]).toBe('Deux, l’Ada.');
    expect(plain.list('steps', { name: 'A\n\u202eda ' })[1]).toBe('Deux, A da.');
  });

  test('what they are given is never read as a message', () => {
    expect(text.list('steps', { name: '{count} <b>' })[1]).toBe('Deux, {count} <b>.');
  });

  test('a key or an argument that is missing, unknown or of another type does not compile', () => {
    // @ts-expect-error: no such key
    expect(() => text('nothing')).toThrow('no text nothing');
    // @ts-expect-error: an argument is missing
    expect(() => text('draws', { count: 2 })).toThrow('place');
    // @ts-expect-error: the arguments are missing
    expect(() => text('state')).toThrow('done');
    // @ts-expect-error: no such argument
    expect(text('plain', { name: 'Ada' })).toBe('L’appel');
    // @ts-expect-error: a count is a number
    expect(text('draws', { count: '1', place: '' })).toBe('1 tirage');
    // @ts-expect-error: a list is no text
    expect(text('steps', { name: 'Ada' })).toBe('Un.');
  });

  test('arguments are found at any depth', () => {
    type Deep =
      'a {x} {n, plural, =0 {none {y}} one {# day} other {# {s, select, yes {of {z}} other {{v}}} d}} {w}.';
    expectTypeOf<Arguments<Deep>>().toEqualTypeOf<
      Readonly<{
        x: string | number;
        n: number;
        y: string | number;
        s: string | boolean;
        z: string | number;
        v: string | number;
        w: string | number;
      }>
    >();
  });
});
