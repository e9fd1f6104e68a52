import { z } from 'zod';
import { setAvailability } from '../../usecases/entries/availability.ts';
import { needEntry, withdrawEntry } from '../../usecases/entries/hands.ts';
import { joinPerson } from '../../usecases/entries/join.ts';
import { requestLinks } from '../../usecases/entries/links.ts';
import { signReceipt } from '../../usecases/entries/receipt.ts';
import { sendNewCode, verifyEntry } from '../../usecases/entries/verify.ts';
import { route } from '../http/route.ts';
import { IdempotencyKey, Identifier, instant, ProofOfWork } from '../http/schemas.ts';
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
import { joinedView } from './view.ts';
import { viewOf } from './view-entry.ts';

const tag = 'Applicants';
const params = z.strictObject({ entryId: Identifier });

/** The busiest route. */
export const join = route({
  id: 'join',
  post: '/entries',
  tag,
  summary: 'Join the waitlist of a request type',
  description:
    'One entry per person and request type, whichever documents they give. People of a household who ' +
    'come together make one entry (`others`): a party. A code is sent to the ' +
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
    'entry_not_found',
    'idempotency_mismatch',
    'member_repeated',
    'party_too_large',
    'request_type_unknown',
    'site_unknown',
    'document_refused',
    'work_missing',
    'work_invalid',
    'work_expired',
    'work_spent',
    'work_light',
  ],
  async run({ prefecture, headers, body, nowMs, client }, deps) {
    const { 'Idempotency-Key': idempotencyKey, 'Proof-Of-Work': solution = '' } = headers;
    const joining = { client, prefecture, application: body, idempotencyKey, solution, nowMs };
    const joined = await joinPerson(deps, joining);
    const answer = { status: 201, body: joinedView(prefecture.id, joined) } as const;
    return joined.isReplayed ? { ...answer, headers: { 'Idempotency-Replayed': 'true' } } : answer;
  },
});

export const verify = route({
  id: 'verify',
  post: '/entries/{entryId}/verification',
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
  async run({ prefecture, params: { entryId }, body, nowMs }, deps) {
    const entry = await verifyEntry(deps, prefecture, entryId, { code: body.code, nowMs });
    const receipt = signReceipt(deps.signer, prefecture.id, entry);
    return { status: 200, body: { id: entry.id, state: entry.state, receipt } };
  },
});

export const resendCode = route({
  id: 'resendCode',
  post: '/entries/{entryId}/verification/resend',
  tag,
  summary: 'Send a new code',
  description: 'The code sent before is void from now on.',
  access: 'entry',
  params,
  answers: { 202: { description: 'A new code is on its way.', schema: CodeSent } },
  refusals: ['entry_not_found', 'entry_settled'],
  async run({ prefecture, params: { entryId }, nowMs }, deps) {
    const expiresAtMs = await sendNewCode(deps, prefecture, entryId, nowMs);
    return { status: 202, body: { id: entryId, expiresAt: instant(expiresAtMs) } };
  },
});

export const requestLink = route({
  id: 'requestLink',
  post: '/link-requests',
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
  async run({ prefecture, headers, body, nowMs, client }, deps) {
    const { 'Proof-Of-Work': solution = '' } = headers;
    const { address } = client;
    const asking = { prefecture, address, contact: body, solution, nowMs };
    const sendLinks = await requestLinks(deps, asking);
    return { status: 202, afterwards: sendLinks };
  },
});

export const readEntry = route({
  id: 'readEntry',
  get: '/entries/{entryId}',
  tag,
  summary: 'See an entry, and the offer or appointment it holds',
  access: 'entry',
  params,
  answers: { 200: { description: 'The entry.', schema: EntryView } },
  refusals: ['entry_not_found'],
  async run({ prefecture, params: { entryId }, nowMs }, deps) {
    const entry = await needEntry(deps, prefecture.id, entryId);
    return { status: 200, body: await viewOf(deps, deps.overviews, prefecture, entry, nowMs) };
  },
});

export const readReceipt = route({
  id: 'readReceipt',
  get: '/entries/{entryId}/receipt',
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
  async run({ prefecture, params: { entryId } }, deps) {
    const entry = await needEntry(deps, prefecture.id, entryId);
    return { status: 200, body: signReceipt(deps.signer, prefecture.id, entry) };
  },
});

export const changeAvailability = route({
  id: 'changeAvailability',
  patch: '/entries/{entryId}',
  tag,
  summary: 'Change where and when the person can come',
  description: 'Nothing else can be changed, the name least of all: places would be sold.',
  access: 'entry',
  params,
  body: AvailabilityChange,
  answers: { 200: { description: 'The entry as it is now.', schema: ChangedEntry } },
  refusals: ['entry_not_found', 'entry_settled', 'site_unknown', 'request_type_unknown'],
  async run({ prefecture, params: { entryId }, body, nowMs }, deps) {
    const accepts = body.accepts ?? undefined;
    const changed = await setAvailability(deps, prefecture, entryId, accepts, nowMs);
    const receipt = signReceipt(deps.signer, prefecture.id, changed);
    const view = await viewOf(deps, deps.overviews, prefecture, changed, nowMs);
    return { status: 200, body: { ...view, receipt } };
  },
});

export const withdraw = route({
  id: 'withdraw',
  delete: '/entries/{entryId}',
  tag,
  summary: 'Leave the waitlist',
  description: 'A place that the entry holds is freed. Repeating it changes nothing.',
  access: 'entry',
  params,
  answers: { 204: { description: 'The entry has left.' } },
  refusals: ['entry_not_found', 'entry_settled'],
  async run({ prefecture, params: { entryId }, nowMs }, deps) {
    await withdrawEntry(deps, prefecture, entryId, nowMs);
    return { status: 204 };
  },
});
