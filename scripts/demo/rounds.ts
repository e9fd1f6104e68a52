import { setTimeout as delay } from 'node:timers/promises';
import { type Answers, answerOffers } from './answer.ts';
import type { Client } from './client.ts';
import type { Applicant } from './join.ts';
import type { Mailbox } from './mailbox.ts';

export interface RoundsDeps {
  readonly client: Client;
  readonly mailbox: Mailbox;
  readonly applicants: ReadonlyMap<string, Applicant>;
  readonly adminKey: string;
  /** Lets time pass for the service. */
  readonly passHours: (hours: number) => void;
  /** Asks the service to settle what has become due. */
  readonly sweep: () => void;
  readonly say: (line: string) => void;
}

export interface RoundsResult {
  readonly accept: number;
  readonly decline: number;
  readonly rounds: number;
  readonly reminders: number;
}

/** Each round answers all but the silent, so few are needed; more would mean that it never ends. */
const MOST_ROUNDS = 15;
const PATIENCE_MS = 60_000;

/**
 * Plays what follows a draw: people answer their messages, those who stay silent are reminded and
 * lose the offer, freed places go down the reserve list, and so on until nobody holds an offer.
 *
 * @throws Error when a round does not come to rest within a minute.
 */
export async function playRounds(deps: RoundsDeps): Promise<RoundsResult> {
  const total = { accept: 0, decline: 0, rounds: 0, reminders: 0 };
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const answers = await answerAll(deps);
    total.accept += answers.accept;
    total.decline += answers.decline;
    total.rounds = round;
    deps.say(
      `round ${round}: ${answers.accept} accepted, ${answers.decline} declined, ` +
        `${answers.silent} stayed silent`,
    );
    if (answers.silent === 0) return total;
    total.reminders += await remind(deps, answers.silent);
    deps.passHours(47);
    deps.sweep();
  }
  throw new Error(`offers are still open after ${MOST_ROUNDS} rounds`);
}

/**
 * Lets people answer until only those hold an offer who stay silent, or whom no message reaches:
 * people who came to the desk and left no e-mail address.
 */
async function answerAll({ client, mailbox, applicants, adminKey }: RoundsDeps): Promise<Answers> {
  const sum: Answers = { accept: 0, decline: 0, silent: 0 };
  const quiet = new Set<string>();
  const giveUp = performance.now() + PATIENCE_MS;
  while (performance.now() < giveUp) {
    const letters = mailbox.takeAll('offer');
    const answers = await answerOffers(client, letters, applicants, quiet);
    sum.accept += answers.accept;
    sum.decline += answers.decline;
    for (const entry of await unreached(client, adminKey)) quiet.add(entry);
    const open = await offered(client, adminKey);
    if (open.every((entry) => quiet.has(entry))) return { ...sum, silent: open.length };
    await delay(100);
  }
  throw new Error('some offers reached nobody');
}

/** Two days on, those who said nothing are reminded. Returns how many reminders arrived. */
async function remind({ mailbox, passHours, sweep }: RoundsDeps, most: number): Promise<number> {
  passHours(49);
  sweep();
  let reminders = 0;
  const giveUp = performance.now() + 5_000;
  while (reminders < most && performance.now() < giveUp) {
    await delay(50);
    reminders += mailbox.takeAll('reminder').length;
  }
  return reminders;
}

/** Entries that hold an offer now. */
async function offered(client: Client, token: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await client.request<{ entries: { id: string }[]; cursor: string | null }>(
      'GET',
      `/entries?state=offered&limit=500${query}`,
      { token },
    );
    ids.push(...body.entries.map(({ id }) => id));
    cursor = body.cursor;
  } while (cursor !== null);
  return ids;
}

/** Entries whose offer could not be delivered: an agent would telephone these people. */
async function unreached(client: Client, token: string): Promise<string[]> {
  const { body } = await client.request<{ messages: { kind: string; entry: string }[] }>(
    'GET',
    '/messages?state=dead',
    { token },
  );
  return body.messages.filter(({ kind }) => kind === 'offer').map(({ entry }) => entry);
}
