import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from '../src/config/config.ts';
import { startEmbedded } from '../src/embedded/embedded.ts';
import { type Service, startService } from '../src/service.ts';
import { type Closer, closeAll } from '../src/shutdown.ts';
import { playBots } from './demo/bots.ts';
import { type Example, readExample } from './demo/example.ts';
import { createMailReader } from './demo/mail-reader.ts';
import { createMailbox } from './demo/mailbox.ts';
import { type DemoState, nextMonday, readDemoState, writeDemoState } from './demo/state.ts';
import { playStory, type StoryResult } from './demo/story.ts';
import { drawTable } from './demo/table.ts';
import { startProgress } from './progress.ts';

const { values: options } = parseArgs({
  options: {
    oneshot: { type: 'boolean', default: false },
    people: { type: 'string' },
    seed: { type: 'string', default: 'tirage' },
    data: { type: 'string', default: './data' },
  },
});

const say = (line: string) => console.log(line);

/** The verifier is a program of its own: what it says here is what anyone would see. */
function verify(file: string): { verified: boolean; verdict: string } {
  const script = new URL('./verify.ts', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file], {
    encoding: 'utf8',
  });
  return { verified: status === 0, verdict: (status === 0 ? stdout : stderr).trim() };
}

/** What is not as it should be after the story; empty when all is right. */
function faultsOf(story: StoryResult, people: number, verified: boolean): string[] {
  const { joined, entries, drawn, places, events, answers } = story;
  const { accepted = 0, declined = 0, expired = 0, refilled = 0 } = events;
  return [
    ...(joined === people ? [] : [`${joined} of ${people} people could join`]),
    ...(entries >= people ? [] : [`only ${entries} entries took part in the draw`]),
    ...(drawn > 0 && drawn <= places ? [] : [`${drawn} drawn for ${places} places`]),
    ...(refilled > 0 ? [] : ['no place went through the reserve list']),
    ...(accepted === answers.accept && declined === answers.decline
      ? []
      : ['the record does not hold the answers that people gave']),
    ...(accepted + declined + expired === drawn + refilled
      ? []
      : ['some offers of the record have no end']),
    ...(verified ? [] : ['the record was not verified']),
  ];
}

function report(story: StoryResult, example: Example): void {
  say('');
  say(drawTable(story.rows, example.requestTypes, example.failureRates2019));
  say('');
  say(`Request types share places. Failed in 2019: share of hourly attempts in which no appointment
was on show (${example.failureSource}): availability, not success per person.`);
  say('');
  const { accepted = 0, declined = 0, expired = 0, refilled = 0 } = story.events;
  say(
    `${story.entries} entries, ${story.places} places, ${story.drawn} drawn; ${accepted} accepted, ` +
      `${declined} declined, ${expired} left unanswered, ${story.answers.reminders} reminders`,
  );
  say(`through the reserve list: ${refilled} places`);
  const { families } = story;
  say(
    `families: ${families.waiting} waited, ${families.drawn} were drawn: ${families.people} people, ` +
      'each family with all its places in one slot',
  );
}

/** Plays the main job, prints what came of it, and returns what was wrong. */
async function play(service: Service, example: Example, people: number): Promise<string[]> {
  const earlier = readDemoState(stateFile);
  const crowds = earlier?.crowds ?? [];
  const monday = nextMonday(clock(), earlier ? mondaysOf(earlier) : []);
  const seed = `${options.seed}:${crowds.length}`;
  let adminKey = '';
  // Kept at each turn, so that the next demo can go on even if this one is broken off.
  const keep = () =>
    writeDemoState(stateFile, {
      adminKey,
      clockAheadMs: aheadMs,
      crowds: [...crowds, { seed, people, monday }],
      botMondays: earlier?.botMondays ?? [],
    });
  const story = await playStory({
    service,
    example,
    mailbox,
    people,
    monday,
    seed,
    ...(earlier === undefined ? {} : { earlier }),
    keepKey: (key) => {
      adminKey = key;
      keep();
    },
    clock,
    passHours: (hours) => {
      aheadMs += hours * 3_600_000;
      keep();
      say(`${hours} hours pass`);
    },
    say,
    progress: startProgress,
    limit: 48,
  });
  const record = resolve(options.data, 'records', `${story.draw}.ndjson`);
  mkdirSync(resolve(options.data, 'records'), { recursive: true });
  writeFileSync(record, story.record);

  report(story, example);
  const { verified, verdict } = verify(record);
  say(`record: ${relative('.', record)}`);
  say(verdict);
  return [...faultsOf(story, people, verified), ...mail.failures.map(String)];
}

/** The first days of all slots that were loaded so far. */
const mondaysOf = ({ crowds, botMondays }: DemoState) => [
  ...crowds.map(({ monday }) => monday),
  ...botMondays,
];

/** Bots among people, on what the main job left. Returns what was wrong. */
async function playBotsAfter(service: Service, example: Example, mail: string) {
  const state = readDemoState(stateFile);
  if (state === undefined) throw new Error('the demo left no state');
  const monday = nextMonday(clock(), mondaysOf(state));
  writeDemoState(stateFile, { ...state, botMondays: [...state.botMondays, monday] });
  return playBots({
    origin: service.url ?? '',
    example,
    adminKey: state.adminKey,
    monday,
    mail,
    signal: stopping.signal,
    progress: startProgress,
    say,
  });
}

const stateFile = join(options.data, 'demo.json');
let aheadMs = readDemoState(stateFile)?.clockAheadMs ?? 0;
const clock = () => Date.now() + aheadMs;
const mailbox = createMailbox();
const mail = createMailReader(mailbox);
const closers: Closer[] = [];
const stopping = new AbortController();

let ending: Promise<never> | undefined;

/** Ends everything once, and the process with it; the first reason gives the exit code. */
function end(code: number): Promise<never> {
  ending ??= close(code);
  return ending;
}

async function close(code: number): Promise<never> {
  stopping.abort();
  const failures = await closeAll(closers.splice(0));
  for (const failure of failures) console.error(String(failure));
  process.exit(failures.length === 0 ? code : 1);
}

async function main(): Promise<void> {
  const started = performance.now();
  const example = readExample();
  const people = Number(options.people ?? example.crowd.people);
  if (!Number.isInteger(people) || people < 50 || people > 100_000) {
    throw new Error('PEOPLE must be a whole number from 50 to 100000');
  }
  const embedded = await startEmbedded(options.data, mail.onMessage);
  closers.push(() => embedded.stop());
  const config = readConfig({
    REQUESTS_PER_MINUTE: '1000000', // the whole crowd comes from one address
    WORK_TRIES: '10', // and works on one machine
    LOG_LEVEL: 'error',
    ...process.env,
    ...(options.oneshot ? { PORT: '0' } : {}),
    NODE_ENV: 'development',
    ...embedded.env,
  });
  const service = await startService({
    config,
    role: 'all',
    clock,
    playsTime: true,
    logger: pino({ level: config.logLevel }, pino.destination(2)),
  });
  closers.push(() => service.stop());
  const faults = [
    ...(await play(service, example, people)),
    ...(await playBotsAfter(service, example, embedded.mailDirectory)),
  ];
  for (const fault of faults) console.error(`wrong: ${fault}`);
  say(`${((performance.now() - started) / 1000).toFixed(1)} s, messages in ${options.data}/mail`);
  say(`the service runs at ${service.url} (API: ${service.url}/docs)`);
  if (options.oneshot) await end(faults.length === 0 ? 0 : 1);
  say('Ctrl-C ends it; the next `make demo` goes on with what this one leaves');
}

process.on('SIGINT', () => void end(130));
process.on('SIGTERM', () => void end(143));
await main().catch(async (error: unknown) => {
  // What fails because all is being closed is no news.
  if (!ending) console.error(error instanceof Error ? error.message : 'failed');
  await end(1);
});
