import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Service } from '../../src/service.ts';
import type { Progress } from '../progress.ts';
import { type Client, createClient } from './client.ts';
import { inventCrowd, withFamilies } from './crowd.ts';
import type { Example } from './example.ts';
import { joinAll } from './join.ts';
import { createPrefecture, loadExample } from './load.ts';
import type { Mailbox } from './mailbox.ts';
import { offered, playRounds, type RoundsResult } from './rounds.ts';
import type { TypeRow } from './table.ts';

export interface StoryOptions {
  readonly service: Service;
  readonly example: Example;
  readonly mailbox: Mailbox;
  readonly people: number;
  readonly seed: string;
  /** `YYYY-MM-DD`: when the two weeks of slots begin. */
  readonly monday: string;
  /** What earlier stories left on the same data; without it the prefecture is created. */
  readonly earlier?: {
    readonly adminKey: string;
    readonly crowds: readonly {
      readonly seed: string;
      readonly people: number;
      readonly monday: string;
    }[];
  };
  /** Called as soon as the key is known, before anything is loaded. */
  readonly keepKey: (adminKey: string) => void;
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
  /** Entries of several people in the record, and those of them that won as many places of one slot. */
  readonly families: { readonly waiting: number; readonly drawn: number; readonly people: number };
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
  const adminKey =
    options.earlier?.adminKey ?? (await createPrefecture(service.store, example, clock()));
  options.keepKey(adminKey);
  const loaded = await loadExample(client, example, adminKey, options.monday);
  say(
    `${example.settings.labels.fr}: ${loaded.slots} slots from ${options.monday}; ` +
      `${loaded.paper.joined} paper entries, ${loaded.paper.duplicates} entered before`,
  );

  const crowdOf = (of: { seed: string; people: number; monday: string }) =>
    withFamilies(
      inventCrowd({
        mix: example.crowd,
        requestTypes: example.requestTypes,
        people: of.people,
        seed: of.seed,
        firstDay: of.monday,
      }),
      { mix: example.crowd, requestTypes: example.requestTypes, seed: of.seed },
    );
  const crowd = crowdOf(options);
  const before = (options.earlier?.crowds ?? []).flatMap(crowdOf);
  const joined = await joinAll(client, mailbox, crowd, {
    limit: options.limit,
    progress: options.progress('join and confirm by e-mail', crowd.length),
  });
  const applicants = new Map([
    ...before.map((member) => [member.email, member] as const),
    ...joined,
  ]);

  const unread = await offered(client, adminKey);
  const draw = await runDraw(client, adminKey, say);
  const answers = await playRounds({
    client,
    mailbox,
    applicants,
    adminKey,
    draw: draw.id,
    unread,
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
    joined: joined.size,
    entries: statistics.entries,
    places: statistics.places,
    drawn: statistics.drawn,
    rows: statistics.requestTypes,
    families: familiesIn(record),
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

const EntryLine = z.looseObject({ kind: z.literal('entry'), id: z.string(), party: z.int() });
const WinnerLine = z.looseObject({ kind: z.literal('winner'), entry: z.string() });

/** What the record says of families. */
function familiesIn(record: string): StoryResult['families'] {
  const sizes = new Map<string, number>();
  const won: string[] = [];
  for (const line of record.split('\n')) {
    if (!/"party":|"kind":"winner"/.test(line)) continue;
    const parsed: unknown = JSON.parse(line);
    const entry = EntryLine.safeParse(parsed).data;
    if (entry) sizes.set(entry.id, entry.party);
    const winner = WinnerLine.safeParse(parsed).data;
    if (winner) won.push(winner.entry);
  }
  const drawn = won.map((id) => sizes.get(id) ?? 0).filter((people) => people > 0);
  const people = drawn.reduce((sum, size) => sum + size, 0);
  return { waiting: sizes.size, drawn: drawn.length, people };
}

async function fetchRecord(origin: string, prefecture: string, draw: string): Promise<string> {
  const answer = await fetch(`${origin}/v1/prefectures/${prefecture}/draws/${draw}/record`);
  if (!answer.ok) throw new Error(`the record of ${draw} answered ${answer.status}`);
  return answer.text();
}
