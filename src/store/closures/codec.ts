import { z } from 'zod';
import { CLOSURE_CAUSES, type ClosureRecord } from '../../domain/closures/closure.ts';
import { Identifier, Labels } from '../../domain/values.ts';

const Stored = z.strictObject({
  atMs: z.int(),
  agent: z.string(),
  cause: z.enum(CLOSURE_CAUSES),
  text: Labels.exactOptional(),
  scope: z.union([
    z.strictObject({ slots: z.array(Identifier) }),
    z.strictObject({
      from: z.string(),
      to: z.string(),
      site: Identifier.exactOptional(),
      requestType: Identifier.exactOptional(),
    }),
  ]),
  desks: z.int().min(1).exactOptional(),
  slots: z.int().min(0),
  doneAtMs: z.int().exactOptional(),
});

/** A closure as stored; its id is the field. Pure. */
export function encodeClosure({ id: _id, ...rest }: ClosureRecord): string {
  return JSON.stringify(rest);
}

/** Reads what `encodeClosure` wrote. Pure. */
export function decodeClosure(id: string, raw: string): ClosureRecord {
  return { id, ...Stored.parse(JSON.parse(raw)) };
}
