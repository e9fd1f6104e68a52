import { z } from 'zod';
import type { Accepts, Manifest, PlannedEntropy, Rules } from '../allocator/types.ts';
import type { AbsenceCause, AbsenceState } from './absences/rule.ts';
import type { AppointmentState } from './appointments/state.ts';
import type { DrawState } from './draws/state.ts';
import type { EntryState } from './entries/state.ts';
import { HELPER_CATEGORIES } from './helpers/mandate.ts';
import type { OfferState } from './offers/state.ts';
import type { Settings } from './prefectures/settings.ts';
import type { PriorityGround } from './priorities/state.ts';

/** `^[A-Za-z0-9._-]{1,48}$`, as in lottery/v1. */
export const Identifier = z.string().regex(/^[A-Za-z0-9._-]{1,48}$/);

export const Language = z.enum(['fr', 'en']);
export type Language = z.infer<typeof Language>;

/** A text for people: French first. */
export const Labels = z.strictObject({
  fr: z.string().min(1).max(200),
  en: z.string().min(1).max(200),
});
export type Labels = z.infer<typeof Labels>;

export const Site = z.strictObject({ id: Identifier, labels: Labels, address: Labels });
export type Site = z.infer<typeof Site>;

export const RequestType = z.strictObject({
  id: Identifier,
  labels: Labels,
  /** First request, renewal, or another step. */
  step: z.enum(['first', 'renewal', 'other']),
  /** Whether the AGDREF number is the only document accepted. */
  agdrefRequired: z.boolean().default(false),
  /** Sites that serve it; shown to applicants. */
  sites: z.array(Identifier).min(1).max(100),
});
export type RequestType = z.infer<typeof RequestType>;

/** What an applicant may know about a prefecture. */
export interface Prefecture {
  readonly id: string;
  readonly settings: Settings;
  readonly sites: readonly Site[];
  readonly requestTypes: readonly RequestType[];
  readonly rules: Rules;
  /** The kill switch: no draw, offer, refill or expiry while it is set. Registration goes on. */
  readonly paused: { readonly reason: string; readonly sinceMs: number } | undefined;
  /** After a pause nothing expires before this instant. */
  readonly graceUntilMs: number;
}

/** How an entry came: by whom, for those that the person did not make. */
export const ORIGINS = ['online', 'desk', 'phone', 'paper', ...HELPER_CATEGORIES] as const;
export type Origin = (typeof ORIGINS)[number];

/** One person's place on the waitlist of one request type, as stored. No readable personal data. */
export interface EntryRecord {
  readonly id: string;
  readonly state: EntryState;
  readonly requestType: string;
  readonly missed: number;
  /** Set while two agents have agreed on it; a draw frozen from `untilMs` on knows it no more. */
  readonly priority?: { readonly ground: PriorityGround; readonly untilMs: number };
  readonly accepts?: Accepts;
  readonly language: Language;
  readonly origin: Origin;
  /** Keyed hash of prefecture, request type and normalised document. */
  readonly identity: string;
  /** The same for further documents of the person. */
  readonly otherIdentities?: readonly string[];
  /** Keyed hashes of e-mail, telephone, and name with birth date, as far as given. */
  readonly clues?: readonly string[];
  /** The registry of documents could not be asked yet (`due`), or does not know the number. */
  readonly documentCheck?: 'due' | 'unknown';
  /** Sealed name, document and contact (identity/vault.ts). */
  readonly sealed: string;
  readonly joinedAtMs: number;
  /** When it first began to wait; absent until then. */
  readonly waitingSinceMs?: number;
  /** When its availability was last set; absent: when it joined. */
  readonly acceptsSinceMs?: number;
  /**
   * Number of the latest draw when this entry last began to wait, or of the last one that it sits
   * out. A waiting entry is in the pool of draw n if and only if `since < n`.
   */
  readonly since?: number;
  /** Number of the last draw whose miss was added to `missed`: makes the count idempotent. */
  readonly counted?: number;
  /** Reached by post alone, which takes longer. */
  readonly letter?: true;
  /** Offers in a row left without an answer. */
  readonly silences?: number;
  /** Its latest absence, while that matters: draws up to number `untilDraw` are sat out. */
  readonly absence?: {
    readonly cause: AbsenceCause;
    readonly untilDraw: number;
    readonly state: AbsenceState;
  };
  /** A stated impediment has excused a late cancellation: that counts once. */
  readonly excused?: true;
  /** The verification code on its way, while unverified. The code itself is derived, not stored. */
  readonly code?: {
    readonly round: number;
    readonly triesLeft: number;
    readonly expiresAtMs: number;
  };
  /** The offer or appointment it holds, while `offered`, `booked` or `served`. */
  readonly held?: { readonly draw: string; readonly slot: string };
  /** When it was served, left, was rejected, expired or erased. Retention counts from here. */
  readonly endedAtMs?: number;
}

