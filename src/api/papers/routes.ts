import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { certifiableDraws, certify, signCertificate } from '../../usecases/certificates/certify.ts';
import { printCertificate } from '../../usecases/certificates/print.ts';
import { printReceipt } from '../../usecases/certificates/print-receipt.ts';
import type { PrintedPaper } from '../../usecases/certificates/printed.ts';
import { needEntry } from '../../usecases/entries/hands.ts';
import { entryByMandate } from '../../usecases/helpers/mandate.ts';
import { entropyNote } from '../draws/notes.ts';
import { mandateRefusals } from '../helpers/refusals.ts';
import { attachment } from '../http/headers.ts';
import { route } from '../http/route.ts';
import { Identifier } from '../http/schemas.ts';
import { certificateRefusals } from './refusals.ts';
import { CertificateList, CertificateQuery } from './schemas.ts';
import { certificateLine } from './view.ts';

const tag = 'Applicants';
const params = z.strictObject({ entryId: Identifier });
/** The person, or an agent who prints it for them. */
const access = { agent: 'readEntries', orEntry: true } as const;
const receiptPdf = {
  description: 'The receipt.',
  schema: z.string(),
  type: 'application/pdf',
} as const;
const certificatePdf = {
  description: 'The certificate.',
  schema: z.string(),
  type: 'application/pdf',
} as const;

export const readReceiptPaper = route({
  id: 'readReceiptPaper',
  get: '/entries/{entryId}/receipt.pdf',
  tag,
  summary: 'The signed receipt of an entry, to be printed',
  description:
    'A sealed, tagged PDF in every language, without name or contact; its QR code holds the ' +
    'signed receipt.',
  access,
  isCostly: true,
  params,
  answers: { 200: receiptPdf },
  refusals: ['entry_not_found'],
  async run({ prefecture, params: { entryId }, nowMs }, deps) {
    const entry = await needEntry(deps, prefecture.id, entryId);
    return paperReply(await printReceipt(deps, prefecture, entry, nowMs));
  },
});

export const listCertificates = route({
  id: 'listCertificates',
  get: '/entries/{entryId}/certificates',
  tag,
  summary: 'The draws that an entry took part in, and which of them can be certified',
  description: 'The latest draws that were frozen while the entry waited, the latest first.',
  access,
  params,
  answers: { 200: { description: 'The draws.', schema: CertificateList } },
  refusals: ['entry_not_found'],
  async run({ prefecture, params: { entryId } }, deps) {
    const entry = await needEntry(deps, prefecture.id, entryId);
    const { attempts, draws } = await certifiableDraws(deps, prefecture, entry);
    return { status: 200, body: { entry: entry.id, attempts, draws: draws.map(certificateLine) } };
  },
});

export const readCertificate = route({
  id: 'readCertificate',
  get: '/entries/{entryId}/certificate',
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
  async run({ prefecture, params: { entryId }, query: { draw }, nowMs }, deps) {
    const entry = await needEntry(deps, prefecture.id, entryId);
    const claims = await certify(deps, prefecture, entry, { draw, nowMs });
    return { status: 200, body: signCertificate(deps, claims) };
  },
});

export const readCertificatePaper = route({
  id: 'readCertificatePaper',
  get: '/entries/{entryId}/certificate.pdf',
  tag,
  summary: 'The same certificate, to be printed',
  description:
    'A sealed, tagged PDF in every language; its QR codes hold the signed certificate, three ' +
    'draws each. The name is printed only if the person asks for it.',
  access,
  isCostly: true,
  params,
  query: CertificateQuery,
  answers: { 200: certificatePdf },
  refusals: [...certificateRefusals, 'role_insufficient'],
  async run({ prefecture, params: { entryId }, query, nowMs, isAgent }, deps) {
    const isNamed = query.name === 'true';
    // Agents see no names anywhere else either.
    if (isNamed && isAgent) {
      throw new DomainError(
        'role_insufficient',
        'only the person may have the name printed',
        'name',
      );
    }
    const entry = await needEntry(deps, prefecture.id, entryId);
    const asked = { entry, draw: query.draw, isNamed, nowMs, weakerNote: entropyNote('weaker') };
    return paperReply(await printCertificate(deps, prefecture, asked));
  },
});

export const printReceiptByMandate = route({
  id: 'printReceiptByMandate',
  get: '/helper-entries/{entryId}/receipt.pdf',
  tag: 'Helpers',
  summary: 'The signed receipt of an entry, to be printed by its helper',
  access: { agent: 'helpPeople' },
  isCostly: true,
  params,
  answers: { 200: receiptPdf },
  refusals: [...mandateRefusals, 'entry_not_found'],
  async run({ prefecture, params: { entryId }, nowMs, agent }, deps) {
    const by = { entry: entryId, agent: agent(), nowMs };
    const entry = await entryByMandate(deps, prefecture, by);
    return paperReply(await printReceipt(deps, prefecture, entry, nowMs));
  },
});

export const printCertificateByMandate = route({
  id: 'printCertificateByMandate',
  get: '/helper-entries/{entryId}/certificate.pdf',
  tag: 'Helpers',
  summary: 'The certificate of participation of an entry, to be printed by its helper',
  description: 'As the person prints it; with `name=true` the name of the person stands on it.',
  access: { agent: 'helpPeople' },
  isCostly: true,
  params,
  query: CertificateQuery,
  answers: { 200: certificatePdf },
  refusals: [...mandateRefusals, ...certificateRefusals],
  async run({ prefecture, params: { entryId }, query: { draw, name }, nowMs, agent }, deps) {
    const by = { entry: entryId, agent: agent(), nowMs };
    const entry = await entryByMandate(deps, prefecture, by);
    const isNamed = name === 'true';
    const asked = { entry, draw, isNamed, nowMs, weakerNote: entropyNote('weaker') };
    return paperReply(await printCertificate(deps, prefecture, asked));
  },
});

/** A PDF about a person: to be kept by its reader alone. */
function paperReply({ name, pdf }: PrintedPaper) {
  return { status: 200, headers: attachment(name), body: pdf } as const;
}
