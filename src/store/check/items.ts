import { z } from 'zod';
import { type Command, type Container, pagesOf, readAtOnce, valuesOf } from './read.ts';
import type { CheckContext, Finding, Invariant, Item } from './types.ts';

/** What is said of each item: from what others hold that is read at the same instant. Pure. */
export interface Judge<Value> {
  readonly name: string;
  /** What must be read beside the item. */
  needs?(value: Value, context: CheckContext): readonly Command[];
  /** What is wrong with it, one sentence a fault; `replies` are those of `needs`. */
  judge(value: Value, replies: readonly unknown[], context: CheckContext): readonly string[];
}

export interface ItemRule<Value> {
  readonly things: string;
  /** How one of them is called. */
  readonly one: string;
  readonly container: Container;
  key(context: CheckContext, scope: string): string;
  /** The hashes to go through, where there are several. */
  scopes?(context: CheckContext): AsyncIterable<readonly string[]>;
  /** Throws if the value is not one that the service writes. */
  decode(item: Item, raw: string): Value;
  readonly judges: readonly Judge<Value>[];
}

/** Readings of an item that others keep changing, before it is left alone. */
const mostRounds = 20;

/** The invariant that every item of some container must be decoded, and pass its judges. */
export function itemInvariant<Value>(rule: ItemRule<Value>): Invariant {
  const { things, container } = rule;
  return {
    things,
    async *pages(context) {
      const scopes = rule.scopes?.(context) ?? [['']];
      for await (const some of scopes) {
        for (const scope of some) {
          yield* pagesOf(context.redis, container, rule.key(context, scope), scope);
        }
      }
    },
    async lookAt(context, items) {
      const findings: Finding[] = [];
      for (const [scope, some] of Map.groupBy(items, (item) => item.scope)) {
        findings.push(...(await lookAtScope(rule, context, scope, some)));
      }
      return findings;
    },
  };
}

interface Seen<Value> {
  readonly item: Item;
  readonly raw: string;
  readonly value: Value;
}

/**
 * Which keys belong to an item only its value tells: it is read first, then once more together
 * with those. Where it changed in between it is read again.
 */
async function lookAtScope<Value>(
  rule: ItemRule<Value>,
  context: CheckContext,
  scope: string,
  items: readonly Item[],
): Promise<Finding[]> {
  const key = rule.key(context, scope);
  const findings: Finding[] = [];
  let left = items;
  for (let round = 0; round < mostRounds && left.length > 0; round += 1) {
    const ids = left.map(({ id }) => id);
    const [raws] = await readAtOnce(context.redis, [valuesOf(rule.container, key, ids)]);
    const { seen, broken } = decodeAll(rule, left, valuesIn(rule.container, raws));
    findings.push(...broken);
    if (seen.length === 0) break;
    left = await judgeAll(rule, context, key, seen, findings);
  }
  return findings;
}

/** Scores as texts; of a set `1` for what is in it. */
function valuesIn(container: Container, reply: unknown): (string | null)[] {
  const values = z.array(z.coerce.string().nullable()).parse(reply);
  return container === 'set' ? values.map((value) => (value === '1' ? value : null)) : values;
}

function decodeAll<Value>(
  rule: ItemRule<Value>,
  items: readonly Item[],
  raws: readonly (string | null)[],
): { seen: Seen<Value>[]; broken: Finding[] } {
  const seen: Seen<Value>[] = [];
  const broken: Finding[] = [];
  for (const [at, item] of items.entries()) {
    const raw = raws[at] ?? null;
    if (raw === null) continue; // it has gone
    try {
      seen.push({ item, raw, value: rule.decode(item, raw) });
    } catch {
      // Its text stays out of the report: it may be of a person.
      broken.push({
        item,
        fault: { invariant: 'values', text: `${naming(rule, item)} cannot be read` },
      });
    }
  }
  return { seen, broken };
}

/** Adds what is wrong to `findings`; answers the items that changed meanwhile. */
async function judgeAll<Value>(
  rule: ItemRule<Value>,
  context: CheckContext,
  key: string,
  seen: readonly Seen<Value>[],
  findings: Finding[],
): Promise<Item[]> {
  const needs = seen.map(({ value }) =>
    rule.judges.map((judge) => judge.needs?.(value, context) ?? []),
  );
  const ids = seen.map(({ item }) => item.id);
  const commands = [valuesOf(rule.container, key, ids), ...needs.flat(2)];
  const [reread, ...replies] = await readAtOnce(context.redis, commands);
  const now = valuesIn(rule.container, reread);
  const changed: Item[] = [];
  let from = 0;
  for (const [at, { item, raw, value }] of seen.entries()) {
    const parts = (needs[at] ?? []).map((some) => {
      from += some.length;
      return replies.slice(from - some.length, from);
    });
    if (now[at] !== raw) {
      changed.push(item);
      continue;
    }
    for (const [number, judge] of rule.judges.entries()) {
      for (const text of judge.judge(value, parts[number] ?? [], context)) {
        const fault = { invariant: judge.name, text: `${naming(rule, item)} ${text}` };
        findings.push({ item, fault });
      }
    }
  }
  return changed;
}

function naming({ one }: Pick<ItemRule<unknown>, 'one'>, { scope, id }: Item): string {
  return scope === '' ? `${one} ${id}` : `${one} ${id} of ${scope}`;
}
