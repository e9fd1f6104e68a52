import type { Hand } from '../../allocator/types.ts';
import type { AbsenceRule } from '../../domain/absences/rule.ts';
import type { Labels } from '../../domain/values.ts';

/** What every message may say. Texts may hold anything: they are cleaned and escaped here. */
export interface CommonFacts {
  readonly prefecture: { readonly id: string; readonly labels: Labels };
  /** IANA name: dates are written in this zone. */
  readonly timeZone: string;
  /** Entry id: the person's reference. */
  readonly entry: string;
  readonly name: string;
  /** How many people come together, and how the others are called; absent: one comes alone. */
  readonly people?: number;
  readonly others?: readonly string[];
  /** Named in the body of an e-mail only, never in a subject, SMS or calendar. */
  readonly requestType: Labels;
  /** Where the person sees and changes this entry. */
  readonly entryUrl: string;
  /** Public page: rules, draws, how a draw is checked and contested. */
  readonly publicUrl: string;
}

export interface SlotFacts {
  /** ISO 8601 with offset, as stored. */
  readonly start: string;
  readonly site: Labels;
  readonly address: Labels;
}

export interface OfferFacts extends CommonFacts {
  /** Offer id, `<draw>.<entry>`; later the appointment's. */
  readonly offer: string;
  readonly slot: SlotFacts;
}

export interface OpenOfferFacts extends OfferFacts {
  readonly deadlineMs: number;
  /** One-click signed links. */
  readonly acceptUrl: string;
  readonly declineUrl: string;
  /** What the person gave when joining, and has to bring. */
  readonly document: 'agdref' | 'passport' | 'consular' | 'none';
}

export interface AppointmentFacts extends OfferFacts {
  /** When it was booked or called off: the stamp of the calendar file. */
  readonly settledAtMs: number;
}

export interface BookedFacts extends AppointmentFacts {
  readonly document: OpenOfferFacts['document'];
  /** What it costs not to come, or to cancel late. */
  readonly rule: AbsenceRule;
  /** Who accepted it, if not the person, and until when they can give it back; absent: they did. */
  readonly proxy?: { readonly by: Hand; readonly undoUntilMs: number };
}
