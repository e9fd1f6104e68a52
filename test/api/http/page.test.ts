import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { page } from '#src/api/http/page.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { exchange, useApi } from '../harness.ts';

const api = useApi();

const get = (path: string) => exchange(`${api.origin()}${path}`, 'GET', undefined, {});
const languageOf = async (path: string) => /<html lang="(\w+)">/.exec((await get(path)).text)?.[1];

describe('a page', () => {
  test('knows its prefecture where its address names one', () => {
    const base = { id: 'showNote', budget: 'read' } as const;
    const made = page({
      ...base,
      get: '/p/{prefecture}/notes/{noteId}',
      params: z.object({ noteId: z.string() }),
      async run({ prefecture, params, fields }) {
        expectTypeOf(prefecture).toEqualTypeOf<Prefecture>();
        expectTypeOf(params).toEqualTypeOf<{ noteId: string }>();
        expectTypeOf(fields).toEqualTypeOf<Record<string, never> | undefined>();
        return { status: 200, html: '' };
      },
    });
    expect(made).toMatchObject({ id: 'showNote', method: 'get', keepsForm: false });
    page({
      ...base,
      post: '/notes',
      async run({ prefecture }) {
        expectTypeOf(prefecture).toEqualTypeOf<undefined>();
        return { status: 200, html: '' };
      },
    });
    // @ts-expect-error: an answer is a page or a file
    page({ ...base, get: '/notes', run: async () => ({ status: 200 }) });
    const nowhere = { ...base, run: async () => ({ status: 200, html: '' }) };
    // @ts-expect-error: it has no address
    expect(() => page(nowhere)).toThrow('showNote has no path');
  });

  test('speaks the first of the languages, or the one that is asked for if there is one', async () => {
    expect(await languageOf('/p/92')).toBe('fr');
    expect(await languageOf('/p/92?lang=en')).toBe('en');
    expect(await languageOf('/p/92?lang=xx')).toBe('fr');
    expect(await languageOf('/p/92?lang=toString')).toBe('fr');
    expect(await languageOf('/p/92/join?lang=en')).toBe('en');
  });

  test('about a person is kept, listed and followed by nobody; one for everyone is', async () => {
    const mine = await get('/p/92/entries/abc');
    expect(mine.headers.get('cache-control')).toBe('no-store');
    expect(mine.headers.get('x-robots-tag')).toBe('noindex');
    expect(mine.headers.get('referrer-policy')).toBe('no-referrer');
    const all = await get('/p/92');
    expect(all.headers.get('cache-control')).toBe('public, max-age=10');
    expect(all.headers.get('x-robots-tag')).toBeNull();
    for (const { headers } of [mine, all]) {
      expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src");
    }
  });

  test('is not there where its address does not fit, and says so as a page', async () => {
    for (const path of ['/p/92/entries/a%20b', '/p/99', '/p/92/nothing']) {
      const { status, headers, text } = await get(path);
      expect([path, status, headers.get('content-type')]).toEqual([
        path,
        404,
        'text/html; charset=utf-8',
      ]);
      expect(text).toContain('Page introuvable');
    }
  });
});
