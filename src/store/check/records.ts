import { z } from 'zod';
import { jcs } from '../../base/jcs.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { readDraw } from '../draws/read.ts';
import { unpackParts } from '../draws/record-parts.ts';
import { decodeOffer } from '../offers/codec.ts';
import { pagesOf, pagesOfDrawIds, readAtOnce, text, texts, whole } from './read.ts';
import { fitsEvents } from './record-events.ts';
import type { CheckContext, Finding, Invariant } from './types.ts';

const Event = z.looseObject({
  at: z.string(),
  kind: z.literal('event'),
  type: z.string(),
  entry: z.string().optional(),
  slot: z.string().optional(),
});

/** Events read by one command. */
const eventsAtOnce = 1000;

/**
 * The record of each draw against its state: its manifest, how many lines it has, and that its events
 * led to the offers as they are. Whether its outcome follows from it, `npm run verify` says.
 */
export const records: Invariant = {
  things: 'records',
  async *pages({ redis, prefecture }) {
    for await (const page of pagesOfDrawIds(redis, prefecture)) {
      // One draw at a time: its events are kept while its offers are read.
      for (const id of page) yield [{ scope: '', id }];
    }
  },
  async lookAt(context, items) {
    const findings: Finding[] = [];
    for (const item of items) {
      const faults = [
        ...(await inputFaults(context, item.id)),
        ...(await eventFaults(context, item.id)),
      ];
      for (const fault of faults) {
        const text = `record of draw ${item.id}: ${fault}`;
        findings.push({ item, fault: { invariant: 'records', text } });
      }
    }
    return findings;
  },
};

/** What is wrong with the lines up to the last entry. They never change. */
async function inputFaults({ redis, keys, prefecture }: CheckContext, id: string) {
  const draw = await readDraw(redis, prefecture, id).catch(() => undefined);
  if (!draw?.manifest) return []; // what is missing is said of the draw
  const counts = { manifest: 0, slot: 0, entry: 0 };
  try {
    for await (const part of unpackParts(redis, keys.drawInput(id))) {
      for (const line of part.toString().split('\n')) {
        if (line === '') continue;
        // No text in a record holds a quote, so what looks like a member is one.
        if (line.includes('"kind":"entry"')) counts.entry += 1;
        else if (line.includes('"kind":"slot"')) counts.slot += 1;
        else {
          counts.manifest += 1;
          const { kind: _kind, ...manifest } = JSON.parse(line);
          if (jcs(manifest) !== jcs(draw.manifest)) return ['its manifest is not that of the draw'];
        }
      }
    }
  } catch {
    return ['a part of it cannot be unpacked or read'];
  }
  const { slots, entries } = draw.manifest;
  const fits =
    counts.manifest === 1 && counts.slot === slots.count && counts.entry === entries.count;
  return fits ? [] : ['it has not the lines that its manifest counts'];
}

/** Events of one draw, by entry, as far as they were read. */
interface ReadEvents {
  readonly byEntry: Map<string, string[]>;
  /** Slots that are closed. */
  readonly closed: Set<string>;
  read: number;
}

/**
 * Offers page by page, each page with the number of events at the same instant: one script writes an
 * offer and its event. Events are only appended, so those up to that number are what led there.
 */
async function eventFaults(context: CheckContext, id: string): Promise<string[]> {
  const { redis, keys } = context;
  const events: ReadEvents = { byEntry: new Map(), closed: new Set(), read: 0 };
  const offered = new Set<string>();
  for await (const page of pagesOf(redis, 'hash', keys.drawOffers(id))) {
    const entries = page.map((item) => item.id);
    const [state, algorithm, length, raws] = await readAtOnce(redis, [
      ['hget', keys.draw(id), 'state'],
      ['hget', keys.draw(id), 'algorithm'],
      ['llen', keys.drawEvents(id)],
      ['hmget', keys.drawOffers(id), ...entries],
    ]);
    const unreadable = await readOn(context, id, events, whole(length));
    if (unreadable) return [unreadable];
    const stored = texts(raws);
    for (const [at, entry] of entries.entries()) {
      const offer = offerOf(id, entry, stored[at] ?? '');
      const types = events.byEntry.get(entry) ?? [];
      if (types.length > 0) offered.add(entry);
      const recorded = {
        algorithm: text(algorithm) === 'lottery/v2' ? 'lottery/v2' : 'lottery/v1',
        isVoid: text(state) === 'void',
        isClosed: offer !== undefined && events.closed.has(offer.slot),
      } as const;
      if (!offer || fitsEvents(offer, types, recorded)) continue;
      const end = offer.appointment ?? offer.state;
      return [`its events do not lead entry ${entry} to an offer that is ${end}`];
    }
  }
  return strayFaults(context, id, events, offered);
}

const leaves: ReadonlySet<string> = new Set(['withdrawn', 'rejected']);

/** Events about entries that have no offer: those can only have left. */
async function strayFaults(
  { redis, keys }: CheckContext,
  id: string,
  { byEntry }: ReadEvents,
  offered: ReadonlySet<string>,
): Promise<string[]> {
  for (const [entry, types] of byEntry) {
    if (offered.has(entry) || types.every((type) => leaves.has(type))) continue;
    // Offered after its page was read.
    if ((await redis.hexists(keys.drawOffers(id), entry)) === 1) continue;
    return [`it tells of an offer to entry ${entry}, which is not there`];
  }
  return [];
}

/** Reads events up to a number; answers what is wrong with them. */
async function readOn(
  { redis, keys }: CheckContext,
  id: string,
  events: ReadEvents,
  until: number,
): Promise<string | undefined> {
  while (events.read < until) {
    const last = Math.min(until, events.read + eventsAtOnce) - 1;
    const lines = await redis.lrange(keys.drawEvents(id), events.read, last);
    if (lines.length === 0) return undefined; // a freeze that was made void takes its events along
    for (const line of lines) {
      const event = eventOf(line);
      if (!event) return `event ${events.read} cannot be read`;
      events.read += 1;
      if (event.type === 'closed' && event.slot !== undefined) events.closed.add(event.slot);
      if (event.entry === undefined) continue;
      const types = events.byEntry.get(event.entry) ?? [];
      types.push(event.type);
      events.byEntry.set(event.entry, types);
    }
  }
  return undefined;
}

function eventOf(line: string) {
  try {
    return Event.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function offerOf(draw: string, entry: string, raw: string): OfferRecord | undefined {
  try {
    return decodeOffer(draw, entry, raw);
  } catch {
    return undefined; // said of the offer itself
  }
}
