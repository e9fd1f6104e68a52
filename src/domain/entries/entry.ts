import type { Accepts } from '../../allocator/types.ts';
import type { Language } from '../../base/languages.ts';
import type { AbsenceCause, AbsenceState } from '../absences/rule.ts';
import { HELPER_CATEGORIES } from '../helpers/mandate.ts';
import type { PriorityGround } from '../priorities/state.ts';
import type { EntryState } from './state.ts';

/** How an entry came: by whom, for those that the person did not make. */
export const ORIGINS = ['online', 'desk', 'phone', 'paper', ...HELPER_CATEGORIES] as const;
export type Origin = (typeof ORIGINS)[number];

/** What became of the question to the registry of documents, where it is not settled. */
export const DOCUMENT_CHECKS = ['due', 'unknown'] as const;
export type DocumentCheck = (typeof DOCUMENT_CHECKS)[number];

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
  readonly documentCheck?: DocumentCheck;
  /** Sealed name, document and contact (identity/keys/vault.ts). */
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
