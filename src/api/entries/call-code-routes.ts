import { z } from 'zod';
import { needEntry } from '../../usecases/entries/hands.ts';
import { changeCallCode as change } from '../../usecases/entries/proof.ts';
import { route } from '../http/route.ts';
import { Identifier } from '../http/schemas.ts';

// The code by which a person shows, on the telephone or without a document, that an entry is theirs.

const tag = 'Applicants';
const params = z.strictObject({ entryId: Identifier });
const CallCode = z
  .strictObject({ callCode: z.string().regex(/^\d{6}$/) })
  .meta({ id: 'CallCode', description: 'Six digits. Never on receipts or certificates.' });

export const readCallCode = route({
  id: 'readCallCode',
  get: '/entries/{entryId}/call-code',
  tag,
  summary: 'The call code of an entry',
  description:
    'An agent or helper asks for it, or for a document, before answering for the person. Nobody who ' +
    'acts for them is shown it.',
  access: 'entry',
  params,
  answers: { 200: { description: 'The code.', schema: CallCode } },
  refusals: ['entry_not_found'],
  async run({ prefecture: { id }, params: { entryId } }, deps) {
    const { callRound = 0 } = await needEntry(deps, id, entryId);
    return { status: 200, body: { callCode: deps.tokens.callCode(id, entryId, callRound) } };
  },
});

export const changeCallCode = route({
  id: 'changeCallCode',
  post: '/entries/{entryId}/call-code',
  tag,
  summary: 'Change the call code of an entry',
  description: 'The one before is void from now on.',
  access: 'entry',
  params,
  answers: { 200: { description: 'The new code.', schema: CallCode } },
  refusals: ['entry_not_found'],
  async run({ prefecture: { id }, params: { entryId } }, deps) {
    return { status: 200, body: { callCode: await change(deps, id, entryId) } };
  },
});
