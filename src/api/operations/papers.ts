import { z } from 'zod';
import { operation } from '../operation.ts';
import { Identifier } from '../schemas/common.ts';

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
  params,
  answers: {
    200: { description: 'The receipt.', schema: z.string(), type: 'application/pdf' },
  },
  refusals: ['entry_not_found'],
});
