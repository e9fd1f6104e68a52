import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { serviceRoute } from '#src/api/http/service-route.ts';

const Note = z.strictObject({ id: z.string() });
const base = {
  id: 'readNote',
  get: '/notes',
  tag: 'Service',
  summary: 'A note',
  query: z.strictObject({ id: z.string() }),
  answers: { 200: { description: 'The note.', schema: Note } },
} as const;

test('a route of the service is its declaration with what it does', () => {
  const made = serviceRoute({
    ...base,
    refusals: { route_not_found: 'another name' },
    async run({ query }) {
      expectTypeOf(query).toEqualTypeOf<{ id: string }>();
      return { status: 200, body: query };
    },
  });
  expect(made).toMatchObject({ method: 'get', path: '/notes', id: 'readNote' });
});

test('another answer, tag or refusal than those that exist does not compile', () => {
  const run = async () => ({ status: 200 as const, body: { id: 'x' } });
  // @ts-expect-error: the member is not one of the answer
  serviceRoute({ ...base, run: async () => ({ status: 200, body: { id: 'x', extra: 1 } }) });
  // @ts-expect-error: the status is not declared
  serviceRoute({ ...base, run: async () => ({ status: 201, body: { id: 'x' } }) });
  // @ts-expect-error: the tag is not one of those documented
  serviceRoute({ ...base, tag: 'Notes', run });
  // @ts-expect-error: the code is not one of those that exist
  serviceRoute({ ...base, refusals: { note_lost: '' }, run });
  serviceRoute({ ...base, run });
});
