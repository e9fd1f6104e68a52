import { z } from 'zod';
import { ALGORITHMS, REJECTIONS } from '../../allocator/types.ts';
import { DRAW_STATES, SKIP_REASONS, VOID_STAGES } from '../../domain/draws/state.ts';
import { STRENGTHS } from '../../domain/draws/strength.ts';
import { InEveryLanguage } from '../../domain/values.ts';
import { Chance, Hex256, Identifier, Instant, NextCursor } from '../http/schemas.ts';
import { Rules } from '../prefectures/schemas.ts';

const Entropy = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('drand'), chain: Hex256, round: z.int().min(1) }),
  z.strictObject({ source: z.literal('operator'), commitment: Hex256 }),
]);

/** Words of ours: longer than the labels that agents enter. */
export const Note = InEveryLanguage.meta({ id: 'Note' });
const strength = { strength: z.enum(STRENGTHS), note: Note };

export const EntropyStrength = z
  .strictObject(strength)
  .meta({ id: 'EntropyStrength', description: 'Whether the operator could have a hand in it.' });

export const EntropyView = z
  .strictObject({
    source: z.enum(['drand', 'operator']),
    chain: Hex256.nullable(),
    round: z.int().nullable().meta({ description: 'Known from the manifest on.' }),
    commitment: Hex256.nullable(),
    ...strength,
  })
  .meta({ id: 'EntropySource', description: 'Where the randomness comes from, fixed beforehand.' });

const TypeStatistics = z
  .strictObject({
    requestType: Identifier,
    waiting: z.int().min(0),
    places: z.int().min(0).meta({ description: 'Request types may share places.' }),
    drawn: z.int().min(0),
    chance: Chance,
    medianWaitDraws: z.number().min(0).nullable(),
  })
  .meta({ id: 'RequestTypeStatistics' });

export const DrawView = z
  .strictObject({
    id: Identifier,
    state: z.enum(DRAW_STATES),
    overdue: z.boolean().meta({
      description: 'An hour after it was planned for it has no result, and was not given up.',
    }),
    requestTypes: z
      .array(Identifier)
      .nullable()
      .meta({ description: 'Those that it is for; null: all.' }),
    endedRequestTypes: z
      .array(Identifier)
      .meta({ description: 'Those whose reserve list a later draw has ended.' }),
    plannedAt: Instant,
    announcedAt: Instant,
    number: z.int().nullable(),
    frozenAt: Instant.nullable(),
    publishedAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    entropy: EntropyView,
    manifestHash: Hex256.nullable(),
    seed: Hex256.nullable(),
    outcomeHash: Hex256.nullable(),
    statistics: z
      .strictObject({
        entries: z.int().min(0),
        places: z.int().min(0),
        drawn: z.int().min(0),
        requestTypes: z.array(TypeStatistics),
      })
      .nullable(),
    voided: z
      .strictObject({
        at: Instant,
        reason: z.string(),
        agent: z.string(),
        stage: z.enum(VOID_STAGES),
        note: Note.meta({ description: 'What that means for those who waited.' }),
      })
      .nullable()
      .meta({ description: 'Why the draw counts for nothing, and which key said so.' }),
    superseded: z
      .strictObject({ at: Instant, reason: z.string(), agent: z.string(), note: Note })
      .nullable()
      .meta({
        description: 'Why the plan was changed or given up before its freeze, by which key.',
      }),
    skipped: z
      .strictObject({ at: Instant, reason: z.enum(SKIP_REASONS), note: Note })
      .nullable()
      .meta({ description: 'Why the draw was not held. No list of an earlier one ended for it.' }),
    replaces: Identifier.nullable().meta({
      description: 'The draw, void or given up, that this one repeats.',
    }),
    repeatedBy: Identifier.nullable().meta({ description: 'The draw that repeats this one.' }),
    afterVoid: z.array(Identifier).meta({
      description:
        'Draws of its request types that were declared void in the 14 days before it, with neither a ' +
        'repeat nor a draw held since. Marked by the service, when it is planned and when it freezes.',
    }),
  })
  .meta({ id: 'Draw' });

const Reasons = z.strictObject(
  Object.fromEntries(REJECTIONS.map((cause) => [cause, z.int().min(0).exactOptional()])),
);

