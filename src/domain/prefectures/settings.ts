import { z } from 'zod';
import { Labels } from '../values.ts';

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Hours = z
  .int()
  .min(0)
  .max(24 * 60);

/** Asked for once: the runtime builds the whole list each time. */
const timeZones = new Set(Intl.supportedValuesOf('timeZone'));

/** How a prefecture wants its draws and offers to run. Every member but the labels has a default. */
export const Settings = z.strictObject({
  labels: Labels,
  /** IANA name, checked against the runtime: `Europe/Paris`, `Indian/Reunion`, `America/Cayenne`. */
  timeZone: z
    .string()
    .refine((zone) => timeZones.has(zone), 'unknown time zone')
    .default('Europe/Paris'),
  /** How long a verification code is good for. */
  codeMinutes: z
    .int()
    .min(5)
    .max(24 * 60)
    .default(15),
  /** Time to answer an offer. */
  answerHours: Hours.min(1).default(72),
  /** An answer deadline never falls between these local times; it moves to the end of the pause. */
  quietFrom: LocalTime.default('21:00'),
  quietUntil: LocalTime.default('08:00'),
  /** No offer may still be open, and none is made, nearer to the slot than this. */
  noticeHours: Hours.default(48),
  /** A slot takes part in a draw only if at least this much time to answer remains. */
  minAnswerHours: Hours.min(1).default(12),
  /** What post takes, there and back: so much more time to answer for people reached by letter. */
  letterHours: Hours.max(720).default(168),
  /** How long before the deadline a person who has not answered is reminded. */
  reminderHours: Hours.default(24),
  /** Unanswered offers after which an entry leaves the waitlist. */
  silencesAllowed: z.int().min(1).max(10).default(2),
  /** So long a person can undo what staff or a helper gives up for them, before it takes effect. */
  undoMinutes: z
    .int()
    .min(10)
    .max(24 * 60)
    .default(60),
  /** How long an entry that was never verified is kept. */
  unverifiedHours: z.int().min(1).max(720).default(48),
  /** How long personal data is kept once an entry was served, has left, was rejected or expired. */
  keepDays: z.int().min(1).max(3650).default(90),
  /** How long letters and messages are kept after sending, and dead letters. */
  keepMessageDays: z.int().min(1).max(3650).default(30),
  /** Draws that a person sits out after an appointment missed or given up too late. 0: none. */
  absenceDraws: z.int().min(0).max(8).default(0),
  /** An appointment given up nearer to its start than this was given up too late. */
  lateCancelHours: Hours.max(168).default(24),
  /** Live entries that one e-mail address, or one telephone, may stand for. Families share them. */
  entriesPerContact: z.int().min(1).max(50).default(5),
});
export type Settings = z.infer<typeof Settings>;
