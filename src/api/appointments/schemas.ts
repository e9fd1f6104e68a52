import { z } from 'zod';
import { CAUSES, LARGEST_PARTY } from '../../allocator/types.ts';
import { BirthDate, Document, PersonName } from '../../identity/person/person.ts';

export const AttendanceInput = z
  .strictObject({
    attended: z.boolean().meta({ description: 'Whether somebody came.' }),
    document: Document.exactOptional().meta({
      description: 'As it was shown. Any that the person joined with will do.',
    }),
    name: PersonName.exactOptional().meta({
      description: 'As the person says it, who has no document.',
    }),
    others: z
      .array(
        z
          .strictObject({
            document: Document.exactOptional(),
            name: PersonName.exactOptional(),
            birthDate: BirthDate.exactOptional(),
          })
          .refine(
            ({ document, name, birthDate }) => (document ?? (name && birthDate)) !== undefined,
            {
              path: ['document'],
              message: 'is needed, or name and birth date of a child',
            },
          )
          .refine(({ document, name }) => document?.kind !== 'none' || name !== undefined, {
            path: ['name'],
            message: 'is needed for a person without a document',
          }),
      )
      .min(1)
      .max(LARGEST_PARTY - 1)
      .exactOptional()
      .meta({
        description:
          'The others of a party who came, each with a document; a child without one by name and ' +
          'birth date. Whoever is missing is counted, and is no absence of those who came.',
      }),
    reason: z.string().trim().min(3).max(500).exactOptional().meta({
      description: 'Why no document was compared: lost, stolen, renewed since. No personal data.',
    }),
  })
  .refine(({ attended, others }) => attended || others === undefined, {
    path: ['others'],
    message: 'are for people who came',
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
