import { z } from 'zod';
import { CAUSES } from '../../allocator/types.ts';
import { Document, PersonName } from '../../identity/person/person.ts';

export const AttendanceInput = z
  .strictObject({
    attended: z.boolean().meta({ description: 'Whether somebody came.' }),
    document: Document.exactOptional().meta({
      description: 'As it was shown. Any that the person joined with will do.',
    }),
    name: PersonName.exactOptional().meta({
      description: 'As the person says it, who has no document.',
    }),
    reason: z.string().trim().min(3).max(500).exactOptional().meta({
      description: 'Why no document was compared: lost, stolen, renewed since. No personal data.',
    }),
  })
  .refine(({ attended, document }) => attended || document === undefined, {
    path: ['document'],
    message: 'is for somebody who came',
  })
  .refine(({ attended, document, reason }) => !attended || (document ?? reason) !== undefined, {
    path: ['document'],
    message: 'is needed, or a reason why none was compared',
  })
  .refine(({ document, name }) => document?.kind !== 'none' || name !== undefined, {
    path: ['name'],
    message: 'is needed for a person without a document',
  })
  .meta({ id: 'AttendanceInput' });

export const RevocationInput = z
  .strictObject({
    cause: z.enum(CAUSES).meta({
      description: 'Public in the record, where nobody is named, and told to the person.',
    }),
  })
  .meta({ id: 'RevocationInput' });
