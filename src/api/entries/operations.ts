import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { IdempotencyKey, Identifier, ProofOfWork } from '../http/schemas.ts';
import {
  AvailabilityChange,
  ChangedEntry,
  CodeSent,
  EntryView,
  Joined,
  JoinRequest,
  LinkRequest,
  Verification,
  Verified,
} from './schemas.ts';

const tag = 'Applicants';
const params = z.strictObject({ entryId: Identifier });

export const join = operation({
  id: 'join',
  method: 'post',
  path: '/entries',
  tag,
  summary: 'Join the waitlist of a request type',
  description:
    'One entry per person and request type, whichever documents they give. A code is sent to the ' +
    'contact; the entry waits once it was handed in. `Proof-Of-Work` is a solution of ' +
    '`GET challenge`; the same one does for a retry with its Idempotency-Key. The same ' +
    'Idempotency-Key with the same body gets the same answer for a day.',
  access: 'public',
  headers: z.object({
    'Idempotency-Key': IdempotencyKey.optional(),
    'Proof-Of-Work': ProofOfWork.optional(),
  }),
  body: JoinRequest,
  answers: { 201: { description: 'Joined. The code is on its way.', schema: Joined } },
  refusals: [
    'contact_exhausted',
    'document_unknown',
    'entry_duplicate',
    'idempotency_mismatch',
    'request_type_unknown',
    'site_unknown',
    'document_refused',
    'work_missing',
    'work_invalid',
    'work_expired',
    'work_spent',
  ],
});

export const verify = operation({
  id: 'verify',
  method: 'post',
  path: '/entries/{entryId}/verification',
  tag,
  summary: 'Hand in the code that was sent',
  description:
    'Five tries, a quarter of an hour. Handing in a right code again changes nothing. An entry that ' +
    'is unknown answers as one whose code is another.',
  access: 'public',
  params,
  body: Verification,
  answers: { 200: { description: 'The entry waits.', schema: Verified } },
  refusals: ['entry_settled', 'code_wrong', 'code_expired'],
});

export const resendCode = operation({
  id: 'resendCode',
  method: 'post',
  path: '/entries/{entryId}/verification/resend',
  tag,
  summary: 'Send a new code',
  description: 'The code sent before is void from now on.',
  access: 'entry',
  params,
  answers: { 202: { description: 'A new code is on its way.', schema: CodeSent } },
  refusals: ['entry_not_found', 'entry_settled'],
});

export const requestLink = operation({
  id: 'requestLink',
  method: 'post',
  path: '/link-requests',
  tag,
  summary: 'Have the link to an entry sent again',
  description:
    'Who lost the first messages has the address and the secret of their entries sent to the ' +
    'contact they gave, at most once an hour. The answer is the same whether there is one or not. ' +
    'Whoever has lost the contact too goes to the desk, with the document.',
  access: 'public',
  headers: z.object({ 'Proof-Of-Work': ProofOfWork.optional() }),
  body: LinkRequest,
  answers: { 202: { description: 'If this contact has an entry, a message is on its way.' } },
  refusals: ['work_missing', 'work_invalid', 'work_expired', 'work_spent'],
});

export const readEntry = operation({
  id: 'readEntry',
  method: 'get',
  path: '/entries/{entryId}',
  tag,
  summary: 'See an entry, and the offer or appointment it holds',
  access: 'entry',
  params,
  answers: { 200: { description: 'The entry.', schema: EntryView } },
  refusals: ['entry_not_found'],
});

export const readReceipt = operation({
  id: 'readReceipt',
  method: 'get',
  path: '/entries/{entryId}/receipt',
  tag,
  summary: 'The signed receipt of an entry',
  description:
    'A compact JWS (Ed25519) of the entry as it is now, without name or contact. Check it with ' +
    'the keys at /v1/keys, and against the record of a draw with the verifier.',
  access: 'entry',
  params,
  answers: {
    200: { description: 'The receipt.', schema: z.string(), type: 'application/jwt' },
  },
  refusals: ['entry_not_found'],
});

export const changeAvailability = operation({
  id: 'changeAvailability',
  method: 'patch',
  path: '/entries/{entryId}',
  tag,
  summary: 'Change where and when the person can come',
  description: 'Nothing else can be changed, the name least of all: places would be sold.',
  access: 'entry',
  params,
  body: AvailabilityChange,
  answers: { 200: { description: 'The entry as it is now.', schema: ChangedEntry } },
  refusals: ['entry_not_found', 'entry_settled', 'site_unknown'],
});

export const withdraw = operation({
  id: 'withdraw',
  method: 'delete',
  path: '/entries/{entryId}',
  tag,
  summary: 'Leave the waitlist',
  description: 'A place that the entry holds is freed. Repeating it changes nothing.',
  access: 'entry',
  params,
  answers: { 204: { description: 'The entry has left.' } },
  refusals: ['entry_not_found', 'entry_settled'],
});
