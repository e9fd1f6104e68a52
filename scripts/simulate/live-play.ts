import { setTimeout as delay } from 'node:timers/promises';
import { concurrently } from '../concurrently.ts';
import type { Client } from '../demo/client.ts';
import { type Applicant, joinOne } from '../demo/join.ts';
import type { Letter, Mailbox } from '../demo/mailbox.ts';
import { offered } from '../demo/rounds.ts';
import type { Progress } from '../progress.ts';
import type { Pace } from './live-arguments.ts';
import { cancelAndDecline, type Scraper } from './live-bots.ts';
import type { LiveMember } from './live-crowd.ts';
import { atPace } from './live-pace.ts';

/** Somebody of the crowd who is on the waitlist. */
export type LiveApplicant = Applicant & LiveMember;

export interface Stage {
  readonly client: Client;
  readonly mailbox: Mailbox;
  readonly key: string;
  readonly signal: AbortSignal;
  readonly progress: (label: string, total: number) => Progress;
  /** What went wrong for one of the crowd; the others go on. */
  readonly onFailure: (error: unknown) => void;
}

/** Requests at the same time where no pace is asked for. */
const AT_ONCE = 32;
const LOOK_MS = 250;
/** An answer may free a place, which becomes an offer a moment later: look again. */
const LOOKS_AT_REST = 4;

/** Lets everyone join, confirm by e-mail and look at their entry; bots look for slots, too. */
export async function joinEveryone(
  stage: Stage,
  crowd: readonly LiveMember[],
  { pace, scraper }: { readonly pace: Pace; readonly scraper: Scraper },
): Promise<LiveApplicant[]> {
  const joined: LiveApplicant[] = [];
  const progress = stage.progress('join and confirm by e-mail', crowd.length);
  await atPace(crowd, pace, async (member) => {
    try {
      stage.signal.throwIfAborted();
      const applicant = { ...member, ...(await joinOne(stage.client, stage.mailbox, member)) };
      joined.push(applicant);
      await look(stage.client, applicant);
      if (member.kind === 'bot') await scraper.scrape();
    } catch (error) {
      stage.onFailure(error);
    }
    progress.step();
  });
  progress.done();
  stage.signal.throwIfAborted();
  return joined;
}

/** Everyone looks at their entry once. */
export async function lookAtAll(stage: Stage, crowd: readonly LiveApplicant[]): Promise<void> {
  const progress = stage.progress('look at the entry', crowd.length);
  await concurrently(crowd, AT_ONCE, async (applicant) => {
    await look(stage.client, applicant).catch(stage.onFailure);
    progress.step();
  });
  progress.done();
  stage.signal.throwIfAborted();
}

interface SeenEntry {
  readonly state: string;
  readonly offer: { readonly id: string; readonly state: string } | null;
}

async function look(client: Client, { entry, token }: Applicant): Promise<SeenEntry> {
  return (await client.request<SeenEntry>('GET', `/entries/${entry}`, { token })).body;
}

/**
 * Asks for a draw now and waits until it is published, or skipped for want of entries or places; one bot
 * keeps looking for its slots.
 */
export async function holdDraw(
  { client, key, signal }: Stage,
  scraper: Scraper,
): Promise<{ draw: string; seconds: number; isHeld: boolean }> {
  const begun = performance.now();
  const planned = await client.request<{ id: string }>('POST', '/draws', { token: key, json: {} });
  const draw = planned.body.id;
  while (true) {
    const { body } = await client.request<{ state: string }>('GET', `/draws/${draw}`);
    if (body.state === 'published' || body.state === 'skipped') {
      const seconds = (performance.now() - begun) / 1000;
      return { draw, seconds, isHeld: body.state === 'published' };
    }
    if (body.state === 'void') throw new Error(`draw ${draw} was declared void`);
    await scraper.scrape(draw);
    await delay(LOOK_MS, undefined, { signal });
  }
}

export interface AnswerCounts {
  accept: number;
  decline: number;
  /** Offers left without an answer: nothing here moves the service's clock to their deadlines. */
  silent: number;
  /** Places that bots took and gave up. */
  givenUp: number;
}

/**
 * Lets everyone who is offered a place answer, and those to whom freed places go in turn, until only
 * those hold an offer who stay silent or are not of this crowd.
 */
export async function answerEveryone(
  stage: Stage,
  crowd: readonly LiveApplicant[],
): Promise<AnswerCounts> {
  const { client, mailbox, key, signal } = stage;
  const byEmail = new Map(crowd.map((applicant) => [applicant.email, applicant]));
  const byEntry = new Map(crowd.map((applicant) => [applicant.entry, applicant]));
  const settled = new Set<string>();
  const counts: AnswerCounts = { accept: 0, decline: 0, silent: 0, givenUp: 0 };
  for (let still = 0; still < LOOKS_AT_REST; ) {
    await concurrently(mailbox.takeAll('offer'), AT_ONCE, async (letter: Letter) => {
      const applicant = byEmail.get(letter.to.toLowerCase());
      if (!applicant) return;
      settled.add(applicant.entry);
      await answer(client, applicant, counts).catch(stage.onFailure);
    });
    const open = await offered(client, key);
    const isAtRest = open.every((entry) => settled.has(entry) || !byEntry.has(entry));
    still = isAtRest && (await client.isIdle()) ? still + 1 : 0;
    await delay(LOOK_MS, undefined, { signal });
  }
  return counts;
}

/** By the API and not by the links in messages, which lead to wherever the service is public. */
async function answer(
  client: Client,
  applicant: LiveApplicant,
  counts: AnswerCounts,
): Promise<void> {
  const { offer } = await look(client, applicant);
  if (offer?.state !== 'pending') throw new Error('an offer was announced, but none is shown');
  if (applicant.kind === 'bot') {
    await cancelAndDecline(client, applicant, offer.id);
    counts.givenUp += 1;
    return;
  }
  counts[applicant.answer] += 1;
  if (applicant.answer === 'silent') return;
  const { token } = applicant;
  await client.request('POST', `/offers/${offer.id}/${applicant.answer}`, { token });
}
