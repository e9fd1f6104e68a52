import { z } from 'zod';
import {
  ABSENCE_CAUSES,
  ABSENCE_DECISIONS,
  ABSENCE_STATES,
  IMPEDIMENTS,
} from '../../domain/absences/rule.ts';
import { Identifier, Instant, NextCursor } from '../http/schemas.ts';

export const Impediment = z.enum(IMPEDIMENTS).meta({ id: 'Impediment' });

/** Beside an answer that somebody gives for a person. */
export const StatedImpediment = Impediment.optional().meta({
  description: 'What keeps the person from coming, when an appointment is given up.',
});

/** What the person sees of their own. */
export const AbsenceView = z
  .strictObject({
    cause: z.enum(ABSENCE_CAUSES),
    state: z.enum(ABSENCE_STATES),
    drawsLeft: z.int().min(0).meta({ description: 'Draws that are still sat out.' }),
  })
  .meta({ id: 'Absence', description: 'The latest appointment missed or given up too late.' });

export const AppealInput = z
  .strictObject({
    statement: z.string().trim().min(1).max(1000).meta({
      description: 'In any language. Sealed at rest, deleted once decided.',
    }),
  })
  .meta({ id: 'AppealInput' });

export const Appealed = z
  .strictObject({ entry: Identifier, absence: AbsenceView })
  .meta({ id: 'Appealed' });

export const AppealList = z
  .strictObject({
    appeals: z.array(z.strictObject({ entry: Identifier, at: Instant })),
    cursor: NextCursor,
  })
  .meta({
    id: 'AppealList',
    description: 'Appeals that wait for a decision, without their texts.',
  });

export const AppealView = z
  .strictObject({ entry: Identifier, at: Instant, statement: z.string() })
  .meta({ id: 'Appeal' });

export const AbsenceDecision = z
  .strictObject({ decision: z.enum(ABSENCE_DECISIONS) })
  .meta({ id: 'AbsenceDecision' });
