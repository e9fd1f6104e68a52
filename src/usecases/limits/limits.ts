import { LimitReached } from '../../base/errors.ts';
import { daySeconds, hourSeconds } from '../../base/units.ts';
import type { LimitStore } from '../../store/limits/store.ts';

/** How much is too much. A minute's limits are of one IPv4 address, IPv6 /64, token or key. */
export interface Limits {
  /** Joins, codes, answers and other changes. Reading may be ten times as much. */
  readonly requestsPerMinute: number;
  /**
   * Messages an hour that one address block may bring to one mailbox or telephone, by joining and by
   * asking for links; and how many all of them together, before it is one a minute.
   */
  readonly messagesPerHour: number;
  /** Requests an hour to join for a person who has an entry already. */
  readonly attemptsPerHour: number;
}

/** The limits of what concerns one person. Each throws LimitReached once there was too much. */
export interface PersonLimits {
  /** Counts a wrong code for an entry that needs none any more. */
  guess(prefecture: string, entry: string): Promise<void>;
  /** Counts a call code, or document, for an entry that somebody would answer for. */
  proof(prefecture: string, entry: string): Promise<void>;
  /** Takes back the count of one that was right. */
  proven(prefecture: string, entry: string): Promise<void>;
  /** Counts a request of an address block for what a mailbox has, whether it has anything or not. */
  mailbox(prefecture: string, mailbox: string, block: string): Promise<void>;
  /** Counts a request about a person who has an entry already. */
  attempt(prefecture: string, identity: string): Promise<void>;
}

interface PersonLimitDeps {
  readonly limits: Limits;
  readonly counts: Pick<LimitStore, 'add'>;
  readonly clock: () => number;
  readonly onRefused: () => void;
}

/** Wrong call codes or documents for one entry, in a day: of a million codes that is one in 200,000. */
const MOST_PROOFS = 5;
const GUESS_SECONDS = 900;
/** Wrong codes for an entry that needs none, in a quarter of an hour. */
const MOST_GUESSES = 5;

/** Counts for all processes together, in windows with the clock's own bounds. */
export function createPersonLimits({
  limits,
  counts,
  clock,
  onRefused,
}: PersonLimitDeps): PersonLimits {
  const count = async (prefecture: string, name: string, windowSeconds: number, most: number) => {
    const nowMs = clock();
    const used = await counts.add({ prefecture, name, windowSeconds, nowMs }, 1);
    if (used <= most) return;
    onRefused();
    throw tooMany(secondsLeft(windowSeconds, nowMs));
  };
  return {
    guess: (prefecture, entry) => count(prefecture, `guess:${entry}`, GUESS_SECONDS, MOST_GUESSES),
    proof: (prefecture, entry) => count(prefecture, `proof:${entry}`, daySeconds, MOST_PROOFS),
    proven: async (prefecture, entry) => {
      const nowMs = clock();
      await counts.add(
        { prefecture, name: `proof:${entry}`, windowSeconds: daySeconds, nowMs },
        -1,
      );
    },
    // By whoever asks: what others ask for must not keep out who lost the link. An entry is sent its
    // link once an hour, whoever asks.
    mailbox: (prefecture, mailbox, block) =>
      count(prefecture, `link:${mailbox}:${block}`, hourSeconds, limits.messagesPerHour),
    attempt: (prefecture, identity) =>
      count(prefecture, `person:${identity}`, hourSeconds, limits.attemptsPerHour),
  };
}

/** The refusal of one request too many. Pure. */
export function tooMany(seconds: number): LimitReached {
  return new LimitReached(`too many requests: try again in ${seconds} s`, seconds);
}

/** The refusal of one message too many to a mailbox. Pure. */
export function crowded(waitMs: number): LimitReached {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const detail = `too many messages to this address or number: try again in ${seconds} s`;
  return new LimitReached(detail, seconds, 'contact');
}

/** Whole seconds until a window of the clock ends, 1 or more. Pure. */
export function secondsLeft(windowSeconds: number, nowMs: number): number {
  const windowMs = windowSeconds * 1000;
  return Math.max(1, Math.ceil((windowMs - (nowMs % windowMs)) / 1000));
}
