import { parseArgs } from 'node:util';
import { type Logger, pino } from 'pino';
import { readConfig } from './config/config.ts';
import { startEmbedded } from './embedded/embedded.ts';
import { type Role, startService } from './service.ts';
import { type Closer, closeAll } from './shutdown.ts';
import { DataVersionError } from './store/core/data-version.ts';

const USAGE = 'usage: node src/main.ts api|worker|all [--embedded] [--data DIRECTORY]';

/** What was asked on the command line. Throws a text for people if it is not clear. */
function readCommand(args: string[]): { role: Role; embedded: boolean; data: string } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      embedded: { type: 'boolean', default: false },
      data: { type: 'string', default: './data' },
    },
  });
  const [role, ...rest] = positionals;
  if (rest.length > 0 || (role !== 'api' && role !== 'worker' && role !== 'all')) {
    throw new Error(USAGE);
  }
  return { role, ...values };
}

/** Starts what was asked for. Returns what ends it again. */
async function start(
  role: Role,
  dataIfEmbedded: string | undefined,
  onNewerData: (error: DataVersionError) => void,
): Promise<Running> {
  const closers: Closer[] = [];
  try {
    const own = dataIfEmbedded === undefined ? undefined : await startEmbedded(dataIfEmbedded);
    if (own) closers.push(() => own.stop());
    const { ENTROPY_SOURCE } = process.env;
    const chosen = ENTROPY_SOURCE === undefined ? {} : { ENTROPY_SOURCE };
    const config = readConfig({ ...process.env, ...own?.env, ...chosen });
    const logger = pino({ level: config.logLevel });
    const outboxes = own ? [own.mailDirectory] : [];
    const options = { config, role, clock: Date.now, logger, outboxes, onNewerData };
    const service = await startService(options);
    closers.push(() => service.stop());
    logger.info({ role, url: service.url }, 'tirage is up');
    return { logger, closers };
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

interface Running {
  readonly logger: Logger;
  readonly closers: readonly Closer[];
}

async function main(): Promise<void> {
  const { role, embedded, data } = readCommand(process.argv.slice(2));

  let stopping = false;
  const stop = async (why: { signal: NodeJS.Signals } | { error: string }, exitCode: number) => {
    stopping = true;
    // A start under way is ended first; if it fails, it closes what it opened and says why.
    const { logger, closers } = await starting;
    logger.info(why, 'stopping');
    const failures = await closeAll(closers);
    for (const failure of failures) logger.error({ error: String(failure) }, 'while stopping');
    logger.info('stopped');
    process.exit(failures.length === 0 ? exitCode : 1);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1); // a second signal: at once
    void stop({ signal }, 0).catch(fail);
  };
  const starting = start(role, embedded ? data : undefined, ({ message }) => {
    if (!stopping) void stop({ error: message }, OTHER_DATA).catch(fail);
  });
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  await starting;
}

/** Exit code where the stored data is newer than this release. */
const OTHER_DATA = 3;

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(error instanceof DataVersionError ? OTHER_DATA : 1);
}

await main().catch(fail);
