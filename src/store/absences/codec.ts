import { z } from 'zod';
import { ABSENCE_CAUSES, type Suspension } from '../../domain/absences/rule.ts';

const StoredSuspension = z.tuple([z.coerce.number().int(), z.enum(ABSENCE_CAUSES)]);

/** What a person sits out, as stored. Pure. */
export function encodeSuspension({ untilDraw, cause }: Suspension): string {
  return `${untilDraw}:${cause}`;
}

/** Reads what `encodeSuspension` wrote. Pure. */
export function decodeSuspension(text: string): Suspension {
  const [untilDraw, cause] = StoredSuspension.parse(text.split(':'));
  return { untilDraw, cause };
}
