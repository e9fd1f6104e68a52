import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { route } from '#src/api/http/route.ts';
import { attempt, type Tells, tells } from '#src/api/http/told.ts';
import { DomainError, LimitReached } from '#src/base/errors.ts';

const accept = route({
  id: 'acceptNote',
  post: '/notes/{noteId}/accept',
  tag: 'Applicants',
  summary: 'Accept a note',
  access: 'public',
  params: z.strictObject({ noteId: z.string() }),
  answers: { 204: { description: 'Accepted.' } },
  refusals: ['offer_not_found', 'offer_settled'],
  run: async () => ({ status: 204 }),
});
const told = { requests_too_many: 'busy', offer_not_found: 'missing', offer_settled: 'late' };
const words = tells({ route: accept, told, bug: 'broken' });

const logged: unknown[] = [];
const logger = { error: (what: unknown) => void logged.push(what) };
const refuse = (error: unknown) => attempt(logger, words, () => Promise.reject(error));

test('a table that leaves a refusal out, or names another one, does not compile', () => {
  const { offer_settled: _late, ...fewer } = told;
  // @ts-expect-error: what is told of offer_settled is missing
  tells({ route: accept, told: fewer, bug: 'broken' });
  const { requests_too_many: _busy, ...unlimited } = told;
  // @ts-expect-error: what is told of who asks too often is missing
  tells({ route: accept, told: unlimited, bug: 'broken' });
  // @ts-expect-error: the route never refuses with this
  tells({ route: accept, told: { ...told, entry_settled: 'late' }, bug: 'broken' });
  // @ts-expect-error: what else may happen is not told
  tells({ route: accept, also: ['store_unavailable'], told, bug: 'broken' });
  const more = { ...told, store_unavailable: 'down' } as const;
  tells({ route: accept, also: ['store_unavailable'], told: more, bug: 'broken' });
  expectTypeOf(words).toEqualTypeOf<Tells<string>>();
});

test('each refusal is told by its own name, with its status', async () => {
  expect(await refuse(new DomainError('offer_settled', 'over'))).toMatchObject({
    refused: { status: 409, said: 'late', headers: {} },
  });
  expect(await refuse(new DomainError('offer_not_found', 'none'))).toMatchObject({
    refused: { status: 404, said: 'missing' },
  });
  expect(await refuse(new LimitReached('too many', 7))).toMatchObject({
    refused: { status: 429, said: 'busy', headers: { 'Retry-After': 7 } },
  });
  expect(await attempt(logger, words, async () => 'it')).toEqual({ done: 'it' });
});

test('a refusal that is not declared is a bug: logged, and told as nothing else', async () => {
  logged.length = 0;
  const { refused } = await refuse(new DomainError('entry_settled', 'gone: Ada Exemple'));
  expect(refused).toMatchObject({ status: 500, said: 'broken' });
  // What was refused in words may hold anything: only its code is logged.
  expect(logged).toEqual([{ code: 'entry_settled' }]);
});

test('what is no refusal is thrown on', async () => {
  await expect(refuse(new Error('bug'))).rejects.toThrow('bug');
  await expect(refuse(new Error('Connection is closed.'))).rejects.toThrow('Connection');
});
