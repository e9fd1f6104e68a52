import { z } from 'zod';
import { CLUES } from '../../domain/entries/near-duplicates.ts';
import { DECISIONS } from '../../domain/flags/flagged-set.ts';
import { EmailAddress, PhoneNumber } from '../../identity/person/contact.ts';
import { BirthDate, Document, PersonName } from '../../identity/person/person.ts';
import { EntrySummary } from '../entries/schemas.ts';
import { Identifier, Instant, NextCursor } from '../http/schemas.ts';

const Why = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .meta({ description: 'Kept with the set and in the audit log. No personal data.' });

const SettlementView = z
  .strictObject({
    decision: z.enum(DECISIONS),
    keep: Identifier.nullable(),
    reason: z.string(),
    agent: z.string(),
    at: Instant,
  })
  .nullable();

export const FlaggedSetView = z
  .strictObject({
    id: Identifier,
    entries: z.array(Identifier).meta({ description: 'The one that made the set comes first.' }),
    clues: z.array(z.enum(CLUES)).meta({
      description:
        'What they have in common: e-mail, telephone, name and birth date, documents that one ' +
        'request held together; `registry`: a number that the registry does not know.',
    }),
    at: Instant,
    settled: SettlementView,
  })
  .meta({
    id: 'FlaggedSet',
    description: 'Entries that may be one person, for an agent to settle.',
  });

export const FlaggedSetList = z
  .strictObject({ flaggedSets: z.array(FlaggedSetView), cursor: NextCursor })
  .meta({ id: 'FlaggedSetList' });

export const FlaggedSetDetail = z
  .strictObject({ set: FlaggedSetView, entries: z.array(EntrySummary) })
  .meta({ id: 'FlaggedSetDetail', description: 'Entries that were erased are left out.' });

export const Opening = z.strictObject({ reason: Why }).meta({ id: 'FlaggedSetOpening' });

export const OpenedSet = z
  .strictObject({
    set: FlaggedSetView,
    people: z.array(
      z.strictObject({
        entry: Identifier,
        name: PersonName,
        birthDate: BirthDate.nullable(),
        documents: z.array(Document),
        others: z
          .array(
            z.strictObject({
              name: PersonName,
              birthDate: BirthDate.nullable(),
              documents: z.array(Document),
            }),
          )
          .exactOptional()
          .meta({ description: 'Who comes along. Left out: nobody.' }),
        email: EmailAddress.nullable(),
        phone: PhoneNumber.nullable(),
      }),
    ),
  })
  .meta({ id: 'OpenedFlaggedSet' });

export const SettlementInput = z
  .discriminatedUnion('decision', [
    z.strictObject({
      decision: z.literal('same_person'),
      keep: Identifier.meta({ description: 'The entry that stays. The others leave.' }),
      reason: Why,
    }),
    z.strictObject({ decision: z.literal('different_people'), reason: Why }),
    z.strictObject({ decision: z.literal('document_good'), reason: Why }),
    z.strictObject({ decision: z.literal('document_bad'), reason: Why }),
  ])
  .meta({ id: 'FlaggedSetSettlement' });
