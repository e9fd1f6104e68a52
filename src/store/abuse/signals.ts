import { z } from 'zod';
import { dayMs, secondMs } from '../../base/units.ts';
import type { Signal } from '../../domain/abuse/report.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script } from '../core/script.ts';

/** How long signals are kept. Redis forgets them by itself. */
export const SIGNAL_DAYS = 30;
/** Signals kept of one day; the oldest of the day go first. */
const MOST_A_DAY = 20_000;
/** When Redis forgets a day. */
const KEPT_S = (SIGNAL_DAYS + 1) * (dayMs / secondMs);
/** Signals read for one report, the newest. */
const MOST_READ = 100_000;

const noteSignals = new Script(
  'abuse/note-signals.lua',
  { keys: ['signals'], args: ['most keptS lines[]'] },
  z.int(),
);

const kinds = { j: 'join', v: 'verify', d: 'decline', c: 'cancel' } as const;
const letters = { join: 'j', verify: 'v', decline: 'd', cancel: 'c' } as const;

/** One signal as stored: short names, for there is one for each join. */
const Stored = z.object({
  k: z.enum(['j', 'v', 'd', 'c']),
  t: z.int(),
  e: z.string(),
  o: z.string().optional(),
  b: z.string().optional(),
  w: z.string().optional(),
  m: z.string().optional(),
  p: z.string().optional(),
  s: z.string().optional(),
  h: z.string().optional(),
});

export interface SignalsRead {
  /** In order of time. */
  readonly signals: readonly Signal[];
  /** Whether there were more than are kept, or read. */
  readonly isCut: boolean;
}

/**
 * Signals for the abuse report: a list for each day, each gone after `SIGNAL_DAYS`. Pseudonyms and
 * ids only.
 */
export class SignalStore {
  readonly #redis: Connection;
  #waiting = new Map<string, string[]>();

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /**
   * Notes a signal. Nobody waits for it: what came at the same moment is written together, right
   * after. One that is lost is missing in a report, and nowhere else.
   */
  note(prefecture: string, signal: Signal): void {
    const key = keysOf(prefecture).signals(dayOf(signal.atMs));
    const lines = this.#waiting.get(key);
    if (lines) lines.push(encode(signal));
    else {
      if (this.#waiting.size === 0) setImmediate(() => this.#write());
      this.#waiting.set(key, [encode(signal)]);
    }
  }

  /** The signals since an instant. */
  async read(prefecture: string, sinceMs: number, nowMs: number): Promise<SignalsRead> {
    const signals: Signal[] = [];
    let isCut = false;
    for (let day = nowMs; dayOf(day) >= dayOf(sinceMs); day -= dayMs) {
      const key = keysOf(prefecture).signals(dayOf(day));
      const room = MOST_READ - signals.length;
      const lines = room > 0 ? await this.#redis.lrange(key, -room, -1) : [];
      isCut ||= lines.length >= Math.min(room, MOST_A_DAY);
      signals.push(...lines.map(decode).filter(({ atMs }) => atMs >= sinceMs));
    }
    return { signals: signals.sort((a, b) => a.atMs - b.atMs), isCut };
  }

  #write(): void {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    for (const [key, lines] of waiting) {
      for (let at = 0; at < lines.length; at += noteSignals.most) {
        const some = lines.slice(at, at + noteSignals.most);
        const args = { most: MOST_A_DAY, keptS: KEPT_S, lines: some };
        // An outage is everybody's, and is told where something depends on it.
        noteSignals.run(this.#redis, { signals: key }, args).catch(() => {});
      }
    }
  }
}

/** `YYYY-MM-DD` in UTC. Pure. */
function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function encode({ kind, atMs, entry, origin, block, wide, domain, ...rest }: Signal): string {
  const { phone, software, helper } = rest;
  return JSON.stringify({
    k: letters[kind],
    t: atMs,
    e: entry,
    o: origin,
    b: block,
    w: wide,
    m: domain,
    p: phone,
    s: software,
    h: helper,
  });
}

function decode(line: string): Signal {
  const { k, t, e, o, b, w, m, p, s, h } = Stored.parse(JSON.parse(line));
  return {
    kind: kinds[k],
    atMs: t,
    entry: e,
    ...(o === undefined ? {} : { origin: o }),
    ...(b === undefined ? {} : { block: b }),
    ...(w === undefined ? {} : { wide: w }),
    ...(m === undefined ? {} : { domain: m }),
    ...(p === undefined ? {} : { phone: p }),
    ...(s === undefined ? {} : { software: s }),
    ...(h === undefined ? {} : { helper: h }),
  };
}
