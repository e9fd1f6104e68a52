import { z } from 'zod';
import { DRAW_STATES } from '../../domain/draws/state.ts';
import { InEveryLanguage } from '../../domain/values.ts';
import { FAULTS } from '../../papers/check-paper.ts';
import { Certificate, MissedDraw, Receipt } from '../../papers/claims.ts';
import { FINDINGS } from '../../usecases/certificates/certify.ts';
import { EntropyStrength } from '../draws/schemas.ts';
import { Identifier, Instant } from '../http/schemas.ts';

export const CertificateQuery = z.strictObject({
  draw: Identifier.optional().meta({ description: 'Only this draw. Left out: all.' }),
  name: z.enum(['true', 'false']).optional().meta({
    description: 'Print the name, as given when joining. For the person, and by mandate.',
  }),
});

const Missed = MissedDraw.meta({
  id: 'MissedDraw',
  description: 'One draw in which the entry took part without being offered a place.',
});

export const CertificateList = z
  .strictObject({
    entry: Identifier,
    attempts: z
      .strictObject({ draws: z.int().min(0), weeks: z.int().min(0) })
      .meta({ description: 'What the certificate over all draws counts; void ones do not count.' }),
    draws: z.array(
      z.strictObject({
        draw: Identifier,
        state: z.enum(DRAW_STATES),
        frozenAt: Instant.nullable(),
        finding: z.enum(FINDINGS).meta({
          description:
            '`missed`: took part, no place was offered. `missed_void`: the same, in a draw that ' +
            'was declared void after its result. `offered`: a place was offered. `pending`: no ' +
            'published result, or never one. `unindexed`: only the record can tell.',
        }),
        certificate: z.boolean().meta({ description: 'Whether this draw has one of its own.' }),
        missed: Missed.nullable(),
        entropy: EntropyStrength,
      }),
    ),
  })
  .meta({ id: 'CertificateList' });

/** What `POST /v1/certificates/verify` answers. */
export const PaperCheck = z
  .strictObject({
    genuine: z.boolean(),
    fault: z
      .enum([...FAULTS, 'draw_differs'])
      .nullable()
      .meta({ description: 'What is wrong, where it is not genuine.' }),
    says: InEveryLanguage.meta({
      description: 'The same, for people.',
    }),
    kind: z.enum(['certificate', 'receipt']).nullable(),
    form: z.enum(['jws', 'pdf']).nullable(),
    keyId: z.string().nullable().meta({ description: 'Of /v1/keys.' }),
    issuedAt: Instant.nullable(),
    receipt: Receipt.meta({ id: 'ReceiptClaims' }).nullable(),
    certificate: Certificate.extend({ draws: z.array(Missed) })
      .meta({ id: 'CertificateClaims' })
      .nullable(),
    attempts: z
      .strictObject({ draws: z.int().min(0), weeks: z.int().min(0) })
      .nullable()
      .meta({ description: 'How many draws of a certificate count today, in how many ISO weeks.' }),
    draws: z
      .array(
        z.strictObject({
          draw: Identifier,
          state: z.enum(DRAW_STATES).nullable().meta({
            description:
              'What the draw is now: it may have been declared void since. Null: unknown.',
          }),
          asStated: z.boolean().nullable().meta({
            description: 'Whether its manifest has the hash that the certificate states.',
          }),
        }),
      )
      .nullable(),
  })
  .meta({ id: 'PaperCheck' });
