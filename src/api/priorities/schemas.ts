import { z } from 'zod';
import {
  PRIORITY_DECISIONS,
  PRIORITY_GROUNDS,
  PRIORITY_STATES,
} from '../../domain/priorities/state.ts';
import { Identifier, Instant, NextCursor } from '../http/schemas.ts';

export const PriorityGround = z.enum(PRIORITY_GROUNDS).meta({
  id: 'PriorityGround',
  description:
    'title_expiring: the title ends soon; court_order: a judge ordered a date; health; minor: a ' +
    'child is concerned; other.',
});

export const PriorityState = z.enum(PRIORITY_STATES).meta({ id: 'PriorityState' });

/** Longest that a priority may last. */
export const MOST_PRIORITY_DAYS = 366;

export const PriorityProposal = z
  .strictObject({
    ground: PriorityGround,
    days: z.int().min(1).max(MOST_PRIORITY_DAYS).default(90).meta({
      description: 'How long it shall last. A draw after that knows it no more.',
    }),
  })
  .meta({ id: 'PriorityProposal' });

export const PriorityDecision = z
  .strictObject({
    decision: z.enum(PRIORITY_DECISIONS),
    proposedAt: Instant.optional().meta({
      description: 'Of the proposal that was looked at: another one is then not decided on.',
    }),
  })
  .meta({ id: 'PriorityDecision' });

export const PriorityView = z
  .strictObject({
    entry: Identifier,
    state: PriorityState,
    ground: PriorityGround,
    until: Instant,
    proposedBy: z.string(),
    proposedAt: Instant,
    settledBy: z.string().nullable(),
    settledAt: Instant.nullable(),
  })
  .meta({ id: 'Priority', description: 'Agents by id. Nothing of the person.' });

export const PriorityList = z
  .strictObject({ priorities: z.array(PriorityView), cursor: NextCursor })
  .meta({ id: 'PriorityList' });

/** What the person sees of their own. */
export const OwnPriority = z
  .strictObject({ ground: PriorityGround, until: Instant })
  .meta({ id: 'OwnPriority' });
