import type { Accepts, Rejection } from '../../allocator/types.ts';
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

/** A debt of the service to an entry, by the numbers of draws. */
export interface Owed {
  /** The draw in which the service took back what the entry held. */
  readonly draw: number;
  /** The later draw in which it was offered a place again; absent: it is owed one. */
  readonly settled?: number;
}

/** An offer that was given up while its entry was guaranteed. */
export interface GivenUp {
  /** Number of the draw that made it. */
  readonly draw: number;
  /** Draws that the entry has taken part in since. */
  readonly taken: number;
}

/**
 * The place of one person, or of one party, on the waitlist of one request type, as stored. No readable
 * personal data.
 */
export interface EntryRecord {
  readonly id: string;
  readonly state: EntryState;
  readonly requestType: string;
  readonly missed: number;
  /** How many people of one household come together, 2 to 6; absent: one person. */
  readonly party?: number;
  /** When its people last changed; absent: as it joined. */
  readonly partySinceMs?: number;
  /** Number of draws when people were last added or taken out. */
  readonly resized?: number;
  /** Number of draws when somebody last left the party and went on alone. */
  readonly parted?: number;
  /** Who does so once the draw is over that may still offer the party a place: 1 is the second. */
  readonly parting?: number;
  /** Set while two agents have agreed on it; a draw frozen from `untilMs` on knows it no more. */
  readonly priority?: { readonly ground: PriorityGround; readonly untilMs: number };
  /** Set while the service owes it a place, or has given it one again. */
  readonly owed?: Owed;
  /** Offers that it gave up while it was guaranteed, as far as they can still count. */
  readonly givenUp?: readonly GivenUp[];
  readonly accepts?: Accepts;
  readonly language: Language;
  readonly origin: Origin;
  /** Keyed hash of prefecture, request type and normalised document. */
  readonly identity: string;
  /** The same for further documents of the person, and for those who come along. */
  readonly otherIdentities?: readonly string[];
  /** Keyed hashes of e-mail, telephone, and each name with birth date, as far as given. */
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
  readonly held?: {
    readonly draw: string;
    readonly slot: string;
    /** It was ranked as guaranteed in that draw. */
    readonly guaranteed?: true;
  };
  /** How often its call code was changed; absent: never. The code itself is derived, not stored. */
  readonly callRound?: number;
  /** Why it was rejected; absent: it was not, or by an older release. */
  readonly rejection?: Rejection;
  /** When it was served, left, was rejected, expired or erased. Retention counts from here. */
  readonly endedAtMs?: number;
}
