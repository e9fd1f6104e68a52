import { createHash } from 'node:crypto';
import seedrandom from 'seedrandom';
import type { RequestType } from '../../src/domain/prefectures/prefecture.ts';
import { createClient, type Send } from '../demo/client.ts';
import { readExample } from '../demo/example.ts';
import type { Progress } from '../progress.ts';
import type { LiveArguments } from './live-arguments.ts';
import { chooseBuyers, createScraper } from './live-bots.ts';
import { type BuyersResult, followBuyers } from './live-buyers.ts';
import { type Comparison, compare } from './live-compare.ts';
import { inventLiveCrowd } from './live-crowd.ts';
import { watchMail } from './live-mail.ts';
import { createMeter, type Meter, type Traffic } from './live-meter.ts';
import {
  type AnswerCounts,
  answerEveryone,
  holdDraw,
  joinEveryone,
  type LiveApplicant,
  lookAtAll,
  type Stage,
} from './live-play.ts';
import { readRecord } from './live-record.ts';

export type LiveOptions = Omit<LiveArguments, 'isJson' | 'seed'> & { readonly seed: number };

export interface LiveHooks {
  readonly signal: AbortSignal;
  readonly progress: (label: string, total: number) => Progress;
}

export interface LiveReport {
  readonly origin: string;
  readonly prefecture: string;
  readonly seed: number;
  readonly people: { readonly asked: number; readonly joined: number };
  readonly bots: {
    readonly asked: number;
    readonly joined: number;
    readonly scrapes: number;
    /** Slots whose ids a bot could read anywhere before the draw was public. */
    readonly slotsSeen: number;
    /** Slots that an agent's key shows, which is what there was to find. */
    readonly slotsHidden: number;
  };
  readonly draw: { readonly id: string; readonly seconds: number };
  readonly comparison: Comparison;
  readonly answers: AnswerCounts;
  readonly buyers: BuyersResult;
  readonly traffic: Traffic;
  /** What the service should not have done. Empty when all is right. */
  readonly faults: readonly string[];
}

/** Faults of single persons that are told one by one. */
const MOST_TOLD = 5;

/**
 * Drives a running service by its public API, as people and as bots would, through one draw.
 *
 * @throws Refusal if the mail folder or the prefecture cannot be used.
 * @throws Error if the run cannot go on: no time left, no draw, no service.
 */
export async function runLive(options: LiveOptions, hooks: LiveHooks): Promise<LiveReport> {
  const time = AbortSignal.timeout(options.minutes * 60_000);
  const signal = AbortSignal.any([hooks.signal, time]);
  const mail = watchMail(options.mail);
  const stop = () => mail.mailbox.close(new Error('stopped'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const most = 10_000 + 100 * (options.people + options.bots);
    const report = await play(options, createMeter({ signal, most }), mail.mailbox, {
      ...hooks,
      signal,
    });
    const unread = mail.failures.length;
    if (unread === 0) return report;
    return { ...report, faults: [...report.faults, `${unread} messages could not be read`] };
  } catch (error) {
    if (!time.aborted) throw error;
    throw new Error(`not done after ${options.minutes} minutes`, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    mail.close();
  }
}

async function play(
  options: LiveOptions,
  meter: Meter,
  mailbox: Stage['mailbox'],
  { signal, progress }: LiveHooks,
): Promise<LiveReport> {
  const { origin, prefecture, key, people, bots, seed } = options;
  const client = createClient(origin, prefecture, meter.sender());
  const failures: string[] = [];
  const onFailure = (error: unknown) => {
    failures.push(error instanceof Error ? error.message : String(error));
  };
  const stage: Stage = { client, mailbox, key, signal, progress, onFailure };

  const slots = await listSlots(stage);
  const { body } = await client.request<{ requestTypes: RequestType[] }>('GET', '/request-types');
  const crowd = inventLiveCrowd(readExample().crowd, {
    people,
    bots,
    seed: `live:${seed}`,
    requestTypes: body.requestTypes,
    firstDay: slots.firstDay,
  });
  const scraper = createScraper(reader(options, meter.sender([401, 403, 404])), slots.ids);
  const joined = await joinEveryone(stage, crowd, { pace: options.pace, scraper });
  const isKind = (kind: LiveApplicant['kind']) => joined.filter((one) => one.kind === kind);
  // Whom a bot works for must not depend on who was through first.
  const byEmail = (list: LiveApplicant[]) => list.sort((a, b) => (a.email < b.email ? -1 : 1));
  const random = seedrandom(createHash('sha256').update(`live-buyers:${seed}`).digest('hex'));
  const buyers = chooseBuyers(byEmail(isKind('bot')), byEmail(isKind('person')), random);

  const held = await holdDraw(stage, scraper);
  const answers = await answerEveryone(stage, joined);
  await lookAtAll(stage, joined);
  if (!held.isHeld)
    failures.push(`draw ${held.draw} was not held: nobody waited, or no place was left`);
  const read = reader(options, meter.sender());
  const record = readRecord(held.isHeld ? await read(`/draws/${held.draw}/record`) : '');
  const kinds = new Map(joined.map(({ entry, kind }) => [entry, kind]));
  const kindOf = (entry: string) => kinds.get(entry) ?? 'other';
  const traffic = meter.traffic();
  const comparison = await compare(record, kindOf, { seed: String(seed), signal });
  return {
    origin,
    prefecture,
    seed,
    people: { asked: people, joined: isKind('person').length },
    bots: {
      asked: bots,
      joined: isKind('bot').length,
      scrapes: scraper.scrapes,
      slotsSeen: scraper.seen.size,
      slotsHidden: slots.ids.size,
    },
    draw: { id: held.draw, seconds: held.seconds },
    comparison,
    answers,
    buyers: followBuyers(record, buyers, kindOf),
    traffic,
    faults: faultsOf(traffic, failures, scraper.seen.size),
  };
}

/** The slots, as an agent sees them: what bots look for. */
async function listSlots({ client, key }: Stage): Promise<{ ids: Set<string>; firstDay: string }> {
  const ids = new Set<string>();
  let firstDay: string | undefined;
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await client.request<{
      slots: { id: string; start: string }[];
      cursor: string | null;
    }>('GET', `/slots?limit=500${query}`, { token: key });
    for (const { id, start } of body.slots) {
      ids.add(id);
      const day = start.slice(0, 10);
      if (firstDay === undefined || day < firstDay) firstDay = day;
    }
    cursor = body.cursor;
  } while (cursor !== null);
  if (firstDay === undefined) throw new Error('the prefecture has no slots: nothing can be drawn');
  return { ids, firstDay };
}

/** Reads what a route of the prefecture answers, as text. */
function reader({ origin, prefecture }: LiveOptions, send: Send) {
  return async (path: string) =>
    (await send(`${origin}/v1/prefectures/${prefecture}${path}`)).text();
}

function faultsOf(traffic: Traffic, failures: readonly string[], slotsSeen: number): string[] {
  const bad = Object.entries(traffic.errors).filter(([kind]) => /^(5\d\d|no answer)/.test(kind));
  const more = failures.length - MOST_TOLD;
  return [
    ...bad.map(([kind, count]) => `${count} × ${kind}`),
    ...(slotsSeen === 0 ? [] : [`${slotsSeen} slots could be seen before the draw`]),
    ...failures.slice(0, MOST_TOLD).map((failure) => `not served as asked: ${failure}`),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ];
}
