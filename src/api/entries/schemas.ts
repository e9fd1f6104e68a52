import { z } from 'zod';
import { HANDS, REJECTIONS } from '../../allocator/types.ts';
import { Language, SOURCE_LANGUAGE } from '../../base/languages.ts';
import { APPOINTMENT_STATES } from '../../domain/appointments/state.ts';
import { ENTRY_ACTIONS } from '../../domain/entries/actions.ts';
import { DOCUMENT_CHECKS, ORIGINS } from '../../domain/entries/entry.ts';
import { ENTRY_STATES } from '../../domain/entries/state.ts';
import { DEFERRED_ACTS, OFFER_WAYS } from '../../domain/offers/offer.ts';
import { OFFER_STATES } from '../../domain/offers/state.ts';
import { EmailAddress, PhoneNumber } from '../../identity/person/contact.ts';
import { BirthDate, Document, PersonName } from '../../identity/person/person.ts';
import { REJECTION_REASONS, type RejectionReason } from '../../usecases/entries/reject.ts';
import { AbsenceView } from '../absences/schemas.ts';
import { Chance, Identifier, Instant, NextCursor, OfferId, SlotStart } from '../http/schemas.ts';
import { SiteView } from '../prefectures/schemas.ts';
import { OwnPriority } from '../priorities/schemas.ts';
import { Accepts } from './accepts-schema.ts';
import { Contact, DeskContact, OthersInput, PartySize, PersonInput } from './people-schemas.ts';
import { Proof } from './proof-schema.ts';

export const JoinRequest = z
  .strictObject({
    requestType: Identifier,
    person: PersonInput,
    others: OthersInput,
    contact: Contact.refine(
      ({ email, phone, webhook }) => (email ?? phone ?? webhook) !== undefined,
      'needs an e-mail address, a telephone number or a webhook',
    ),
    language: Language,
    accepts: Accepts.exactOptional(),
  })
  .meta({ id: 'JoinRequest' });
export type JoinRequest = z.infer<typeof JoinRequest>;

export const EntryState = z.enum(ENTRY_STATES).meta({ id: 'EntryState' });

const SignedReceipt = z.string().meta({
  description:
    'The signed receipt of the entry as it is now: a compact JWS, without name or contact.',
});

export const Joined = z
  .strictObject({
    id: Identifier,
    token: z.string().meta({ description: 'The secret that manages this entry. Keep it.' }),
    state: EntryState,
    receipt: z.strictObject({
      entry: Identifier,
      prefecture: Identifier,
      requestType: Identifier,
      joinedAt: Instant,
      codeExpiresAt: Instant,
      jws: SignedReceipt,
    }),
  })
  .meta({ id: 'Joined' });

export const LinkRequest = z
  .union([z.strictObject({ email: EmailAddress }), z.strictObject({ phone: PhoneNumber })])
  .meta({ id: 'LinkRequest', description: 'The contact that was given when joining.' });
export type LinkRequest = z.infer<typeof LinkRequest>;

export const Verification = z
  .strictObject({ code: z.string().regex(/^\d{6}$/, 'must be 6 digits') })
  .meta({ id: 'Verification' });

export const Verified = z
  .strictObject({ id: Identifier, state: EntryState, receipt: SignedReceipt })
  .meta({ id: 'Verified' });

export const Rejected = z
  .strictObject({ id: Identifier, state: EntryState })
  .meta({ id: 'Rejected' });

export const CodeSent = z
  .strictObject({ id: Identifier, expiresAt: Instant })
  .meta({ id: 'CodeSent' });

export const AvailabilityChange = z
  .strictObject({
    accepts: Accepts.nullable().meta({ description: 'Null: any site, any time.' }),
  })
  .meta({ id: 'AvailabilityChange', description: 'Nothing else of an entry can be changed.' });

const Owed = z.boolean().meta({
  description:
    'The service took back what it held: it goes ahead of all in the next draw of its type.',
});

export const OfferView = z
  .strictObject({
    id: OfferId,
    draw: Identifier,
    state: z.enum(OFFER_STATES),
    requestType: Identifier,
    party: PartySize,
    start: SlotStart,
    site: SiteView,
    via: z.enum(OFFER_WAYS).meta({ description: 'By the draw, or down the reserve list.' }),
    offeredAt: Instant,
    deadline: Instant.meta({ description: 'The last moment to accept.' }),
    settledAt: Instant.nullable(),
    appointment: z.enum(APPOINTMENT_STATES).nullable(),
    deferred: z
      .strictObject({
        act: z.enum(DEFERRED_ACTS),
        by: z.enum(HANDS),
        at: Instant,
        dueAt: Instant.meta({ description: 'When it takes effect. Until then it can be undone.' }),
      })
      .exactOptional()
      .meta({ description: 'What staff or a helper gave up for its person. Left out: nothing.' }),
    membersMissing: z.int().min(1).exactOptional().meta({
      description: 'Of a party that came: how many of its people did not. Left out: none.',
    }),
  })
  .meta({ id: 'Offer' });

