import type { Accepts, Entry, Slot, TimeWindow } from '../types.ts';

// A million entries are serialised before each draw, several times as fast here as by `jcs`. That
// rests on two facts which parsing has settled: no text needs an escape, and every number is an
// integer below 2^53. A property test holds each function against `jcs`.

/** Texts that were written before. */
interface Memory {
  /** By object: many entries may share one. */
  readonly accepts: Map<Accepts, string>;
  /** By the digits of the days: of few digits there are few lists. */
  readonly days: Map<number, string>;
}

/** Beyond this many different objects, remembering their texts would cost more than it saves. */
const mostRemembered = 65_536;

/** The leaf of an entry: its RFC 8785 serialisation. Pure. Right for every entry that parses. */
export function entryLeaf(entry: Entry): string {
  const { accepts, id, missed, owed, party, priority, requestType, resting } = entry;
  const head = accepts === undefined ? '{' : `{"accepts":${acceptsLeaf(accepts)},`;
  const due = owed ? '"owed":true,' : '';
  const size = party === undefined ? '' : `"party":${party},`;
  const track = priority ? '"priority":true,' : '';
  const end = resting ? ',"resting":true}' : '}';
  return `${head}"id":"${id}","missed":${missed},${due}${size}${track}"requestType":"${requestType}"${end}`;
}

/** What an entry accepts as it stands in its leaf, for many: parts that come again are remembered. */
export function createAcceptsLeaf(): (accepts: Accepts) => string {
  const memory: Memory = { accepts: new Map(), days: new Map() };
  return (accepts) => rememberAccepts(accepts, memory);
}

function rememberAccepts(accepts: Accepts, memory: Memory): string {
  const known = memory.accepts.get(accepts);
  if (known !== undefined) return known;
  const text = acceptsLeaf(accepts, memory);
  if (memory.accepts.size < mostRemembered) memory.accepts.set(accepts, text);
  return text;
}

function acceptsLeaf(accepts: Accepts, memory?: Memory): string {
  const { notAfter, notBefore, sites, windows } = accepts;
  // Whole pieces, not one append a member: each append costs time and leaves something behind.
  let text = '{';
  let comma = '';
  if (notAfter !== undefined) {
    text = `{"notAfter":"${notAfter}"`;
    comma = ',';
  }
  if (notBefore !== undefined) {
    text = `${text}${comma}"notBefore":"${notBefore}"`;
    comma = ',';
  }
  if (sites !== undefined) {
    text = `${text}${comma}"sites":${textList(sites)}`;
    comma = ',';
  }
  if (windows !== undefined) text = `${text}${comma}"windows":${windowsLeaf(windows, memory)}`;
  return `${text}}`;
}

/** The leaf of a slot: its RFC 8785 serialisation. Pure. Right for every slot that parses. */
export function slotLeaf({ capacity, id, requestTypes, site, start }: Slot): string {
  const types = textList(requestTypes);
  return `{"capacity":${capacity},"id":"${id}","requestTypes":${types},"site":"${site}","start":"${start}"}`;
}

/** The RFC 8785 serialisation of windows. Pure. */
export function windowsLeaf(windows: readonly TimeWindow[], memory?: Memory): string {
  let items = '';
  for (const { days, from, until } of windows) {
    const comma = items === '' ? '[' : ',';
    const daysText = rememberDays(days, memory);
    items = `${items}${comma}{"days":${daysText},"from":"${from}","until":"${until}"}`;
  }
  return items === '' ? '[]' : `${items}]`;
}

function rememberDays(days: readonly number[], memory?: Memory): string {
  if (!memory) return `[${days.join()}]`;
  let digits = 0;
  for (const day of days) digits = 10 * digits + day;
  const known = memory.days.get(digits);
  if (known !== undefined) return known;
  const text = `[${days.join()}]`;
  memory.days.set(digits, text);
  return text;
}

function textList(texts: readonly string[]): string {
  let items = '';
  for (const text of texts) items = items === '' ? `["${text}"` : `${items},"${text}"`;
  return items === '' ? '[]' : `${items}]`;
}
