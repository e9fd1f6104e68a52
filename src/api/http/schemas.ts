import { z } from 'zod';
import { HEX_256 } from '../../base/hex.ts';
import { Identifier as StoredIdentifier } from '../../domain/values.ts';

// Everything that the API says or hears is written here once, and documented from here.

export const Identifier = StoredIdentifier.meta({
  id: 'Identifier',
  description: 'Letters, digits, dot, underscore and dash, as in lottery/v1.',
  example: '20261207-7k2m9x',
});

/** An instant in UTC, to the millisecond. */
export const Instant = z.iso.datetime().meta({
  id: 'Instant',
  description: 'An instant in UTC.',
  example: '2026-12-01T08:30:00.000Z',
});

/** The instant of a number of milliseconds, as answers write it. Pure. */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}

/** `instant`, or null for what has not happened. Pure. */
export function instantOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : instant(ms);
}

export const SlotStart = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/)
  .meta({
    id: 'SlotStart',
    description: 'The local time at the desk, with its offset from UTC.',
    example: '2026-12-07T09:30:00+01:00',
  });

export const Hex256 = z
  .string()
  .regex(HEX_256)
  .meta({ id: 'Hex256', description: 'A SHA-256 value: 64 lowercase hex digits.' });

/** A public Ed25519 key as a JSON Web Key (RFC 8037). */
export const Jwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string(),
  x: z.string(),
  alg: z.literal('EdDSA'),
  use: z.literal('sig'),
});

export const Chance = z.number().min(0).max(1).nullable().meta({
  id: 'Chance',
  description: 'Entries drawn / entries waiting, in one draw. Null where nobody waited.',
});

export const OfferId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,48}\.[A-Za-z0-9_-]{1,48}$/)
  .meta({
    id: 'OfferId',
    description: 'Draw and entry, with a dot between. The appointment keeps the id of its offer.',
    example: '20261207-7k2m9x.8d3kq0v5n2m7x1zt',
  });

export const MessageId = z
  .string()
  .regex(/^[a-z_]+\.[A-Za-z0-9._-]{1,120}$/)
  .meta({ id: 'MessageId', description: 'Kind of message, entry, and draw or round.' });

export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{16,128}$/, 'must be 16 to 128 visible characters, such as a UUID');

export const AuditReason = z
  .string()
  .min(3)
  .meta({
    id: 'AuditReason',
    description:
      'Why: 3 to 500 characters, percent-encoded UTF-8, kept for ever in the audit log. No personal ' +
      'data. Where the body has a member `reason`, that will do.',
    example: 'Erreur%20de%20saisie',
  });

/** Checked by the desk that made the challenge; written here for readers. */
export const ProofOfWork = z.string().meta({
  maxLength: 4096,
  description: 'Base64 of `{"challenge": …, "solution": {"counter": …, "derivedKey": …}}`.',
});

/** Query of a list. */
export const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().min(1).max(64).optional(),
});

export const NextCursor = z
  .string()
  .nullable()
  .meta({ id: 'NextCursor', description: 'Hand it in as `cursor` to read on. Null: the end.' });

export const Problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable. What programs should look at.' }),
    detail: z.string().optional().meta({ description: 'For people. May change.' }),
    member: z.string().optional().meta({ description: 'The member at fault: `accepts.sites[0]`.' }),
    errors: z
      .array(
        z.strictObject({
          line: z.int().optional(),
          member: z.string().optional(),
          message: z.string(),
        }),
      )
      .optional()
      .meta({ description: 'The first hundred things that are wrong.' }),
    errorCount: z.int().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });
