import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../../src/service.ts';
import type { Progress } from '../progress.ts';
import { type Client, createClient } from './client.ts';
import { inventCrowd } from './crowd.ts';
import type { Example } from './example.ts';
import { joinAll } from './join.ts';
import { createPrefecture, loadExample } from './load.ts';
import type { Mailbox } from './mailbox.ts';
import { playRounds, type RoundsResult } from './rounds.ts';
import type { TypeRow } from './table.ts';

export interface StoryOptions {
  readonly service: Service;
  readonly example: Example;
  readonly mailbox: Mailbox;
  readonly people: number;
  readonly seed: string;
  /** `YYYY-MM-DD`: when the two weeks of slots begin. */
  readonly monday: string;
  /** Of an earlier story on the same data; otherwise the prefecture is created. */
  readonly adminKey?: string;
  readonly clock: () => number;
  readonly passHours: (hours: number) => void;
  readonly say: (line: string) => void;
  readonly progress: (label: string, total: number) => Progress;
  /** People who join at the same time. */
  readonly limit: number;
}

export interface StoryResult {
  readonly adminKey: string;
  readonly draw: string;
  readonly slots: number;
  readonly paper: { readonly joined: number; readonly duplicates: number };
  readonly joined: number;
  readonly entries: number;
  readonly places: number;
  readonly drawn: number;
  readonly rows: readonly TypeRow[];
  readonly answers: RoundsResult;
  /** The record of the draw, as the service publishes it. */
  readonly record: string;
  /** How often each type of event stands in the record. */
  readonly events: Readonly<Record<string, number>>;
}

interface PublicDraw {
  readonly id: string;
  readonly state: string;
  readonly statistics: {
    readonly entries: number;
    readonly places: number;
    readonly drawn: number;
    readonly requestTypes: readonly TypeRow[];
  } | null;
}

/**
 * The main job from end to end, over real HTTP and real mail: a prefecture and its slots, a crowd
 * that joins, a draw by the worker, answers, silence, the reserve list, and the record.
 */
export async function playStory(options: StoryOptions): Promise<StoryResult> {
  const { service, example, mailbox, say, clock } = options;
  const client = createClient(service.url ?? '', example.id);
  const adminKey = options.adminKey ?? (await createPrefecture(service.store, example, clock()));
  const loaded = await loadExample(client, example, adminKey, options.monday);
  say(
    `${example.settings.labels.fr}: ${loaded.slots} slots from ${options.monday}; ` +
      `${loaded.paper.joined} paper entries, ${loaded.paper.duplicates} entered before`,
  );

  const crowd = inventCrowd({
    mix: example.crowd,
    requestTypes: example.requestTypes,
    people: options.people,
    seed: options.seed,
    firstDay: options.monday,
  });
  const applicants = await joinAll(client, mailbox, crowd, {
    limit: options.limit,
    progress: options.progress('join and confirm by e-mail', crowd.length),
  });

  const draw = await runDraw(client, adminKey, say);
  const answers = await playRounds({
    client,
    mailbox,
    applicants,
    adminKey,
    say,
    passHours: options.passHours,
    sweep: () => service.sweep(example.id),
  });
  const record = await fetchRecord(service.url ?? '', example.id, draw.id);
  const { statistics } = draw;
  return {
    adminKey,
    draw: draw.id,
    ...loaded,
    joined: applicants.size,
    entries: statistics.entries,
    places: statistics.places,
    drawn: statistics.drawn,
    rows: statistics.requestTypes,
    answers,
    record,
    events: countEvents(record),
  };
}

/** Asks for a draw now and waits until its winners have their offers. */
async function runDraw(
  client: Client,
  token: string,
  say: (line: string) => void,
): Promise<PublicDraw & { statistics: NonNullable<PublicDraw['statistics']> }> {
  const { body: planned } = await client.request<PublicDraw>('POST', '/draws', { token, json: {} });
  say(`draw ${planned.id} is announced`);
  let state = planned.state;
  const giveUp = performance.now() + 60_000;
  while (performance.now() < giveUp) {
    const { body: draw } = await client.request<PublicDraw>('GET', `/draws/${planned.id}`);
    if (draw.state !== state) say(`draw ${draw.id} is ${draw.state}`);
    state = draw.state;
    if (draw.state === 'published' && draw.statistics) {
      return { ...draw, statistics: draw.statistics };
    }
    await delay(100);
  }
  throw new Error(`draw ${planned.id} is still ${state} after a minute`);
}

function countEvents(record: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of record.split('\n')) {
    if (!line.includes('"kind":"event"')) continue;
    const { type } = JSON.parse(line) as { type: string }; // written by the service
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

async function fetchRecord(origin: string, prefecture: string, draw: string): Promise<string> {
  const answer = await fetch(`${origin}/v1/prefectures/${prefecture}/draws/${draw}/record`);
  if (!answer.ok) throw new Error(`the record of ${draw} answered ${answer.status}`);
  return answer.text();
}
