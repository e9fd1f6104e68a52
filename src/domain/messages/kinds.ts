import { daySeconds, hourSeconds } from '../../base/units.ts';
import type { AbsenceState } from '../absences/rule.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { isConfirmedEntry } from '../entries/state.ts';
import { graceUntil, offerEnd } from '../offers/end.ts';
import type { OfferRecord } from '../offers/offer.ts';
import type { Prefecture } from '../prefectures/prefecture.ts';
import type { Labels } from '../values.ts';
import { type ProxySubject, parseProxySubject } from './acts.ts';

/** What a message can be about, and what the last part of its id then is. */
export interface Subjects {
  /** Round of the code. */
  code: number;
  /** 1: there is one for an entry. */
  entry: 1;
  /** Hour since 1970: there is one an hour. */
  link: number;
  /** Instant of the change, ms since 1970. */
  party: number;
  /** Id of the draw: with the entry it names the offer, and later the appointment. */
  offer: string;
  /** Id of the flag that an agent settled. */
  flag: string;
  /** Number of the last draw that is sat out. */
  absence: number;
  decision: `${number}-${AbsenceState}`;
  /** What somebody did for the person. What the entry holds is looked at beside it. */
  proxy: ProxySubject;
}

/** What a message is about, as stored at this moment. */
export interface MessageSubject {
  readonly prefecture: Prefecture;
  readonly entry: EntryRecord;
  /** Only for a message about one. */
  readonly offer: OfferRecord | undefined;
  /** The last part of its id. */
  readonly subject: string;
  /** What the office says of the closure that took the offer back, if it says something. */
  readonly closureText: Labels | undefined;
  /** Draws that the person sits out. */
  readonly drawsLeft: number;
}

/** One kind of message: all that is particular to it, but its facts and its words. */
interface MessageRow {
  readonly about: keyof Subjects;
  /** Whether it still tells the truth: what nobody needs any more is not sent. Pure. */
  readonly isTrue: (about: MessageSubject, nowMs: number) => boolean;
  /** Somebody waits for it: it does not queue behind the offers of a whole draw. */
  readonly isUrgent?: true;
  /** Asks for an answer: where it cannot be delivered, there is more time to answer, once. */
  readonly asksAnswer?: true;
  /** How long it is remembered that it was sent, in seconds. */
  readonly sentSeconds?: number;
}

/** A month. */
const sentSeconds = 30 * daySeconds;

const isConfirmed = ({ entry }: MessageSubject) => isConfirmedEntry(entry.state);
const canAnswer = (about: MessageSubject, nowMs: number) =>
  about.offer?.state === 'pending' && offerEnd(about.offer, graceUntil(about.prefecture)) > nowMs;

/** Somebody may have answered for the person, who is told of that instead. */
const isUnanswered = (about: MessageSubject, nowMs: number) =>
  canAnswer(about, nowMs) && about.offer?.deferred === undefined;

/** Every kind of message. Facts are in usecases/messages, words in notifications and texts. */
const table = {
  code: {
    about: 'code',
    isTrue: ({ entry, subject }, nowMs) =>
      entry.state === 'unverified' &&
      String(entry.code?.round) === subject &&
      (entry.code?.expiresAtMs ?? 0) > nowMs,
    isUrgent: true,
    sentSeconds: hourSeconds,
  },
  welcome: { about: 'entry', isTrue: isConfirmed },
  offer: { about: 'offer', isTrue: canAnswer, asksAnswer: true },
  reminder: { about: 'offer', isTrue: isUnanswered, asksAnswer: true },
  booked: { about: 'offer', isTrue: ({ offer }) => offer?.appointment === 'booked' },
  expired: { about: 'offer', isTrue: ({ offer }) => offer?.state === 'expired' },
  revoked: {
    about: 'offer',
    isTrue: ({ offer }) =>
      offer?.state === 'revoked' ||
      offer?.appointment === 'revoked' ||
      offer?.appointment === 'cancelled',
  },
  cancelled: { about: 'offer', isTrue: ({ offer }) => offer?.appointment === 'cancelled' },
  /** An agent found that one person had several entries, and took this one off. */
  duplicate: { about: 'flag', isTrue: ({ entry }) => entry.state === 'rejected' },
  /** Staff or a helper did something for the person, who may be able to undo it. */
  acted_for: {
    about: 'proxy',
    isTrue: ({ subject }) => parseProxySubject(subject) !== undefined,
    isUrgent: true,
  },
  /** The office took the entry off for good, and says why. */
  rejected: { about: 'entry', isTrue: ({ entry }) => entry.state === 'rejected' },
  /** The secret of an entry, for who lost it. */
  link: { about: 'link', isTrue: isConfirmed },
  /** How many people it stands for was changed. */
  party: { about: 'party', isTrue: isConfirmed },
  /** An appointment was missed, or given up too late. */
  absence: {
    about: 'absence',
    isTrue: ({ entry, subject, drawsLeft }) =>
      drawsLeft > 0 && String(entry.absence?.untilDraw) === subject,
  },
  /** What an agent decided on it. */
  absence_decided: {
    about: 'decision',
    isTrue: ({ entry, subject }) =>
      `${entry.absence?.untilDraw}-${entry.absence?.state}` === subject,
  },
} as const satisfies Readonly<Record<string, MessageRow>>;

export type MessageKind = keyof typeof table;
export type SubjectOf<Kind extends MessageKind> = Subjects[(typeof table)[Kind]['about']];

/** The kinds about an offer, or the appointment that it became. */
export type OfferMessage = {
  [Kind in MessageKind]: (typeof table)[Kind]['about'] extends 'offer' ? Kind : never;
}[MessageKind];

export const MESSAGE_KINDS = Object.keys(table) as MessageKind[]; // its own keys

/** The row of a kind, with what most kinds do where it says nothing. Pure. */
export function messageRow(kind: MessageKind): Required<
  Omit<MessageRow, 'isUrgent' | 'asksAnswer'>
> & {
  readonly isUrgent: boolean;
  readonly asksAnswer: boolean;
} {
  const row: MessageRow = table[kind];
  return { isUrgent: false, asksAnswer: false, sentSeconds, ...row };
}

/** Whether a message still tells the truth: nothing is true of an entry that was erased. Pure. */
export function isTrue(kind: MessageKind, about: MessageSubject, nowMs: number): boolean {
  const { entry } = about;
  if (entry.state === 'erased' || entry.sealed === '') return false;
  return messageRow(kind).isTrue(about, nowMs);
}