export const EntryView = z
  .strictObject({
    id: Identifier,
    state: EntryState,
    requestType: Identifier,
    missed: z.int().min(0).meta({
      description: 'Draws in which it could have come to a slot, and was offered none.',
    }),
    owed: Owed,
    party: PartySize,
    priority: OwnPriority.nullable().meta({ description: 'Its place on the priority track.' }),
    language: Language,
    accepts: Accepts.nullable(),
    joinedAt: Instant,
    offer: OfferView.nullable().meta({ description: 'The offer or appointment it holds.' }),
    nextDrawAt: Instant.nullable(),
    waiting: z.int().min(0).meta({ description: 'Entries that wait for the same request type.' }),
    lastChance: Chance,
    absence: AbsenceView.nullable(),
    rejection: z.enum(REJECTIONS).nullable().meta({ description: 'Why it was rejected.' }),
    actions: z.array(z.enum(ENTRY_ACTIONS)),
  })
  .meta({ id: 'Entry' });

export const ChangedEntry = EntryView.extend({ receipt: SignedReceipt }).meta({
  id: 'ChangedEntry',
});

/** What agents see of entries: no name, no document, no contact. */
export const EntrySummary = z
  .strictObject({
    id: Identifier,
    state: EntryState,
    requestType: Identifier,
    missed: z.int().min(0),
    owed: Owed,
    party: PartySize,
    priority: z.boolean(),
    origin: z.enum(ORIGINS).meta({ description: 'How it came, or which kind of helper made it.' }),
    language: Language,
    joinedAt: Instant,
    held: OfferId.nullable(),
    documentCheck: z.enum(DOCUMENT_CHECKS).nullable().meta({
      description: 'The registry could not be asked yet, or does not know the number: look at it.',
    }),
  })
  .meta({ id: 'EntrySummary' });

export const EntryList = z
  .strictObject({ entries: z.array(EntrySummary), cursor: NextCursor })
  .meta({ id: 'EntryList' });

export const EntrySearch = z
  .strictObject({
    document: Document.optional().meta({ description: 'Left out: a child of a party.' }),
    name: PersonName.optional().meta({ description: 'Needed for a person without a document.' }),
    birthDate: BirthDate.optional().meta({
      description: 'Of a child who stands in a party by name and birth date.',
    }),
    requestType: Identifier.optional().meta({ description: 'Left out: all request types.' }),
  })
  .refine(({ document, birthDate }) => (document ?? birthDate) !== undefined, {
    path: ['document'],
    message: 'is needed, or name and birth date of a child',
  })
  .refine(({ document, name }) => (document && document.kind !== 'none') || name !== undefined, {
    path: ['name'],
    message: 'is needed for a person without a document',
  })
  .meta({ id: 'EntrySearch' });

export const Rejection = z
  .strictObject({
    reason: z.enum(Object.keys(REJECTION_REASONS) as RejectionReason[]), // its own keys
  })
  .meta({ id: 'Rejection', description: 'A closed list, so that reasons hold no personal data.' });

export const DeskWithdrawal = z.strictObject({ proof: Proof }).meta({ id: 'DeskWithdrawal' });

export const DeskEntry = z
  .strictObject({
    requestType: Identifier,
    person: PersonInput,
    others: OthersInput,
    contact: DeskContact.default({}),
    language: Language.default(SOURCE_LANGUAGE),
    accepts: Accepts.exactOptional(),
    origin: z.enum(['desk', 'phone', 'paper']).default('desk'),
    sharedContact: z
      .literal(true)
      .exactOptional()
      .meta({
        description:
          'This contact stands for many people: a hostel, an association. Its limit does not count ' +
          'for this entry then, and it is no clue. The reason of the request says why.',
      }),
  })
  .meta({ id: 'DeskEntry' });
export type DeskEntry = z.infer<typeof DeskEntry>;

export const DeskResults = z
  .strictObject({
    joined: z.int().min(0),
    duplicates: z.int().min(0),
    refused: z.int().min(0).meta({ description: 'Lines of a file that were not taken.' }),
    results: z.array(
      z.strictObject({
        line: z.int().min(1),
        lines: z.array(z.int().min(1)).optional().meta({
          description: 'Of a party: the lines of all its people.',
        }),
        outcome: z.enum(['joined', 'duplicate', 'contact_exhausted', 'document_unknown']),
        id: Identifier.nullable().meta({
          description: 'Of a duplicate: the entry that is there already. Null: none was made.',
        }),
        member: z.string().optional().meta({
          description: 'Of a duplicate in a party: whose entry it is, `person` or `others[0]`.',
        }),
        receipt: SignedReceipt.optional(),
      }),
    ),
  })
  .meta({ id: 'DeskResults' });
