import { z } from 'zod';
import { DRAW_STATES } from '../../allocator/draw-state.ts';
import { MissedDraw } from '../../papers/claims.ts';
import { FINDINGS } from '../certificate.ts';
import { Identifier, Instant } from './common.ts';
import { EntropyStrength } from './draws.ts';

export const CertificateQuery = z.strictObject({
  draw: Identifier.optional().meta({ description: 'Only this draw. Left out: all.' }),
  name: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Print the name, as given when joining. For the person only.' }),
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
