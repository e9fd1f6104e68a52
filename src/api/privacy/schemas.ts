import { z } from 'zod';
import { REJECTIONS } from '../../allocator/types.ts';
import { ABSENCE_CAUSES, ABSENCE_STATES } from '../../domain/absences/rule.ts';
import { DOCUMENT_CHECKS } from '../../domain/entries/entry.ts';
import { MANDATE_ENDERS } from '../../domain/helpers/mandate.ts';
import { EntropyStrength } from '../draws/schemas.ts';
import { Accepts } from '../entries/accepts-schema.ts';
import { PartySize } from '../entries/people-schemas.ts';
import { EntryState, OfferView } from '../entries/schemas.ts';
import { Identifier, Instant, MessageId } from '../http/schemas.ts';
import { Labels } from '../prefectures/schemas.ts';
import { PriorityGround, PriorityState } from '../priorities/schemas.ts';

/** What was sealed, opened for its person. Whatever the document has, members of later kinds too. */
const PersonExport = z
  .strictObject({
    name: z.string(),
    document: z.looseObject({ kind: z.string() }),
    otherDocuments: z.array(z.looseObject({ kind: z.string() })),
    birthDate: z.string().nullable(),
    others: z
      .array(
        z.strictObject({
          name: z.string(),
          document: z.looseObject({ kind: z.string() }).nullable(),
          otherDocuments: z.array(z.looseObject({ kind: z.string() })),
          birthDate: z.string().nullable(),
        }),
      )
      .exactOptional()
      .meta({ description: 'Who comes along, each as they were given. Left out: nobody.' }),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    webhook: z.string().nullable(),
    postal: z.array(z.string()).nullable(),
  })
  .meta({ id: 'PersonExport', description: 'Name, document and contact, as they were given.' });

export const EntryExport = z
  .strictObject({
    exportedAt: Instant,
    prefecture: z.strictObject({ id: Identifier, labels: Labels }),
    person: PersonExport.nullable().meta({ description: 'Null once the entry was erased.' }),
    entry: z.strictObject({
      id: Identifier,
      state: EntryState,
      requestType: Identifier,
      missed: z.int().min(0),
      party: PartySize,
      owed: z.boolean().meta({
        description: 'The service took back what it held, and owes it a place in the next draw.',
      }),
      guaranteesGivenUp: z.int().min(0).meta({
        description: 'Offers given up while it was guaranteed, as far as they can still count.',
      }),
      origin: z.string(),
      language: z.string(),
      accepts: Accepts.nullable(),
      joinedAt: Instant,
      waitingSince: Instant.nullable(),
      availabilitySince: Instant.nullable(),
      endedAt: Instant.nullable(),
      rejection: z.enum(REJECTIONS).nullable().meta({ description: 'Why it was rejected.' }),
      unansweredOffers: z.int().min(0),
      excused: z.boolean().meta({
        description: 'An impediment has excused a late cancellation; which one is not kept.',
      }),
      byPost: z.boolean().meta({ description: 'Reached by post alone.' }),
      codeExpiresAt: Instant.nullable(),
      documentCheck: z.enum(DOCUMENT_CHECKS).nullable().meta({
        description: 'The registry of AGDREF numbers could not be asked yet, or does not know it.',
      }),
    }),
    priority: z
      .strictObject({
        state: PriorityState,
        ground: PriorityGround,
        until: Instant,
        proposedAt: Instant,
        settledAt: Instant.nullable(),
      })
      .nullable()
      .meta({ description: 'Its place on the priority track, from the proposal on.' }),
    absence: z
      .strictObject({
        cause: z.enum(ABSENCE_CAUSES),
        state: z.enum(ABSENCE_STATES),
        untilDrawNumber: z.int().min(0),
        appeal: z.string().nullable(),
      })
      .nullable()
      .meta({ description: 'An appointment missed or given up late, and an appeal not decided.' }),
    mandate: z
      .strictObject({
        helper: z.string(),
        reference: z.string(),
        from: z.iso.date(),
        until: z.iso.date(),
        endedAt: Instant.nullable(),
        endedBy: z.enum(MANDATE_ENDERS).nullable(),
      })
      .nullable()
      .meta({ description: 'The helper who may act for the person, or could, and by what.' }),
    draws: z
      .array(
        z.strictObject({
          draw: Identifier,
          number: z.int().min(1),
          frozenAt: Instant,
          state: z.string(),
          entropy: EntropyStrength,
          offer: OfferView.nullable(),
        }),
      )
      .meta({
        description:
          'Draws that froze while the entry was there, the latest first, and what it was offered. ' +
          'Their public records say how it ranked.',
      }),
    undeliveredMessages: z.array(
      z.strictObject({ id: MessageId, reason: z.string(), attempts: z.int(), at: Instant }),
    ),
    lettersToPrint: z
      .array(z.strictObject({ id: MessageId, day: z.iso.date() }))
      .meta({ description: 'Letters with name, address and text that were not posted yet.' }),
    keptUntil: Instant.nullable().meta({
      description: 'When the rest is erased by itself. Null while the entry waits or has a place.',
    }),
  })
  .meta({ id: 'EntryExport', description: 'All that is kept about a person in one entry.' });

export const Erased = z
  .strictObject({ id: Identifier, state: z.literal('erased'), erasedAt: Instant })
  .meta({ id: 'Erased' });

export const ErasureReason = z
  .strictObject({
    reason: z.enum(['asked_by_person', 'entered_by_mistake', 'court_order', 'legal_duty']),
  })
  .meta({ id: 'ErasureReason', description: 'A closed list, so that it holds no personal data.' });

export const DisclosureReason = z
  .strictObject({ reason: z.enum(['asked_by_person', 'court_order', 'legal_duty', 'complaint']) })
  .meta({
    id: 'DisclosureReason',
    description: 'A closed list, so that it holds no personal data.',
  });
