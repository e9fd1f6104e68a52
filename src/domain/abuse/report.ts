import { minuteMs } from '../../base/units.ts';
/** What is known of one act, by pseudonyms only: enough to see patterns, too little to see people. */
export interface Signal {
  readonly kind: 'join' | 'verify' | 'decline' | 'cancel';
  readonly atMs: number;
  readonly entry: string;
  /** Of joins: online, desk, phone, paper. */
  readonly origin?: string;
  /** Address block, and the /48 around it. */
  readonly block?: string;
  readonly wide?: string;
  /** Domain of the e-mail address. */
  readonly domain?: string;
  readonly phone?: string;
  /** What the browser or program calls itself. */
  readonly software?: string;
  /** Who entered the person: an agent's key, or a helper's account. */
  readonly helper?: string;
}

/** From how much on something is listed. None may be below 3: a report is not about single people. */
export interface Thresholds {
  /** Joins of one address block within `burstMinutes`; of a /48, four times as many. */
  readonly burst: number;
  readonly burstMinutes: number;
  /** Joins with one mail domain, if they come from at most a third as many address blocks. */
  readonly domain: number;
  /** Joins in one second by programs that call themselves alike. */
  readonly moment: number;
  /** Joins of one block whose code came back within `quickSeconds`. */
  readonly quick: number;
  readonly quickSeconds: number;
  /** Entries with one telephone number. */
  readonly phone: number;
  /** Offers that one entry declined, and appointments it gave up. */
  readonly refusals: number;
  /** Entries made by one helper or agent. */
  readonly helper: number;
}

export const FINDING_KINDS = [
  'address_burst',
  'network_burst',
  'mail_domain',
  'same_moment',
  'quick_codes',
  'shared_phone',
  'declined_often',
  'one_helper',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something to look at. It says what was counted, and nothing of what it means. */
export interface Finding {
  readonly kind: FindingKind;
  /** What these have in common: a pseudonym, or an id. */
  readonly subject: string;
  /** What was counted. */
  readonly count: number;
  /** How many address blocks it came from, where that was looked at. */
  readonly blocks?: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** All of them, in order of time. */
  readonly entries: readonly string[];
}

/** A wide network stands out by this many times what an address block does. */
const WIDE = 4;

/** Joins within `burstMinutes` from one wide network that stand out. Pure. */
export function networkBurst({ burst }: Pick<Thresholds, 'burst'>): number {
  return burst * WIDE;
}

/** What stands out in these signals, the largest first. Pure; decides nothing. */
export function findAbuse(signals: readonly Signal[], thresholds: Thresholds): Finding[] {
  const ordered = [...signals].sort((a, b) => a.atMs - b.atMs);
  const joins = ordered.filter(({ kind }) => kind === 'join');
  const online = joins.filter(({ origin }) => origin === 'online');
  const windowMs = thresholds.burstMinutes * minuteMs;
  const found = [
    ...bursts('address_burst', groups(online, 'block'), thresholds.burst, windowMs),
    ...bursts('network_burst', groups(online, 'wide'), networkBurst(thresholds), windowMs),
    ...groups(online, 'domain')
      .map((group) => listed('mail_domain', group, new Set(group[1].map((one) => one.block)).size))
      .filter(({ count, blocks = 0 }) => count >= thresholds.domain && blocks * 3 <= count),
    ...atLeast('same_moment', moments(online), thresholds.moment),
    ...atLeast('quick_codes', quickOnes(ordered, thresholds), thresholds.quick),
    ...atLeast('shared_phone', groups(joins, 'phone'), thresholds.phone),
    ...atLeast('declined_often', refusals(ordered), thresholds.refusals),
    ...atLeast('one_helper', groups(joins, 'helper'), thresholds.helper),
  ];
  return found.sort(
    (a, b) => b.count - a.count || compare(a.kind, b.kind) || compare(a.subject, b.subject),
  );
}

type Group = readonly [subject: string, signals: readonly Signal[]];

function groups(signals: readonly Signal[], by: 'block' | 'wide' | 'domain' | 'phone' | 'helper') {
  return groupBy(signals, (signal) => signal[by]);
}

function groupBy(
  signals: readonly Signal[],
  subjectOf: (signal: Signal) => string | undefined,
): Group[] {
  const found = new Map<string, Signal[]>();
  for (const signal of signals) {
    const subject = subjectOf(signal);
    if (subject === undefined) continue;
    const known = found.get(subject);
    if (known) known.push(signal);
    else found.set(subject, [signal]);
  }
  return [...found];
}

function atLeast(kind: FindingKind, all: readonly Group[], least: number): Finding[] {
  return all.filter(([, signals]) => signals.length >= least).map((group) => listed(kind, group));
}

/** The longest run of each group in which as many as that came within the window. */
function bursts(kind: FindingKind, all: readonly Group[], least: number, windowMs: number) {
  return all.flatMap(([subject, signals]) => {
    let best: readonly Signal[] = [];
    let first = 0;
    for (let last = 0; last < signals.length; last += 1) {
      while (at(signals, last) - at(signals, first) > windowMs) first += 1;
      if (last - first + 1 > best.length) best = signals.slice(first, last + 1);
    }
    return best.length < least ? [] : [listed(kind, [subject, best])];
  });
}

function moments(joins: readonly Signal[]): Group[] {
  return groupBy(joins, ({ software, atMs }) =>
    software === undefined ? undefined : `${software} ${Math.floor(atMs / 1000)}`,
  ).map(([subject, signals]) => [subject.split(' ')[0] ?? '', signals]);
}

/** Joins whose code came back sooner than people open their mail, by address block. */
function quickOnes(ordered: readonly Signal[], { quickSeconds }: Thresholds): Group[] {
  const joined = new Map<string, Signal>();
  const quick: Signal[] = [];
  for (const signal of ordered) {
    if (signal.kind === 'join') joined.set(signal.entry, signal);
    const join = signal.kind === 'verify' ? joined.get(signal.entry) : undefined;
    if (join && signal.atMs - join.atMs <= quickSeconds * 1000) quick.push(join);
  }
  return groups(quick, 'block');
}

function refusals(ordered: readonly Signal[]): Group[] {
  const kinds = ['decline', 'cancel'];
  return groupBy(
    ordered.filter(({ kind }) => kinds.includes(kind)),
    ({ entry }) => entry,
  );
}

function listed(kind: FindingKind, [subject, signals]: Group, blocks?: number): Finding {
  return {
    kind,
    subject,
    count: signals.length,
    ...(blocks === undefined ? {} : { blocks }),
    fromMs: at(signals, 0),
    untilMs: at(signals, signals.length - 1),
    entries: [...new Set(signals.map(({ entry }) => entry))],
  };
}

function at(signals: readonly Signal[], index: number): number {
  return signals[index]?.atMs ?? 0;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
