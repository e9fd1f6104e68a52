import type { Redis } from 'ioredis';

/** A text as it is, or bytes that are no UTF-8. */
type Text = string | { readonly base64: string };

/** One key of Redis as a line of a dump says it. Members stand in an order that never changes. */
interface Line {
  readonly key: string;
  readonly type: 'string' | 'hash' | 'list' | 'set' | 'zset';
  /** What was left of its time, in milliseconds. */
  readonly ttlMs?: number;
  /** A text; or a list of texts; or of pairs: field and value, member and score. */
  readonly value: Text | readonly Text[] | readonly (readonly [Text, Text])[];
}

/** Members that one command takes along. */
const atOnce = 500;

/**
 * Everything in a database, a key a line, sorted by key: JSON that every version of Redis can load and
 * that people can read and compare, where RDB files and `DUMP` change with the version of the server.
 * Streams are left out: BullMQ writes its events there, and nobody reads them.
 */
export async function dumpRedis(redis: Redis): Promise<string> {
  const keys = (await redis.keys('*')).sort();
  const lines: string[] = [];
  for (const key of keys) {
    const type = await redis.type(key);
    // Of what expires while it is read nothing is left.
    if (type === 'stream' || type === 'none') continue;
    const ttlMs = await redis.pttl(key);
    const value = await readValue(redis, key, type);
    lines.push(JSON.stringify({ key, type, ...(ttlMs > 0 ? { ttlMs } : {}), value }));
  }
  return `${lines.join('\n')}\n`;
}

/** Loads a dump into an empty database. Times to live begin anew, with what was left of them. */
export async function restoreRedis(redis: Redis, dump: string): Promise<void> {
  for (const text of dump.trimEnd().split('\n')) {
    const line: Line = JSON.parse(text);
    await writeValue(redis, line);
    if (line.ttlMs !== undefined) await redis.pexpire(line.key, line.ttlMs);
  }
}

async function readValue(redis: Redis, key: string, type: string): Promise<Line['value']> {
  if (type === 'string') return textOf(await redis.getBuffer(key));
  if (type === 'list') return (await redis.lrangeBuffer(key, 0, -1)).map(textOf);
  if (type === 'set') return (await redis.smembersBuffer(key)).map(textOf).sort(byText);
  if (type === 'zset') return pairs(await redis.zrangeBuffer(key, '0', '-1', 'WITHSCORES'));
  if (type === 'hash') {
    const flat = await redis.callBuffer('HGETALL', key);
    return pairs(flat as Buffer[]).sort(([a], [b]) => byText(a, b)); // reply of HGETALL in RESP2
  }
  throw new Error(`a dump knows no ${type}: ${key}`);
}

async function writeValue(redis: Redis, { key, type, value }: Line): Promise<void> {
  if (type === 'string') {
    await redis.set(key, bytesOf(value as Text)); // by its type
    return;
  }
  const items = value as readonly (Text | readonly [Text, Text])[]; // likewise
  for (let at = 0; at < items.length; at += atOnce) {
    const part = items.slice(at, at + atOnce);
    const flat = part.flatMap((item) => (isPair(item) ? item.map(bytesOf) : [bytesOf(item)]));
    if (type === 'list') await redis.rpush(key, ...flat);
    if (type === 'set') await redis.sadd(key, ...flat);
    if (type === 'hash') await redis.hset(key, ...flat);
    // ZADD wants the score first.
    if (type === 'zset') await redis.zadd(key, ...swapped(flat));
  }
}

function isPair(item: Text | readonly [Text, Text]): item is readonly [Text, Text] {
  return Array.isArray(item);
}

function swapped(flat: readonly Buffer[]): Buffer[] {
  return flat.flatMap((_, at) => (at % 2 === 0 ? [flat[at + 1], flat[at]] : [])) as Buffer[]; // pairs
}

function pairs(flat: readonly Buffer[]): [Text, Text][] {
  const texts = flat.map(textOf);
  return texts.flatMap((one, at) => (at % 2 === 0 ? [[one, texts[at + 1] ?? '']] : []));
}

/** A byte order mark would be lost by a decoder: such bytes are kept as bytes. */
function textOf(bytes: Buffer | null): Text {
  const whole = bytes ?? Buffer.alloc(0);
  const text = whole.toString('utf8');
  return Buffer.from(text, 'utf8').equals(whole) ? text : { base64: whole.toString('base64') };
}

function bytesOf(text: Text): Buffer {
  return typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.base64, 'base64');
}

function byText(a: Text, b: Text): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : 1;
}
