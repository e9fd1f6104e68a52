import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { startEmbedded } from './embedded.ts';
import { type Role, startService } from './service.ts';
import { closeAll } from './shutdown.ts';

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

async function main(): Promise<void> {
  const { role, embedded, data } = readCommand(process.argv.slice(2));
  const own = embedded ? await startEmbedded(data) : undefined;
  const stopOwn = own ? [() => own.stop()] : [];
  try {
    const config = readConfig({ ...own?.env, ...process.env });
    const logger = pino({ level: config.logLevel });
    const service = await startService({ config, role, clock: Date.now, logger });
    logger.info({ role, url: service.url, ...(own ? { data } : {}) }, 'tirage is up');

    let stopping = false;
    const stop = async (signal: NodeJS.Signals) => {
      if (stopping) process.exit(1); // a second signal: at once
      stopping = true;
      logger.info({ signal }, 'stopping');
      const failures = await closeAll([...stopOwn, () => failing(service.stop())]);
      for (const failure of failures) logger.error({ error: String(failure) }, 'while stopping');
      logger.info('stopped');
      process.exit(failures.length === 0 ? 0 : 1);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    await closeAll(stopOwn);
    throw error;
  }
}

async function failing(stopped: Promise<unknown[]>): Promise<void> {
  const failures = await stopped;
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(1);
});