/** A draw with what was counted of it since. */
export const DrawInFull = DrawView.extend({
  acts: z
    .strictObject({
      staff: z.int().min(0).meta({ description: 'Answers by agents for people.' }),
      helper: z.int().min(0).meta({ description: 'Answers by helpers.' }),
      undone: z.int().min(0).meta({ description: 'Such answers that their people undid.' }),
      rejected: z.int().min(0).meta({ description: 'Entries that the office rejected.' }),
      rejectedBy: Reasons.meta({
        description: 'Those by reason; reasons of fewer than five are in the sum alone.',
      }),
    })
    .meta({ description: 'What was done by other hands than those of the people themselves.' }),
}).meta({ id: 'DrawInFull' });

export const DrawList = z
  .strictObject({ draws: z.array(DrawInFull), cursor: NextCursor })
  .meta({ id: 'DrawList' });

const Root = z.strictObject({ count: z.int().min(0), root: Hex256 });

export const ManifestView = z
  .strictObject({
    algorithm: z.enum(ALGORITHMS),
    draw: Identifier,
    prefecture: Identifier,
    frozenAt: z.iso.datetime(),
    rules: Rules,
    entries: Root,
    slots: Root,
    entropy: Entropy,
  })
  .meta({ id: 'Manifest', description: 'What the draw was fixed to, before its randomness.' });

export const StatisticsView = z
  .strictObject({
    asOf: Instant,
    nextDrawAt: Instant.nullable(),
    desk: z
      .strictObject({
        attended: z.int().min(0),
        unchecked: z.int().min(0),
        noShow: z.int().min(0),
        refused: z.int().min(0),
      })
      .meta({
        description:
          'What agents noted at appointments, ever since: people who came, came without a document ' +
          'to compare, did not come, or came with the document of another person.',
      }),
    requestTypes: z.array(
      z.strictObject({
        requestType: Identifier,
        waiting: z.int().min(0).meta({ description: 'Verified entries that wait now.' }),
        nextDrawAt: Instant.nullable().meta({ description: 'Of the next draw for this type.' }),
        lastDraw: z
          .strictObject({
            draw: Identifier,
            waiting: z.int().min(0),
            places: z.int().min(0),
            drawn: z.int().min(0),
            chance: Chance,
            medianWaitDraws: z.number().min(0).nullable(),
            entropy: EntropyStrength,
          })
          .nullable(),
      }),
    ),
    latestDraws: z
      .strictObject({
        published: z.int().min(0),
        weaker: z.int().min(0).meta({ description: "Of those: with the operator's secret." }),
        void: z.int().min(0),
        superseded: z
          .int()
          .min(0)
          .meta({ description: 'Plans changed or given up before their freeze.' }),
        skipped: z
          .int()
          .min(0)
          .meta({ description: 'Not held: nobody waited, or there was no place.' }),
        repeated: z.int().min(0).meta({ description: 'Planned to repeat a void one.' }),
        afterVoid: z.int().min(0).meta({
          description:
            'Shortly after a void one of their types, which they do not say that they repeat.',
        }),
        overdue: z.int().min(0).meta({ description: 'An hour after their time without a result.' }),
      })
      .meta({ description: 'Of the latest hundred draws.' }),
  })
  .meta({ id: 'Statistics' });

const RequestTypes = z.array(Identifier).min(1).max(500);

export const NewDraw = z
  .strictObject({
    at: z.iso.datetime({ offset: true }).optional(),
    requestTypes: RequestTypes.optional().meta({ description: 'Left out: all.' }),
    replaces: Identifier.optional().meta({ description: 'The void draw that this one repeats.' }),
  })
  .meta({ id: 'NewDraw', description: 'Without `at`: now.' });

export const Reason = z
  .strictObject({ reason: z.string().trim().min(3).max(500) })
  .meta({ id: 'Reason', description: 'Public: write no personal data into it.' });

export const ScheduleInput = z
  .strictObject({
    pattern: z.string().min(1).max(100),
    requestTypes: RequestTypes.exactOptional().meta({ description: 'Left out: all.' }),
  })
  .meta({ id: 'ScheduleInput', description: "Cron, five fields, in the prefecture's time zone." });

export const ScheduleView = z
  .strictObject({
    name: Identifier,
    pattern: z.string(),
    requestTypes: z.array(Identifier).exactOptional().meta({ description: 'Absent: all.' }),
    agent: z.string(),
  })
  .meta({ id: 'DrawSchedule' });

export const ScheduleSet = z
  .strictObject({ ...ScheduleView.shape, nextDraw: DrawView })
  .meta({ id: 'DrawScheduleSet' });

export const ScheduleList = z
  .strictObject({ schedules: z.array(ScheduleView) })
  .meta({ id: 'DrawScheduleList' });
