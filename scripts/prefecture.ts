import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ZodError, z } from 'zod';
import { NewAgent } from '../src/api/agents/schemas.ts';
import { type Language, languages } from '../src/base/languages.ts';
import { Settings } from '../src/domain/prefectures/settings.ts';
import { Identifier, inEveryLanguage } from '../src/domain/values.ts';
import { newAgentKey } from '../src/identity/keys/agent-keys.ts';
import { refuseNewerData } from '../src/store/core/open-data.ts';
import { connect } from '../src/store/core/redis.ts';
import { createStore, type Store } from '../src/store/store.ts';

const USAGE = `usage:
  npm run --silent prefecture -- create ID --label-fr TEXT [--label-en TEXT …] [--time-zone ZONE]
  npm run --silent prefecture -- key ID --role auditor|agent|supervisor|admin --label TEXT
                                     [--scopes A,B,…] [--expires 2027-01-01T00:00:00Z]
  npm run --silent prefecture -- revoke ID KEYID [--reason TEXT]
  npm run --silent prefecture -- list
Redis: REDIS_URL, or the one that \`make serve\` or \`make demo\` runs (--data ./data).`;

/** `--label-fr` and its like: the name of the prefecture in each language. */
const labelOption = (language: Language) => `label-${language}` as const;
type LabelOption = ReturnType<typeof labelOption>;

const labelOptions = Object.fromEntries(
  languages.map((language) => [labelOption(language), { type: 'string' }]),
) as { [Option in LabelOption]: { type: 'string' } }; // one for each language

const options = {
  ...labelOptions,
  'time-zone': { type: 'string' },
  role: { type: 'string' },
  label: { type: 'string' },
  scopes: { type: 'string' },
  expires: { type: 'string' },
  reason: { type: 'string', default: 'by the operator, at the command line' },
  data: { type: 'string', default: './data' },
} as const;

type Values = ReturnType<typeof parseValues>['values'];

function parseValues(args: string[]) {
  return parseArgs({ args, options, allowPositionals: true });
}

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

/** What the operator does without the API stands in the audit log too, first. */
async function audit(store: Store, id: string, operation: string, reason: string, agentId: string) {
  const at = new Date().toISOString();
  const who = { agent: 'operator', role: 'operator' };
  const targets = { agentId };
  await store.audit.append(id, { kind: 'change', at, ...who, operation, targets, reason });
}

async function addKey(store: Store, id: string, values: Values): Promise<void> {
  const { role, label, scopes, expiresAt } = NewAgent.parse({
    role: values.role,
    label: values.label,
    scopes: values.scopes?.split(','),
    expiresAt: values.expires,
  });
  const { key, id: keyId, hash } = newAgentKey();
  await audit(store, id, 'createAgent', values.reason, keyId);
  await store.agents.put(id, {
    ...{ id: keyId, role, label, hash, createdAtMs: Date.now() },
    ...(scopes === undefined ? {} : { scopes }),
    ...(expiresAt === undefined ? {} : { expiresAtMs: Date.parse(expiresAt) }),
  });
  // Printed once, stored nowhere.
  console.log(`${role} key of ${id}: ${key}`);
}

async function revoke(store: Store, id: string, keyId: string, { reason }: Values): Promise<void> {
  await audit(store, id, 'removeAgent', reason, keyId);
  // The operator can always make another.
  await store.agents.revoke(id, keyId, { atMs: Date.now(), by: 'operator' }, () => false);
  console.log(`key ${keyId} of ${id} is refused from now on`);
}

async function create(store: Store, id: string, values: Values) {
  const settings = Settings.parse({
    labels: inEveryLanguage((language) => values[labelOption(language)]),
    ...(values['time-zone'] === undefined ? {} : { timeZone: values['time-zone'] }),
  });
  const outcome = await store.prefectures.create(id, {
    settings,
    sites: [],
    requestTypes: [],
    rules: {},
  });
  if (outcome === 'exists') throw new UsageError(`prefecture ${id} exists already`);
  await addKey(store, id, { ...values, role: 'admin', label: 'first admin' });
}

async function run(argv: string[]): Promise<void> {
  const { values, positionals } = parseValues(argv);
  const [command, id, keyId, ...rest] = positionals;
  const known = command !== undefined && ['create', 'key', 'revoke', 'list'].includes(command);
  if (!known || rest.length > 0 || (keyId !== undefined) !== (command === 'revoke')) {
    throw new UsageError(USAGE);
  }
  const redis = connect(redisUrl(values.data));
  redis.on('error', () => {});
  try {
    await refuseNewerData(redis);
    const store = createStore(redis);
    if (command === 'list') {
      for (const prefecture of await store.prefectures.list()) console.log(prefecture);
      return;
    }
    const prefecture = Identifier.parse(id);
    if (command === 'create') await create(store, prefecture, values);
    if (command === 'create') return;
    if (!(await store.prefectures.get(prefecture))) {
      throw new UsageError(`no prefecture ${prefecture}`);
    }
    if (command === 'key') await addKey(store, prefecture, values);
    if (command === 'revoke' && keyId) await revoke(store, prefecture, keyId, values);
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
