import { z } from 'zod';
import { Document, PersonName } from '../../identity/person/person.ts';

/** What shows that the person of an entry agrees to what somebody does for them. */
export const Proof = z
  .strictObject({
    document: Document.refine(({ kind }) => kind !== 'none', {
      path: ['kind'],
      message: 'must be a document: without one there is the call code',
    })
      .exactOptional()
      .meta({ description: 'One that the person joined with, as it was shown.' }),
    callCode: z
      .string()
      .regex(/^\d{6}$/, 'must be six digits')
      .exactOptional()
      .meta({
        description: 'In the welcome message or letter, and on the page of the person.',
      }),
    name: PersonName.exactOptional().meta({ description: 'As it stands in the document.' }),
  })
  .refine(
    ({ document, callCode }) => (document === undefined) !== (callCode === undefined),
    'needs a document that was shown, or else the call code',
  )
  .meta({ id: 'Proof', description: 'After five wrong ones in a day none is looked at.' });
