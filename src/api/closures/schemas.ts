import { z } from 'zod';
import { CLOSURE_CAUSES } from '../../domain/closures/closure.ts';
import { Identifier, Instant, NextCursor } from '../http/schemas.ts';
import { Labels } from '../prefectures/schemas.ts';

const Count = z.int().min(0);
const Day = z.iso.date();

export const ClosureCause = z.enum(CLOSURE_CAUSES).meta({
  id: 'ClosureCause',
  description: 'Public, in the record, the register and the message to everybody concerned.',
});

const ClosureText = Labels.exactOptional().meta({
  description: 'What the office says about it: public, and in the message. No personal data.',
});

/** Most slots that one request may name. */
const MOST_NAMED = 1000;

const Desks = z
  .int()
  .min(1)
  .max(1000)
  .exactOptional()
  .meta({
    description:
      'Desks that each slot loses: places that nobody holds first, then open offers, then appointments. ' +
      'A slot without more desks is closed. Absent: the slots are closed.',
  });

const NamedSlots = z.strictObject({
  cause: ClosureCause,
  text: ClosureText,
  desks: Desks,
  slots: z
    .array(Identifier)
    .min(1)
    .max(MOST_NAMED)
    .refine((ids) => new Set(ids).size === ids.length, 'must not repeat a slot'),
});

const SpanOfDays = z
  .strictObject({
    cause: ClosureCause,
    text: ClosureText,
    desks: Desks,
    from: Day.meta({ description: 'The first local day.' }),
    to: Day.meta({ description: 'The last local day.' }),
    site: Identifier.exactOptional().meta({ description: 'Absent: every site.' }),
    requestType: Identifier.exactOptional().meta({
      description: 'Slots that serve this type, among others. Absent: all.',
    }),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before `from`' });

export const ClosureInput = z.union([NamedSlots, SpanOfDays]).meta({ id: 'ClosureInput' });
export type ClosureInput = z.infer<typeof ClosureInput>;

export const SlotClosureInput = z
  .strictObject({ cause: ClosureCause, text: ClosureText, desks: Desks })
  .meta({ id: 'SlotClosureInput' });

const counts = {
  offers: Count.meta({ description: 'Open offers.' }),
  appointments: Count,
  people: Count.meta({ description: 'Who have them: a party counts all of its people.' }),
};

export const ClosurePreview = z
  .strictObject({
    slots: Count,
    ...counts,
    free: Count.meta({ description: 'Places that nobody holds.' }),
    requestTypes: z.array(z.strictObject({ requestType: Identifier, ...counts })),
    first: z.array(Identifier).meta({ description: 'The first slots, by time: twenty at most.' }),
  })
  .meta({ id: 'ClosurePreview', description: 'What closing would take. Nothing has changed.' });

export const ClosureView = z
  .strictObject({
    id: Identifier,
    at: Instant,
    agent: z.string(),
    cause: ClosureCause,
    text: Labels.nullable(),
    scope: z.strictObject({
      slots: z.array(Identifier).nullable(),
      from: Day.nullable(),
      to: Day.nullable(),
      site: Identifier.nullable(),
      requestType: Identifier.nullable(),
    }),
    desks: Count.nullable().meta({ description: 'That each slot lost; null: it was closed.' }),
    slots: Count,
    takenBack: z.strictObject(counts).meta({ description: 'So far: each was told.' }),
    doneAt: Instant.nullable().meta({ description: 'Null: people are still being told.' }),
  })
  .meta({ id: 'Closure' });

export const ClosureList = z
  .strictObject({ closures: z.array(ClosureView), cursor: NextCursor })
  .meta({ id: 'ClosureList' });
