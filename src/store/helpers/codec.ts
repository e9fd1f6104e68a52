import { z } from 'zod';
import {
  HELPER_CATEGORIES,
  type HelperCategory,
  MANDATE_ENDERS,
  type MandateTerm,
} from '../../domain/helpers/mandate.ts';

/** An association, a lawyer or a social service that joins for people, by mandate of each. */
export interface HelperRecord {
  readonly id: string;
  readonly category: HelperCategory;
  readonly label: string;
  /** Most live entries at once. */
  readonly cap: number;
  readonly createdAtMs: number;
  readonly revokedAtMs?: number;
}

/** What a person has charged a helper with. Its reference is opened for the person, and to disclose. */
export interface MandateRecord extends MandateTerm {
  readonly helper: string;
  readonly sealedReference: string;
}

const StoredHelper = z.strictObject({
  category: z.enum(HELPER_CATEGORIES),
  label: z.string(),
  cap: z.int().min(1),
  createdAtMs: z.int(),
  revokedAtMs: z.int().exactOptional(),
});
const StoredMandate: z.ZodType<MandateRecord> = z.strictObject({
  helper: z.string(),
  sealedReference: z.string(),
  from: z.iso.date(),
  until: z.iso.date(),
  ended: z.strictObject({ atMs: z.int(), by: z.enum(MANDATE_ENDERS) }).exactOptional(),
});

/** Reads a helper as stored. Pure. */
export function decodeHelper(id: string, raw: string): HelperRecord {
  return { id, ...StoredHelper.parse(JSON.parse(raw)) };
}

/** Reads a mandate as stored. Pure. */
export function decodeMandate(raw: string): MandateRecord {
  return StoredMandate.parse(JSON.parse(raw));
}
