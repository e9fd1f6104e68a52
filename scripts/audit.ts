import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { parseArgs } from 'node:util';
import { readAnchors } from './audit/anchors.ts';
import { checkAuditLog } from './audit/check.ts';
import { isAddress, readBytes } from './verify/read-lines.ts';
import { Refusal, reasonOf } from './verify/refusal.ts';

const USAGE = `usage: npm run --silent audit -- check SOURCE [--register SOURCE]

Checks the chain of an audit log and names the first line that is broken.

SOURCE  a file of lines (packed with gzip or not), - for standard input, or the address of a
        prefecture, https://…/v1/prefectures/92. Then TIRAGE_AGENT_KEY must be the key of an
        auditor, and the public register is compared too.
--register FILE|URL  entries of the public register, to compare with

Exit codes: 0 whole; 1 broken, one line says where; 2 unreadable or wrong usage.`;

/** Longer than any export takes. */
const patienceMs = 30 * 60_000;

async function run(args: string[]): Promise<string> {
  const { command, source, register } = readArguments(args);
  if (command === 'help') return USAGE;
  const own = isAddress(source) ? `${source.replace(/\/+$/, '')}/register/entries` : undefined;
  const from = register ?? own;
  // Read before the log, which then has every line that they speak of.
  const anchors = from === undefined ? [] : await readAnchors(from);
  try {
    return await checkAuditLog(isAddress(source) ? download(source) : readBytes(source), anchors);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(2, `cannot read ${source}: ${reasonOf(error)}`, { cause: error });
  }
}

function readArguments(args: string[]) {
  try {
    const options = {
      help: { type: 'boolean', short: 'h' },
      register: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) return { command: 'help' as const, source: '', register: undefined };
    const [command, source, ...others] = positionals;
    if (command === 'check' && source && others.length === 0) {
      return { command: 'check' as const, source, register: values.register };
    }
  } catch {
    // What cannot be parsed is refused below like the rest.
  }
  throw new Refusal(2, USAGE);
}

async function* download(prefecture: string): AsyncGenerator<Buffer> {
  const key = process.env.TIRAGE_AGENT_KEY;
  if (!key) throw new Refusal(2, 'set TIRAGE_AGENT_KEY to the key of an auditor');
  const { ok, status, body } = await fetch(`${prefecture.replace(/\/+$/, '')}/audit-log.ndjson`, {
    headers: { authorization: `Bearer ${key}` },
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!ok || !body) throw new Error(`the server answered ${status}`);
  // The same class, which the types of the web and of Node declare each for itself.
  for await (const chunk of Readable.fromWeb(body as ReadableStream<Uint8Array>)) yield chunk;
}

try {
  process.stdout.write(`${await run(process.argv.slice(2))}\n`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
