import type { z } from 'zod';
import { messageParts } from '../../domain/messages/id.ts';
import type { DeadLetter } from '../../domain/messages/message.ts';
import { instant } from '../http/schemas.ts';
import type { DeadLetterView } from './schemas.ts';

/** A message that could not be delivered, as agents see it. Pure. */
export function deadLetterView({
  id,
  reason,
  attempts,
  atMs,
}: DeadLetter): z.infer<typeof DeadLetterView> {
  const { kind, entry } = messageParts(id);
  return { id, kind, entry, reason, attempts, at: instant(atMs) };
}
