import { z } from 'zod';
import { LARGEST_PARTY, REJECTIONS } from '../../allocator/types.ts';
import { Language } from '../../base/languages.ts';
import { ABSENCE_CAUSES, ABSENCE_STATES } from '../../domain/absences/rule.ts';
import type { EntryRecord, Origin, Owed } from '../../domain/entries/entry.ts';
import type { EntryState } from '../../domain/entries/state.ts';
import { PRIORITY_GROUNDS } from '../../domain/priorities/state.ts';
import { Identifier } from '../../domain/values.ts';

// A waitlist holds a hundred thousand entries and more, all in memory: short codes, no member
// names for what every entry has. The id is the field of the hash.

const stateCodes = {
  unverified: 'u',
  waiting: 'w',
  offered: 'o',
  booked: 'b',
  served: 's',
  withdrawn: 'd',
  rejected: 'r',
  expired: 'x',
  erased: 'e',
} as const satisfies Record<EntryState, string>;

const originCodes = {
  online: 'o',
  desk: 'd',
  phone: 't',
  paper: 'p',
  association: 'a',
  lawyer: 'l',
  social_service: 's',
} as const satisfies Record<Origin, string>;

const states = inverse(stateCodes);
const origins = inverse(originCodes);

const Accepts = z.strictObject({
  sites: z.array(Identifier).exactOptional(),
  windows: z
    .array(z.strictObject({ days: z.array(z.int()), from: z.string(), until: z.string() }))
    .exactOptional(),
  notBefore: z.string().exactOptional(),
  notAfter: z.string().exactOptional(),
});

/** state, request type, missed, language, origin, identity, sealed, joined, and what only some have. */
const Stored = z.tuple([
  z.enum(Object.values(stateCodes)),
  Identifier,
  z.int().min(0),
  Language,
  z.enum(Object.values(originCodes)),
  z.string(),
  z.string(),
  z.int(),
  z.strictObject({
    /** priority: ground, until */
    p: z.tuple([z.enum(PRIORITY_GROUNDS), z.int()]).exactOptional(),
    /** party: people who come together */
    f: z.int().min(2).max(LARGEST_PARTY).exactOptional(),
    /** party since: milliseconds after joining */
    z: z.int().exactOptional(),
    /** party: draws when it was resized */
    r: z.int().min(0).exactOptional(),
    /** party: draws when somebody went on alone */
    s: z.int().min(0).exactOptional(),
    /** party: who goes on alone when the draw is over */
    y: z.int().min(1).max(LARGEST_PARTY).exactOptional(),
    /** accepts */
    a: Accepts.exactOptional(),
    /** owed: draw, draw that settled it */
    o: z.union([z.tuple([z.int()]), z.tuple([z.int(), z.int()])]).exactOptional(),
    /** given up while guaranteed: draw, draws taken part in since */
    g: z.array(z.tuple([z.int(), z.int()])).exactOptional(),
    /** since */
    n: z.int().min(0).exactOptional(),
    /** waiting since: milliseconds after joining */
    w: z.int().exactOptional(),
    /** accepts since: milliseconds after joining */
    e: z.int().exactOptional(),
    /** counted */
    m: z.int().min(0).exactOptional(),
    /** letter */
    l: z.literal(1).exactOptional(),
    /** silences */
    q: z.int().min(0).exactOptional(),
    /** absence: cause, last draw sat out, state */
    b: z.tuple([z.enum(ABSENCE_CAUSES), z.int(), z.enum(ABSENCE_STATES)]).exactOptional(),
    /** excused */
    x: z.literal(1).exactOptional(),
    /** code: round, tries left, expiry */
    c: z.tuple([z.int(), z.int(), z.int()]).exactOptional(),
    /** identities of further documents, spaces between */
    i: z.string().exactOptional(),
    /** clues, spaces between */
    k: z.string().exactOptional(),
    /** check of the document: 1 is due, 2 unknown */
    d: z.literal([1, 2]).exactOptional(),
    /** held: draw, slot, 1 if it was guaranteed */
    h: z
      .union([z.tuple([Identifier, Identifier]), z.tuple([Identifier, Identifier, z.literal(1)])])
      .exactOptional(),
    /** call code: how often it was changed */
    v: z.int().min(1).exactOptional(),
    /** rejection */
    j: z.enum(REJECTIONS).exactOptional(),
    /** ended: milliseconds after joining */
    t: z.int().exactOptional(),
  }),
]);
type Stored = z.infer<typeof Stored>;
type HeldCode = NonNullable<Stored[8]['h']>;
type OwedCode = NonNullable<Stored[8]['o']>;

