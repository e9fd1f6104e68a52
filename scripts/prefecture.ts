import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ZodError, z } from 'zod';
import { newAgentKey } from '../src/identity/agent-keys.ts';
import { connect } from '../src/store/redis.ts';
import { createStore, type Store } from '../src/store/store.ts';
import { Identifier, Role, Settings } from '../src/store/types.ts';

const USAGE = `usage:
  npm run --silent prefecture -- create ID --label-fr TEXT --label-en TEXT [--time-zone ZONE]
  npm run --silent prefecture -- key ID --role auditor|agent|supervisor|admin --label TEXT
  npm run --silent prefecture -- list
Redis: REDIS_URL, or the one that \`make serve\` or \`make demo\` runs (--data ./data).`;

const options = {
  'label-fr': { type: 'string' },
  'label-en': { type: 'string' },
  'time-zone': { type: 'string' },
  role: { type: 'string' },
  label: { type: 'string' },
  data: { type: 'string', default: './data' },
} as const;

/** What was typed is not usable: shown without a stack trace. */
class UsageError extends Error {}

function redisUrl(directory: string): string {
  if (process.env.REDIS_URL) return process.env.REDIS_URL;
  try {
    const note = JSON.parse(readFileSync(`${directory}/redis/embedded.json`, 'utf8'));
    return `redis://127.0.0.1:${note.port}`;
  } catch {
    throw new UsageError('no Redis: set REDIS_URL, or start the embedded service first');
  }
}

async function addKey(store: Store, id: string, role: Role, label: string): Promise<void> {
  const { key, id: keyId, hash } = newAgentKey();
  await store.agents.put(id, { id: keyId, role, label, hash, createdAtMs: Date.now() });
  // Printed once, stored nowhere.
  console.log(`${role} key of ${id}: ${key}`);
}

async function create(store: Store, id: string, values: Record<string, string | undefined>) {
  const settings = Settings.parse({
    labels: { fr: values['label-fr'], en: values['label-en'] },
    ...(values['time-zone'] === undefined ? {} : { timeZone: values['time-zone'] }),
  });
  const outcome = await store.prefectures.create(id, {
    settings,
    sites: [],
    requestTypes: [],
    rules: {},
  });
  if (outcome === 'exists') throw new UsageError(`prefecture ${id} exists already`);
  await addKey(store, id, 'admin', 'first admin');
}

async function run(argv: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
  const [command, id, ...rest] = positionals;
  if (rest.length > 0 || !command || !['create', 'key', 'list'].includes(command)) {
    throw new UsageError(USAGE);
  }
  const redis = connect(redisUrl(values.data));
  redis.on('error', () => {});
  try {
    const store = createStore(redis);
    if (command === 'list') {
      for (const prefecture of await store.prefectures.list()) console.log(prefecture);
      return;
    }
    const prefecture = Identifier.parse(id);
    if (command === 'create') await create(store, prefecture, values);
    if (command === 'key') {
      if (!(await store.prefectures.get(prefecture))) {
        throw new UsageError(`no prefecture ${prefecture}`);
      }
      const label = z.string().min(1).max(100).parse(values.label);
      await addKey(store, prefecture, Role.parse(values.role), label);
    }
  } finally {
    redis.disconnect();
  }
}

await run(process.argv.slice(2)).catch((error: unknown) => {
  const text =
    error instanceof ZodError
      ? z.prettifyError(error)
      : error instanceof Error
        ? error.message
        : 'failed';
  console.error(text);
  process.exitCode = 2;
});
