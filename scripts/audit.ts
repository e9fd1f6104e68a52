import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { parseArgs } from 'node:util';
import { checkInstant } from '../src/base/parse-times.ts';
import { readAnchors } from './audit/anchors.ts';
import { checkAuditLog } from './audit/check.ts';
import { isAddress, readBytes } from './verify/read-lines.ts';
import { Refusal, reasonOf } from './verify/refusal.ts';

const USAGE = `usage: npm run --silent audit -- check SOURCE [--register SOURCE] [--now INSTANT]

Checks the chain of an audit log and names the first line that is broken; beside a public register
also the first line older than two hours that no anchor there covers.

SOURCE  a file of lines (packed with gzip or not), - for standard input, or the address of a
        prefecture, https://…/v1/prefectures/92. Then TIRAGE_AGENT_KEY must be the key of an
        auditor, and the public register is compared too.
--register FILE|URL  entries of the public register, to compare with
--now INSTANT        when log and register were saved (YYYY-MM-DDTHH:MM:SSZ), if that was not just now

Exit codes: 0 whole; 1 broken or not anchored, one line says where; 2 unreadable or wrong usage.`;

/** Longer than any export takes. */
const patienceMs = 30 * 60_000;

async function run(args: string[]): Promise<string> {
  const { command, source, register, nowMs } = readArguments(args);
  if (command === 'help') return USAGE;
  const own = isAddress(source) ? `${source.replace(/\/+$/, '')}/register/entries` : undefined;
  const from = register ?? own;
  // Read before the log, which then has every line that they speak of.
  const compared = from === undefined ? undefined : { anchors: await readAnchors(from), nowMs };
  try {
    return await checkAuditLog(isAddress(source) ? download(source) : readBytes(source), compared);
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
      now: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) return { command: 'help' as const, source: '', register: undefined, nowMs: 0 };
    const [command, source, ...others] = positionals;
    if (command === 'check' && source && others.length === 0) {
      const { register, now } = values;
      if (now !== undefined) checkInstant(now, '--now');
      const nowMs = now === undefined ? Date.now() : Date.parse(now);
      return { command: 'check' as const, source, register, nowMs };
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
