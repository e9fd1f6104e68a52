import { messageParts } from '../../domain/messages/id.ts';
import { pagesByPosition } from '../core/pages.ts';
import { MessageJob } from '../core/queues.ts';
import { LetterText } from '../letters/store.ts';
import { StoredLetter } from '../messages/store.ts';
import { itemInvariant, type Judge } from './items.ts';
import { decodeQuietly } from './named-entries.ts';
import { itemsPerPage, text } from './read.ts';
import type { CheckContext, Finding, Invariant } from './types.ts';

/** The form of the id of a message, as the jobs that send it have it. */
function isMessage(prefecture: string, message: string): boolean {
  return MessageJob.safeParse({ prefecture, message }).success;
}

interface Message {
  readonly id: string;
  /** `<kind>.<entry>.<subject>` */
  readonly entry: string;
}

function messageOf({ id }: { readonly id: string }): Message {
  return { id, entry: messageParts(id).entry };
}

const wellNamed: Judge<Message> = {
  name: 'messages',
  judge: ({ id }, _replies, { prefecture }) =>
    isMessage(prefecture, id) ? [] : ['is not the id of a message'],
};

/** A letter holds a name and an address: it goes with its entry. */
const ofAnEntry: Judge<Message> = {
  name: 'letters',
  needs: ({ entry }, { keys }) => [['hget', keys.entries, entry]],
  judge({ entry }, [reply]) {
    const raw = text(reply);
    const state = raw === null ? 'gone' : decodeQuietly(entry, raw)?.state;
    return state === 'gone' || state === 'erased' ? [`waits for an entry that is ${state}`] : [];
  },
};

export const letters: Invariant = itemInvariant({
  things: 'letters',
  one: 'letter',
  container: 'hash',
  key: ({ keys }) => keys.letters,
  decode: (item, raw) => ({ ...messageOf(item), ...LetterText.parse(JSON.parse(raw)) }),
  judges: [wellNamed, ofAnEntry],
});

/** Undelivered messages may outlive their entry: they hold ids only. */
export const deadLetters: Invariant = itemInvariant({
  things: 'dead letters',
  one: 'dead letter',
  container: 'hash',
  key: ({ keys }) => keys.deadLetters,
  decode: (item, raw) => ({ ...StoredLetter.parse(JSON.parse(raw)), ...messageOf(item) }),
  judges: [wellNamed],
});

/** Messages that wait for the queue: a list, whose head moves on while it is read. */
export const mailDue: Invariant = {
  things: 'messages due',
  async *pages({ redis, keys }: CheckContext) {
    const read = (first: number, last: number) => redis.lrange(keys.mailDue, first, last);
    for await (const page of pagesByPosition('messages due', { size: itemsPerPage }, read)) {
      yield page.map((id) => ({ scope: '', id }));
    }
  },
  async lookAt({ prefecture }, items): Promise<Finding[]> {
    return items.flatMap((item) =>
      isMessage(prefecture, item.id)
        ? []
        : [{ item, fault: { invariant: 'messages', text: `message due ${item.id} is none` } }],
    );
  },
};
