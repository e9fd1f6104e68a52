import { z } from 'zod';
import { LARGEST_PARTY } from '../../allocator/types.ts';
import { Identifier } from '../http/schemas.ts';

const People = z.int().min(1).max(LARGEST_PARTY);
const Place = z
  .int()
  .min(0)
  .max(LARGEST_PARTY - 1);

/** Who comes together, as their person sees them. */
export const PartyView = z
  .strictObject({
    id: Identifier,
    people: People,
    members: z
      .array(
        z.strictObject({
          member: Place.meta({ description: '0 is the person whose contact it is.' }),
          name: z.string(),
          birthDate: z.iso.date().nullable(),
          documents: z.array(z.enum(['agdref', 'passport', 'consular', 'none'])),
        }),
      )
      .meta({ description: 'Documents by kind, without their numbers.' }),
    parting: Place.nullable().meta({
      description: 'Who goes on alone once the draw is over that may still offer a place.',
    }),
  })
  .meta({ id: 'Party' });

/** No names: agents and helpers get it, too. */
export const PartyChanged = z
  .strictObject({
    id: Identifier,
    people: People,
    receipt: z.string().meta({ description: 'The signed receipt of the entry as it is now.' }),
  })
  .meta({ id: 'PartyChanged' });

export const PartySplit = z
  .strictObject({
    id: Identifier,
    people: People.meta({ description: 'How many are left, or still there.' }),
    alone: z
      .strictObject({
        id: Identifier,
        token: z.string().optional().meta({
          description: 'The secret that manages the entry; to helpers it is not given.',
        }),
        receipt: z.string(),
      })
      .nullable()
      .meta({ description: 'The new entry. Null: it is made when the draw is over.' }),
  })
  .meta({ id: 'PartySplit' });

const member = z.coerce
  .number()
  .int()
  .min(1)
  .max(LARGEST_PARTY - 1);

export const MemberParams = z.strictObject({
  entryId: Identifier,
  member: member.meta({ description: '1 is the first who comes along.' }),
});

export const PeopleQuery = z.strictObject({
  people: z.coerce.number().int().min(1).max(LARGEST_PARTY).meta({
    description:
      'How many the entry stands for, as the caller knows it: a repeat changes nobody else.',
  }),
});
