import { type Command, pagesOfKeys, readAtOnce, text } from './read.ts';
import type { CheckContext, Finding, Invariant, Item } from './types.ts';

type Kind = 'string' | 'hash' | 'list' | 'set' | 'zset';

interface KeyForm {
  readonly form: RegExp;
  readonly type: Kind;
  /** Whether Redis forgets it by itself. Absent: either. */
  readonly expires?: boolean;
  /** The draw or helper that it is of, which must be there. */
  readonly of?: 'draw' | 'helper';
}

const id = '[A-Za-z0-9._-]{1,48}';
const any = '[\\s\\S]*';

/** Keys of a prefecture after `tirage:{…}:`, as keys.ts makes them. */
const forms: readonly KeyForm[] = [
  ...lasting('string', 'prefecture|paused|audit-head|audit-anchor|retention|closing-draw'),
  ...lasting('string', 'draw-number|active-draw|data-version'),
  ...lasting('list', 'audit|mail-due|import-lines|import-gone|register|register:heads'),
  ...lasting('hash', 'agents|agents-used|entries|identities|priorities|sit-outs|appeals|flags'),
  ...lasting('hash', 'different|tallies|counts|dead-letters|helpers|helper-keys|mandates|letters'),
  ...lasting('hash', 'slots|places|reserves|import|freezing|before|schedules|clues:[\\s\\S]{1,3}'),
  ...lasting('hash', 'register:tiles|register:state|register:witnesses'),
  ...lasting('zset', 'open-flags|settled-flags|to-check|draws|frozen-draws|unfinished-draws'),
  ...lasting('zset', 'deadlines|reminders|open-closures|closure-times'),
  ...lasting('hash', 'closed-slots|closures|closure-counts'),
  {
    form: whole(`(?:session|login|idempotency|sent|work|limit):${any}`),
    type: 'string',
    expires: true,
  },
  // Slots of a closure that has not begun are gone after a while.
  { form: whole(`closure:${id}:slots`), type: 'list' },
  ...lasting('set', 'partings'),
  { form: whole('signals:\\d{4}-\\d{2}-\\d{2}'), type: 'list' },
  { form: whole(`helper:(?<of>${id}):entries`), type: 'set', expires: false, of: 'helper' },
  {
    form: whole(`draw:(?<of>${id})(?::(?:places|index|offers|closed))?`),
    type: 'hash',
    expires: false,
    of: 'draw',
  },
  {
    form: whole(`draw:(?<of>${id}):(?:input|result|events)`),
    type: 'list',
    expires: false,
    of: 'draw',
  },
];

/** Parts of a record on their way: lists, and hashes for an index. */
const staged = whole(`draw:(?<of>${id}):staged:${any}`);

function lasting(type: Kind, names: string): KeyForm[] {
  return [{ form: whole(names), type, expires: false }];
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

/** What a key is and how long it stays, at one instant. */
export interface KeyFacts {
  /** After `tirage:{…}:`. */
  readonly name: string;
  readonly type: string;
  /** As PTTL has it: -1 for ever, -2 gone. */
  readonly ttlMs: number;
  /** Whether the draw or helper that it is of is there. */
  readonly hasOwner: boolean;
}

/** What is wrong with a key. Pure. */
export function judgeKey({ name, type, ttlMs, hasOwner }: KeyFacts): string | undefined {
  if (type === 'none' || ttlMs === -2) return undefined;
  if (staged.test(name)) return hasOwner ? undefined : 'is of no draw';
  const known = forms.find(({ form }) => form.test(name));
  if (!known) return 'is not one that the service writes';
  if (known.type !== type) return `is a ${type} and should be a ${known.type}`;
  if (known.of && !hasOwner) return `is of no ${known.of}`;
  if (known.expires === true && ttlMs === -1) return 'should expire and does not';
  return known.expires === false && ttlMs !== -1 ? 'expires and should stay' : undefined;
}

/** Every key under the tag of the prefecture is one that the service knows, and of the right kind. */
export const keys: Invariant = {
  things: 'keys',
  async *pages({ redis, prefecture }) {
    for await (const page of pagesOfKeys(redis, `${rootOf(prefecture)}*`)) {
      yield page.map((key) => ({ scope: '', id: key }));
    }
  },
  async lookAt(context, items) {
    const commands = items.flatMap(({ id: key }): Command[] => [
      ['type', key],
      ['pttl', key],
      ownerOf(context, key),
    ]);
    const replies = await readAtOnce(context.redis, commands);
    return items.flatMap((item, at): Finding[] => {
      const [type, ttlMs, owner] = replies.slice(3 * at, 3 * at + 3);
      const name = nameOf(context, item);
      const hasOwner = owner !== 0 && owner !== null;
      const wrong = judgeKey({ name, type: text(type) ?? '', ttlMs: Number(ttlMs), hasOwner });
      return wrong ? [{ item, fault: { invariant: 'keys', text: `key ${item.id} ${wrong}` } }] : [];
    });
  },
};

function rootOf(prefecture: string): string {
  return `tirage:{${prefecture}}:`;
}

function nameOf({ prefecture }: CheckContext, { id: key }: Item): string {
  return key.slice(rootOf(prefecture).length);
}

/** Asks whether the draw or helper of a key is there; of other keys something that always is. */
function ownerOf(context: CheckContext, key: string): Command {
  const name = nameOf(context, { scope: '', id: key });
  const match = [...forms.filter(({ of }) => of).map(({ form }) => form), staged]
    .map((form) => form.exec(name))
    .find((found) => found !== null);
  const owner = match?.groups?.of;
  if (owner === undefined) return ['exists', key];
  return name.startsWith('helper:')
    ? ['hexists', context.keys.helpers, owner]
    : ['zscore', context.keys.draws, owner];
}
