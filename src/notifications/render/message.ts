import type { Language } from '../../base/languages.ts';
import type { AbsenceCause, AbsenceRule } from '../../domain/absences/rule.ts';

/** A text in every language. */
export type Labels = Readonly<Record<Language, string>>;

/** What every message may say. Texts may hold anything: they are cleaned and escaped here. */
export interface CommonFacts {
  readonly prefecture: { readonly id: string; readonly labels: Labels };
  /** IANA name: dates are written in this zone. */
  readonly timeZone: string;
  /** Entry id: the person's reference. */
  readonly entry: string;
  readonly name: string;
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

interface OfferFacts extends CommonFacts {
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

/** What each kind of message needs to know. */
export interface MessageFacts {
  readonly code: CommonFacts & { readonly code: string; readonly expiresAtMs: number };
  readonly welcome: CommonFacts & {
    /** The secret that manages the entry: the code has shown that the message reaches its person. */
    readonly token: string;
  };
  /** The same for who lost it. */
  readonly link: CommonFacts & { readonly token: string };
  readonly offer: OpenOfferFacts;
  readonly reminder: OpenOfferFacts;
  readonly booked: AppointmentFacts & {
    readonly document: OpenOfferFacts['document'];
    /** What it costs not to come, or to cancel late. */
    readonly rule: AbsenceRule;
  };
  readonly expired: OfferFacts & {
    /** False when too many offers in a row had no answer, and the entry left the waitlist. */
    readonly stillWaiting: boolean;
  };
  readonly revoked: AppointmentFacts & {
    /** Whether the person had accepted already, and has an appointment in the calendar. */
    readonly wasBooked: boolean;
  };
  readonly cancelled: AppointmentFacts & {
    readonly stillWaiting: boolean;
    /** Draws that the person sits out for it: none unless it came too late. */
    readonly drawsLeft: number;
  };
  /** An agent found that one person had several entries, and took this one off. */
  readonly duplicate: CommonFacts;
  /** An appointment was missed, or given up too late: what it costs, and how to say why. */
  readonly absence: CommonFacts & { readonly cause: AbsenceCause; readonly drawsLeft: number };
  /** What an agent decided on it. */
  readonly absence_decided: CommonFacts & {
    readonly lifted: boolean;
    readonly drawsLeft: number;
    readonly stillWaiting: boolean;
  };
}

/** A calendar file, to be attached. */
export interface CalendarFile {
  readonly method: 'PUBLISH' | 'CANCEL';
  readonly filename: string;
  readonly content: string;
}

/** One message, ready for any channel. */
export interface RenderedMessage {
  readonly language: Language;
  /** One line; says neither motive nor code. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** At most 300 characters, with one link at its end. */
  readonly sms: string;
  readonly attachment?: CalendarFile;
  /** For systems: the facts, without name and request type. */
  readonly data: Readonly<Record<string, string | number | boolean>>;
}
