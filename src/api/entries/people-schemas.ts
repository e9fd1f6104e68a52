import { z } from 'zod';
import { LARGEST_PARTY } from '../../allocator/types.ts';
import {
  EmailAddress,
  PhoneNumber,
  PostalAddress,
  WebhookAddress,
} from '../../identity/person/contact.ts';
import {
  BirthDate,
  Document,
  Member,
  OtherDocuments,
  PersonName,
} from '../../identity/person/person.ts';

// Who joins, who comes along, and how to reach them.

export const Contact = z.strictObject({
  email: EmailAddress.exactOptional(),
  phone: PhoneNumber.exactOptional(),
  webhook: WebhookAddress.exactOptional(),
});

const OtherDocumentsInput = OtherDocuments.exactOptional().meta({
  description:
    'Further documents of the same person. Whichever is shown later, it is this entry, and of all ' +
    'of them together there is one entry for a request type.',
});

export const PersonInput = z
  .strictObject({
    name: PersonName,
    document: Document,
    otherDocuments: OtherDocumentsInput,
    birthDate: BirthDate.exactOptional(),
  })
  .meta({
    id: 'PersonInput',
    description: 'Who it is, as the document says. Never changed later.',
  });

export const MemberInput = Member.meta({
  id: 'MemberInput',
  description:
    'Somebody who comes along. A child under 18 may be given by name and birth date alone, in a ' +
    'party only; whoever is older needs a document.',
});

export type MemberInput = z.infer<typeof MemberInput>;

export const OthersInput = z
  .array(MemberInput)
  .min(1)
  .max(LARGEST_PARTY - 1)
  .exactOptional()
  .meta({
    description:
      'Who of the household comes along, to the same slot: one entry, one contact, one place for ' +
      'each. As many as the request type takes (`partyMax`, the person counted). Each of them has ' +
      'one live entry for a request type, alone or in a party. How many they are is public.',
  });

/** Post is for those who have nothing else: the desk writes it down. */
export const DeskContact = Contact.extend({
  postal: PostalAddress.exactOptional().meta({
    description: 'Lines of the address, without the name. Used where there is nothing else.',
  }),
});

/** Nothing for one person. */
export const PartySize = z.int().min(2).max(LARGEST_PARTY).exactOptional().meta({
  description: 'How many people come together. Left out: one.',
});
