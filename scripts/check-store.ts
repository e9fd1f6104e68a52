import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { withSecretFiles } from '../src/config/secret-files.ts';
import { Identifier } from '../src/domain/values.ts';
import { type CheckReport, checkStore } from '../src/store/check/check-store.ts';
import { keysOf } from '../src/store/core/keys.ts';
import { refuseNewerData } from '../src/store/core/open-data.ts';
import { openDrawsToRead } from '../src/store/core/queues.ts';
import { connect } from '../src/store/core/redis.ts';

/** Faults that `--all` names at most. */
const mostFaults = 1000;
/** Between two looks at what seems wrong: longer than any act of several steps takes. */
const pauseMs = 2000;

const USAGE = `usage: npm run --silent check-store -- --prefecture ID [--all] [--data DIRECTORY]

Checks everything that Redis holds of a prefecture: places given and free, one entry an identity,
counts, offers against entries, deadlines, draws and records against their state, the register
against its leaves, the audit chain, schedules against jobs, keys that nobody knows. It only reads,
and the service may run meanwhile.

  --prefecture ID  the prefecture, as 92
  --all            names every fault, ${mostFaults} at most; without it the first one only
  --data DIRECTORY where \`make serve\` keeps its data, ./data by default

REDIS_URL as the service has it (or in the file that REDIS_URL_FILE names); without it, the Redis of
\`make serve\`.
Exit: 0 sound, 1 something is wrong and is named, 2 wrong usage, or it could not be checked.`;

const options = {
  prefecture: { type: 'string' },
  all: { type: 'boolean', default: false },
  data: { type: 'string', default: './data' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What was typed is not usable. */
class UsageError extends Error {}

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch {
    throw new UsageError(USAGE);
  }
}

function redisUrl(directory: string): string {
  const { REDIS_URL } = withSecretFiles(process.env);
  if (REDIS_URL) return REDIS_URL;
  try {
    const note = JSON.parse(readFileSync(`${directory}/redis/embedded.json`, 'utf8'));
    return `redis://127.0.0.1:${note.port}`;
  } catch {
    throw new UsageError('no Redis: set REDIS_URL, or start the embedded service first');
  }
}

/** Shows on a terminal what is being looked at, some times a second. */
function showProgress(): { onLooked(things: string, looked: number): void; done(): void } {
  const { stderr } = process;
  let shownAtMs = Date.now();
  let at = { things: '', looked: 0 };
  const clear = '\r\u001b[K';
  return {
    onLooked(things, looked) {
      at = { things, looked: looked + (at.things === things ? at.looked : 0) };
      if (!stderr.isTTY || Date.now() < shownAtMs + 200) return;
      shownAtMs = Date.now();
      stderr.write(`${clear}${at.looked} ${things}`);
    },
    done() {
      if (stderr.isTTY) stderr.write(clear);
    },
  };
}

async function check(prefecture: string, { all, data }: { all: boolean; data: string }) {
  const url = redisUrl(data);
  const redis = connect(url, { maxRetriesPerRequest: 3 });
  let trouble: Error | undefined;
  redis.on('error', (error) => {
    trouble = error;
  });
  const queue = openDrawsToRead(redis);
  queue.on('error', () => {});
  const progress = showProgress();
  try {
    await refuseNewerData(redis);
    const keys = keysOf(prefecture);
    if ((await redis.exists(keys.prefecture)) === 0 && (await redis.exists(keys.entries)) === 0) {
      throw new UsageError(`no prefecture ${prefecture}`);
    }
    const context = { redis, prefecture, keys, nowMs: Date.now(), jobs: queue };
    const most = all ? mostFaults : 1;
    const { onLooked } = progress;
    return await checkStore(context, { most, onLooked, pause: () => sleep(pauseMs) });
  } catch (error) {
    throw trouble && !(error instanceof UsageError) ? trouble : error;
  } finally {
    progress.done();
    await queue.close().catch(() => {});
    redis.disconnect();
  }
}

function summaryOf(prefecture: string, { faults, looked, isCut }: CheckReport): string {
  const things = [...looked].filter(([, count]) => count > 0);
  const list = things.map(([name, count]) => `${count} ${name}`).join(', ');
  const word = faults.length === 0 ? 'sound' : `${faults.length} fault(s)`;
  return `${prefecture}: ${word}${isCut ? ', not everything was looked at' : ''}; checked ${list}`;
}

async function run(args: string[]): Promise<void> {
  const values = readArguments(args);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const prefecture = Identifier.safeParse(values.prefecture);
  if (!prefecture.success) throw new UsageError(USAGE);
  const report = await check(prefecture.data, values);
  for (const { invariant, text } of report.faults) console.log(`${invariant}: ${text}`);
  console.log(summaryOf(prefecture.data, report));
  if (report.faults.length > 0) process.exitCode = 1;
}

await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'failed');
  process.exitCode = 2;
});
