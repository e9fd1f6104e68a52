import { z } from 'zod';
import { LARGEST_PARTY } from '../../allocator/types.ts';
import { EmailAddress, PhoneNumber, PostalAddress, WebhookAddress } from './contact.ts';
import { plainNumber } from './normalise.ts';

/** ISO 3166 alpha-3 or one of the codes that passports add to it (`UNO`, `XXA`: stateless). */
const Country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, 'must be a country code of three letters');

const DocumentNumber = z
  .string()
  .max(100)
  .overwrite((text) => plainNumber(text).trim())
  .regex(/^[A-Z0-9][A-Z0-9 ./-]{2,29}$/, 'must be the number on the document')
  .refine((text) => text.replace(/[^A-Z0-9]/g, '').length >= 3, 'is too short');

/** Ten digits as they are meant: spaces and points go, a letter O or I can only be 0 or 1. */
function agdrefDigits(text: string): string {
  return plainNumber(text)
    .replace(/[\s.-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

/** What proves who somebody is. Without any, name, birth date and nationality together do. */
export const Document = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('agdref'),
    /** The ten digits of the national foreigners' file. */
    number: z
      .string()
      .max(100)
      .overwrite(agdrefDigits)
      .regex(/^\d{10}$/, 'must be 10 digits'),
  }),
  z.strictObject({ kind: z.literal('passport'), country: Country, number: DocumentNumber }),
  z.strictObject({ kind: z.literal('consular'), country: Country, number: DocumentNumber }),
  z.strictObject({
    kind: z.literal('none'),
    /** `YYYY-MM-DD`. */
    birthDate: z.iso.date(),
    nationality: Country,
  }),
]);
export type Document = z.infer<typeof Document>;

/**
 * One line of ordinary text with at least one letter. Control characters and those that turn the
 * reading direction are refused: they could break a mail header or make a name show as another.
 */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => /\p{L}/u.test(text), 'must hold a letter')
  .refine(
    (text) => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text),
    'must not hold control characters',
  );

/** Most documents that a person may give besides the first. */
export const MOST_OTHER_DOCUMENTS = 3;

/** Further documents of the same person: whichever is shown later, it is the same entry. */
export const OtherDocuments = z
  .array(Document)
  .max(MOST_OTHER_DOCUMENTS)
  .refine(
    (documents) => new Set(documents.map((one) => JSON.stringify(one))).size === documents.length,
    'must not repeat a document',
  );

/** `YYYY-MM-DD`. Helps to tell people of one name apart, and to find one person under two documents. */
export const BirthDate = z.iso.date();

/** Somebody who comes along with another person. A child need not have a document of its own. */
export const Member = z
  .strictObject({
    name: PersonName,
    document: Document.exactOptional(),
    otherDocuments: OtherDocuments.exactOptional(),
    birthDate: BirthDate.exactOptional(),
  })
  .refine(({ document, birthDate }) => (document ?? birthDate) !== undefined, {
    path: ['document'],
    message: 'is needed, or the birth date of a child',
  })
  .refine(({ document, otherDocuments }) => document !== undefined || !otherDocuments, {
    path: ['otherDocuments'],
    message: 'must stand behind a document',
  });
export type Member = z.infer<typeof Member>;

/** A person as sealed in the vault: who it is, who comes along, and how to reach them. */
export const Person = z.strictObject({
  /** Full name, as it stands on the document. */
  name: PersonName,
  document: Document,
  otherDocuments: OtherDocuments.optional(),
  birthDate: BirthDate.optional(),
  others: z
    .array(Member)
    .min(1)
    .max(LARGEST_PARTY - 1)
    .optional(),
  email: EmailAddress.optional(),
  phone: PhoneNumber.optional(),
  webhook: WebhookAddress.optional(),
  postal: PostalAddress.optional(),
});
export type Person = z.infer<typeof Person>;
