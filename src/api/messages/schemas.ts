import { z } from 'zod';
import { Instant } from '../http/schemas.ts';

export const DeadLetterView = z
  .strictObject({
    id: z.string(),
    kind: z.string(),
    entry: z.string(),
    reason: z.string(),
    attempts: z.int().min(0),
    at: Instant,
  })
  .meta({ id: 'DeadLetter' });

export const DeadLetterList = z
  .strictObject({ messages: z.array(DeadLetterView) })
  .meta({ id: 'DeadLetterList' });

export const Bounced = z
  .strictObject({
    id: z.string(),
    extended: z.boolean().meta({ description: 'Whether the deadline of an open offer has moved.' }),
    deadline: Instant.nullable(),
  })
  .meta({ id: 'Bounced' });
