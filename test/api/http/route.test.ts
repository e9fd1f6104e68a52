import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { isRoute, type RefusalOf, route } from '#src/api/http/route.ts';

const Note = z.strictObject({ id: z.string(), parts: z.array(z.string()).optional() });
const base = {
  id: 'readNote',
  get: '/notes/{noteId}',
  tag: 'Public',
  summary: 'A note',
  access: 'public',
  params: z.strictObject({ noteId: z.string() }),
} as const;
const answers = {
  200: { description: 'The note.', schema: Note },
  204: { description: 'There is none.' },
} as const;

test('a route is an operation with what it does', () => {
  const made = route({
    ...base,
    answers,
    refusals: ['entry_not_found', 'flag_settled'],
    async run({ params }) {
      expectTypeOf(params).toEqualTypeOf<{ noteId: string }>();
      if (params.noteId === '') return { status: 204 };
      return { status: 200, body: { id: params.noteId } };
    },
  });
  expectTypeOf<RefusalOf<typeof made>>().toEqualTypeOf<'entry_not_found' | 'flag_settled'>();
  expect(made).toMatchObject({ method: 'get', path: '/notes/{noteId}', id: 'readNote' });
  expect(isRoute(made)).toBe(true);
});

test('another body, or a status that is not declared, does not compile', () => {
  // @ts-expect-error: the member is not one of the answer
  route({ ...base, answers, run: async () => ({ status: 200, body: { name: 'x' } }) });
  // @ts-expect-error: the body is missing
  route({ ...base, answers, run: async () => ({ status: 200 }) });
  // @ts-expect-error: this answer has no body
  route({ ...base, answers, run: async () => ({ status: 204, body: { id: 'x' } }) });
  // @ts-expect-error: the status is not declared
  route({ ...base, answers, run: async () => ({ status: 201, body: { id: 'x' } }) });
  // @ts-expect-error: the tag is not one of those documented
  route({ ...base, tag: 'Notes', answers, run: async () => ({ status: 204 }) });
  // @ts-expect-error: the code is not one of those that exist
  route({ ...base, answers, refusals: ['note_lost'], run: async () => ({ status: 204 }) });
  route({ ...base, answers, run: async () => ({ status: 200, body: { id: 'x', parts: ['y'] } }) });
});

test('a member that the answer does not declare does not compile, at any depth', () => {
  const Notes = z.strictObject({ notes: z.array(Note), bag: z.record(z.string(), z.number()) });
  const list = { 200: { description: 'The notes.', schema: Notes } } as const;
  const stored = { id: 'x', secret: 'y' };
  // @ts-expect-error: the member is not one of the answer
  route({ ...base, answers, run: async () => ({ status: 200, body: { id: 'x', extra: 1 } }) });
  // @ts-expect-error: a record that is spread has more than the answer
  route({ ...base, answers, run: async () => ({ status: 200, body: { ...stored } }) });
  route({
    ...base,
    answers,
    // @ts-expect-error: one of two answers has more than is declared
    async run({ params }) {
      if (params.noteId === '') return { status: 204 };
      return { status: 200, body: stored };
    },
  });
  const bag = { any: 1 };
  const tooMuch = { notes: [stored], bag };
  // @ts-expect-error: an item of a list has more than is declared
  route({ ...base, answers: list, run: async () => ({ status: 200, body: tooMuch }) });
  const notes = [{ id: 'x' }];
  route({ ...base, answers: list, run: async () => ({ status: 200, body: { notes, bag } }) });
});

test('a route without a path is refused', () => {
  const { get: _none, ...rest } = base;
  const declared = { ...rest, answers, run: async () => ({ status: 204 as const }) };
  // @ts-expect-error: no method has a path
  expect(() => route(declared)).toThrow('readNote has no path');
});