/** An entry as stored: a JSON tuple. Equal entries give equal text, so texts can be compared. Pure. */
export function encodeEntry(entry: EntryRecord): string {
  const { accepts, since, counted, silences, code, held, joinedAtMs } = entry;
  const { waitingSinceMs, acceptsSinceMs, endedAtMs, priority, absence, documentCheck } = entry;
  const { owed, givenUp } = entry;
  const stored: Stored = [
    stateCodes[entry.state],
    entry.requestType,
    entry.missed,
    entry.language,
    originCodes[entry.origin],
    entry.identity,
    entry.sealed,
    joinedAtMs,
    {
      ...(priority ? { p: [priority.ground, priority.untilMs] } : {}),
      ...(entry.party === undefined ? {} : { f: entry.party }),
      ...(entry.partySinceMs === undefined ? {} : { z: entry.partySinceMs - joinedAtMs }),
      ...(entry.resized === undefined ? {} : { r: entry.resized }),
      ...(entry.parted === undefined ? {} : { s: entry.parted }),
      ...(entry.parting === undefined ? {} : { y: entry.parting }),
      ...(accepts ? { a: copyAccepts(accepts) } : {}),
      ...(owed ? { o: owedCode(owed) } : {}),
      ...(givenUp ? { g: givenUp.map(({ draw, taken }): [number, number] => [draw, taken]) } : {}),
      ...(since === undefined ? {} : { n: since }),
      ...(waitingSinceMs === undefined ? {} : { w: waitingSinceMs - joinedAtMs }),
      ...(acceptsSinceMs === undefined ? {} : { e: acceptsSinceMs - joinedAtMs }),
      ...(counted === undefined ? {} : { m: counted }),
      ...(entry.letter ? { l: 1 } : {}),
      ...(silences === undefined ? {} : { q: silences }),
      ...(absence ? { b: [absence.cause, absence.untilDraw, absence.state] } : {}),
      ...(entry.excused ? { x: 1 } : {}),
      ...(code ? { c: [code.round, code.triesLeft, code.expiresAtMs] } : {}),
      ...(entry.otherIdentities ? { i: entry.otherIdentities.join(' ') } : {}),
      ...(entry.clues ? { k: entry.clues.join(' ') } : {}),
      ...(documentCheck ? { d: documentCheck === 'due' ? 1 : 2 } : {}),
      ...(held ? { h: heldCode(held) } : {}),
      ...(entry.callRound === undefined ? {} : { v: entry.callRound }),
      ...(entry.rejection === undefined ? {} : { j: entry.rejection }),
      ...(endedAtMs === undefined ? {} : { t: endedAtMs - joinedAtMs }),
    },
  ];
  return JSON.stringify(stored);
}