/** A slot as agents enter it. Its places live in counters of their own. */
export interface SlotRecord {
  readonly id: string;
  readonly site: string;
  readonly start: string;
  readonly capacity: number;
  readonly requestTypes: readonly string[];
}

/** What a draw did for one request type. */
export interface RequestTypeStatistics {
  readonly waiting: number;
  /** Places of the slots that may serve this type. Types that share slots share places. */
  readonly places: number;
  readonly drawn: number;
  /** Median of the draws that those drawn took part in, this one included; null if none. */
  readonly medianWaitDraws: number | null;
}

export interface DrawStatistics {
  readonly entries: number;
  readonly places: number;
  readonly drawn: number;
  readonly requestTypes: Readonly<Record<string, RequestTypeStatistics>>;
}

export interface DrawRecord {
  readonly id: string;
  readonly state: DrawState;
  /** When it was planned to begin. */
  readonly atMs: number;
  /** The cron schedule that made it, if one did. */
  readonly schedule?: string;
  readonly scheduledAtMs: number;
  /** Id of the key of the agent who planned it. */
  readonly agent?: string;
  /** Known, and public, from the moment the draw is scheduled. */
  readonly entropy: PlannedEntropy;
  /** The void draw that this one repeats. */
  readonly replaces?: string;
  /** Of a void draw: the one draw that repeats it. Set with the plan of that draw. */
  readonly repeatedBy?: string;
  /** The operator's secret, sealed at rest until the draw. Never leaves the service before. */
  readonly sealedSecret?: string;
  /** 1 for the first draw of the prefecture; given at the freeze. */
  readonly number?: number;
  readonly frozenAtMs?: number;
  readonly manifest?: Manifest;
  readonly manifestHash?: string;
  readonly seed?: string;
  readonly outcomeHash?: string;
  readonly statistics?: DrawStatistics;
  /** When its result was sealed. */
  readonly drawnAtMs?: number;
  readonly publishedAtMs?: number;
  readonly closedAtMs?: number;
  readonly voided?: { readonly atMs: number; readonly reason: string; readonly agent: string };
}

/** An offer, and then the appointment that follows from it. Its id is `<draw>.<entry>`. */
export interface OfferRecord {
  readonly draw: string;
  readonly entry: string;
  readonly slot: string;
  readonly requestType: string;
  /** ISO 8601 with offset, copied from the slot. */
  readonly slotStart: string;
  readonly site: string;
  readonly state: OfferState;
  /** By the draw itself, or down the reserve list. */
  readonly via: 'draw' | 'refill';
  readonly offeredAtMs: number;
  readonly deadlineMs: number;
  /** Set once, when a message could not be delivered and the deadline moved. */
  readonly extended?: true;
  readonly settledAtMs?: number;
  readonly appointment?: AppointmentState;
}

export const MESSAGE_KINDS = [
  'code',
  'welcome',
  'offer',
  'reminder',
  'booked',
  'expired',
  'revoked',
  'cancelled',
  'duplicate',
  'link',
  'absence',
  'absence_decided',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/**
 * Names one message for ever: `<kind>.<entry>.<subject>`, where the subject is the draw, or the
 * round for a code. Job id and Message-ID are derived from it, so that a repeated step sends
 * nothing twice.
 */
export type MessageId = string;

/** A message that could not be delivered, for an agent to see and replay. */
export interface DeadLetter {
  readonly id: MessageId;
  readonly reason: string;
  readonly attempts: number;
  readonly atMs: number;
}

export const ROLES = ['helper', 'auditor', 'agent', 'supervisor', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** A staff member's or a system's API key. Only a hash of the secret is stored. */
export interface AgentKey {
  /** Public prefix of the key: names the agent in records and logs. */
  readonly id: string;
  readonly role: Role;
  readonly label: string;
  /** SHA-256 of the secret, hex. */
  readonly hash: string;
  readonly createdAtMs: number;
  /** What it may do of what its role may do. Absent: all of it. */
  readonly scopes?: readonly string[];
  /** It is refused from then on. */
  readonly expiresAtMs?: number;
  /** When it was taken away, and by whom. It stays, so that the audit log can be understood. */
  readonly revoked?: { readonly atMs: number; readonly by: string };
}

/** A value and the text it was read from, for compare-and-set. */
export interface Stored<Value> {
  readonly value: Value;
  readonly raw: string;
}
