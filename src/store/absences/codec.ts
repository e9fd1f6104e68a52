import { z } from 'zod';
import { ABSENCE_CAUSES, type SitOut } from '../../domain/absences/rule.ts';

const StoredSitOut = z.tuple([z.coerce.number().int(), z.enum(ABSENCE_CAUSES)]);

/** What a person sits out, as stored. Pure. */
export function encodeSitOut({ untilDraw, cause }: SitOut): string {
  return `${untilDraw}:${cause}`;
}

/** Reads what `encodeSitOut` wrote. Pure. */
export function decodeSitOut(text: string): SitOut {
  const [untilDraw, cause] = StoredSitOut.parse(text.split(':'));
  return { untilDraw, cause };
}
