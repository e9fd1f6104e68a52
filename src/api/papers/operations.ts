import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { Identifier } from '../http/schemas.ts';
import { CertificateList, CertificateQuery } from './schemas.ts';

/** Why a helper may not act for an entry. */
export const mandateRefusals = [
  'helper_not_found',
  'mandate_not_found',
  'mandate_expired',
] as const;

const tag = 'Applicants';
const params = z.strictObject({ entryId: Identifier });
/** The person, or an agent who prints it for them. */
const access = { agent: 'readEntries', orEntry: true } as const;

export const readReceiptPaper = operation({
  id: 'readReceiptPaper',
  method: 'get',
  path: '/entries/{entryId}/receipt.pdf',
  tag,
  summary: 'The signed receipt of an entry, to be printed',
  description:
    'A sealed, tagged PDF in French and English, without name or contact; its QR code holds the ' +
    'signed receipt.',
  access,
  isCostly: true,
  params,
  answers: {
    200: { description: 'The receipt.', schema: z.string(), type: 'application/pdf' },
  },
  refusals: ['entry_not_found'],
});

/** Why there is no certificate. */
export const certificateRefusals = [
  'entry_not_found',
  'draw_not_found',
  'participation_not_found',
  'place_offered',
  'certificate_unavailable',
] as const;

export const listCertificates = operation({
  id: 'listCertificates',
  method: 'get',
  path: '/entries/{entryId}/certificates',
  tag,
  summary: 'The draws that an entry took part in, and which of them can be certified',
  description: 'The latest draws that were frozen while the entry waited, the latest first.',
  access,
  params,
  answers: { 200: { description: 'The draws.', schema: CertificateList } },
  refusals: ['entry_not_found'],
});

export const readCertificate = operation({
  id: 'readCertificate',
  method: 'get',
  path: '/entries/{entryId}/certificate',
  tag,
  summary: 'A certificate of participation without a place',
  description:
    'A compact JWS (Ed25519), without name: the draws in which the entry took part and was offered ' +
    'no place, their ISO weeks, its rank, how many waited for how many places. Without `draw`: ' +
    'one that sums up all of them; a void draw is named as such, and does not count. Check it at ' +
    '/v1/certificates/verify, or offline with the verifier.',
  access,
  params,
  query: CertificateQuery.omit({ name: true }),
  answers: {
    200: { description: 'The certificate.', schema: z.string(), type: 'application/jwt' },
  },
  refusals: certificateRefusals,
});

export const readCertificatePaper = operation({
  id: 'readCertificatePaper',
  method: 'get',
  path: '/entries/{entryId}/certificate.pdf',
  tag,
  summary: 'The same certificate, to be printed',
  description:
    'A sealed, tagged PDF in French and English; its QR codes hold the signed certificate, three ' +
    'draws each. The name is printed only if the person asks for it.',
  access,
  isCostly: true,
  params,
  query: CertificateQuery,
  answers: {
    200: { description: 'The certificate.', schema: z.string(), type: 'application/pdf' },
  },
  refusals: [...certificateRefusals, 'role_insufficient'],
});

export const printReceiptByMandate = operation({
  id: 'printReceiptByMandate',
  method: 'get',
  path: '/helper-entries/{entryId}/receipt.pdf',
  tag: 'Helpers',
  summary: 'The signed receipt of an entry, to be printed by its helper',
  access: { agent: 'helpPeople' },
  isCostly: true,
  params,
  answers: {
    200: { description: 'The receipt.', schema: z.string(), type: 'application/pdf' },
  },
  refusals: [...mandateRefusals, 'entry_not_found'],
});

export const printCertificateByMandate = operation({
  id: 'printCertificateByMandate',
  method: 'get',
  path: '/helper-entries/{entryId}/certificate.pdf',
  tag: 'Helpers',
  summary: 'The certificate of participation of an entry, to be printed by its helper',
  description: 'As the person prints it; with `name=true` the name of the person stands on it.',
  access: { agent: 'helpPeople' },
  isCostly: true,
  params,
  query: CertificateQuery,
  answers: {
    200: { description: 'The certificate.', schema: z.string(), type: 'application/pdf' },
  },
  refusals: [...mandateRefusals, ...certificateRefusals],
});