/** Reads what `encodeEntry` wrote. Pure. @throws ZodError if the text is anything else. */
export function decodeEntry(id: string, raw: string): EntryRecord {
  const [state, requestType, missed, language, origin, identity, sealed, joinedAtMs, rest] =
    Stored.parse(JSON.parse(raw));
  return {
    id,
    state: states[state],
    requestType,
    missed,
    language,
    origin: origins[origin],
    identity,
    sealed,
    joinedAtMs,
    ...(rest.p ? { priority: { ground: rest.p[0], untilMs: rest.p[1] } } : {}),
    ...(rest.f === undefined ? {} : { party: rest.f }),
    ...(rest.z === undefined ? {} : { partySinceMs: joinedAtMs + rest.z }),
    ...(rest.r === undefined ? {} : { resized: rest.r }),
    ...(rest.s === undefined ? {} : { parted: rest.s }),
    ...(rest.y === undefined ? {} : { parting: rest.y }),
    ...(rest.a ? { accepts: rest.a } : {}),
    ...(rest.o ? { owed: owedOf(rest.o) } : {}),
    ...(rest.g ? { givenUp: rest.g.map(([draw, taken]) => ({ draw, taken })) } : {}),
    ...(rest.n === undefined ? {} : { since: rest.n }),
    ...(rest.w === undefined ? {} : { waitingSinceMs: joinedAtMs + rest.w }),
    ...(rest.e === undefined ? {} : { acceptsSinceMs: joinedAtMs + rest.e }),
    ...(rest.m === undefined ? {} : { counted: rest.m }),
    ...(rest.l ? { letter: true } : {}),
    ...(rest.q === undefined ? {} : { silences: rest.q }),
    ...(rest.b ? { absence: { cause: rest.b[0], untilDraw: rest.b[1], state: rest.b[2] } } : {}),
    ...(rest.x ? { excused: true } : {}),
    ...(rest.c ? { code: { round: rest.c[0], triesLeft: rest.c[1], expiresAtMs: rest.c[2] } } : {}),
    ...(rest.i === undefined ? {} : { otherIdentities: rest.i.split(' ') }),
    ...(rest.k === undefined ? {} : { clues: rest.k.split(' ') }),
    ...(rest.d === undefined ? {} : { documentCheck: rest.d === 1 ? 'due' : 'unknown' }),
    ...(rest.h ? { held: heldOf(rest.h) } : {}),
    ...(rest.v === undefined ? {} : { callRound: rest.v }),
    ...(rest.j === undefined ? {} : { rejection: rest.j }),
    ...(rest.t === undefined ? {} : { endedAtMs: joinedAtMs + rest.t }),
  };
}

function heldCode({ draw, slot, guaranteed }: NonNullable<EntryRecord['held']>): HeldCode {
  return guaranteed ? [draw, slot, 1] : [draw, slot];
}

function heldOf([draw, slot, guaranteed]: HeldCode): NonNullable<EntryRecord['held']> {
  return { draw, slot, ...(guaranteed ? { guaranteed: true } : {}) };
}

function owedCode({ draw, settled }: Owed): OwedCode {
  return settled === undefined ? [draw] : [draw, settled];
}

function owedOf([draw, settled]: OwedCode): Owed {
  return { draw, ...(settled === undefined ? {} : { settled }) };
}

/** Whether an entry as stored is `offered` or `booked`, without reading all of it. Pure. */
export function holdsByText(raw: string): boolean {
  return raw.startsWith(`["${stateCodes.offered}"`) || raw.startsWith(`["${stateCodes.booked}"`);
}

/** Field of the counts that an entry belongs to. Pure. */
export function countField(state: EntryState, requestType: string): string {
  return `${state}:${requestType}`;
}

/** Mutable lists, as zod knows them, from the read-only ones of lottery/v1. */
function copyAccepts(accepts: NonNullable<EntryRecord['accepts']>): z.infer<typeof Accepts> {
  const { sites, windows, notBefore, notAfter } = accepts;
  return {
    ...(sites ? { sites: [...sites] } : {}),
    ...(windows
      ? { windows: windows.map((window) => ({ ...window, days: [...window.days] })) }
      : {}),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
  };
}

function inverse<Name extends string, Code extends string>(
  codes: Record<Name, Code>,
): Record<Code, Name> {
  const pairs = Object.entries(codes).map(([name, code]) => [code, name]);
  return Object.fromEntries(pairs); // every code is a key once: the table above shows it
}
