import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import {
  type DrawFile,
  type DrawResult,
  parseDrawFile,
  recordedEntropy,
  runDrawFile,
} from '../src/allocator/record/draw-file.ts';
import { recordHead, recordResult } from '../src/allocator/record/record.ts';
import { DomainError } from '../src/base/errors.ts';
import { parseJson } from '../src/base/json.ts';
import { nodeSha256 } from '../src/store/core/node-sha256.ts';

const usage = 'usage: npm run --silent draw -- [--record OUT.ndjson] FILE.json (- reads stdin)';

const weaker =
  "note: drawn with the operator's secret, which is weaker than a public beacon: the operator can " +
  'refuse to reveal it, or choose who takes part while knowing it';

/** What the command says on stderr, in one line, and its exit code. */
class Refusal extends Error {
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

try {
  await drawFrom(readArguments());
} catch (error) {
  const { exitCode, line } = refusalOf(error);
  process.stderr.write(`${line.replace(/\p{Cc}+/gu, ' ')}\n`);
  process.exitCode = exitCode;
}

interface Arguments {
  readonly path: string;
  readonly recordPath: string | undefined;
}

function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    options: { record: { type: 'string' } },
    allowPositionals: true,
  });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0 || values.record === '') throw new Refusal(2, usage);
  return { path, recordPath: values.record };
}

async function drawFrom({ path, recordPath }: Arguments): Promise<void> {
  const file = parseDrawFile(parseJson(await readText(path)));
  // Asked for before the draw: what a record needs must not be missed after minutes of work.
  const entropy = recordPath === undefined ? undefined : recordedEntropy(file);
  const result = runDrawFile(file, nodeSha256);
  if (recordPath !== undefined && entropy) await writeRecord(recordPath, file, entropy, result);
  await write('stdout', () =>
    pipeline(Readable.from(chunks(resultText(result))), process.stdout, { end: false }),
  );
  // For people only: whoever reads the result by program reads the manifest too.
  if (process.stderr.isTTY && file.manifest.entropy.source === 'operator') {
    process.stderr.write(`${weaker}\n`);
  }
}

async function readText(path: string): Promise<string> {
  const bytes = await (path === '-' ? buffer(process.stdin) : readFile(path)).catch((error) => {
    throw new Refusal(2, `${path}: cannot be read (${reasonOf(error)})`, { cause: error });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Refusal(2, `${path}: must be UTF-8, below 512 MiB`, { cause: error });
  }
}

/** Writes the record beside its place and moves it there, so that nobody meets half of one. */
async function writeRecord(
  path: string,
  { manifest, slots, entries }: DrawFile,
  entropy: ReturnType<typeof recordedEntropy>,
  { winners, outcomeHash }: DrawResult,
): Promise<void> {
  const lines = function* () {
    yield* recordHead(manifest, slots, entries);
    yield* recordResult(entropy, winners, outcomeHash);
  };
  const draftPath = `${path}.${process.pid}.tmp`;
  await write(path, async () => {
    try {
      const draft = createWriteStream(draftPath, { flags: 'wx', flush: true });
      await pipeline(Readable.from(chunks(lines())), draft);
      await rename(draftPath, path);
    } catch (error) {
      await rm(draftPath, { force: true });
      throw error;
    }
  });
}

/** The result as one JSON object on one line. A text at once would not fit a draw of any size. */
function* resultText(result: DrawResult): Generator<string> {
  let opening = '{';
  for (const [name, value] of Object.entries(result)) {
    yield `${opening}${JSON.stringify(name)}:`;
    opening = ',';
    if (typeof value === 'string') yield JSON.stringify(value);
    else yield* listText(value);
  }
  yield '}\n';
}

function* listText(items: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [index, item] of items.entries()) {
    yield index === 0 ? JSON.stringify(item) : `,${JSON.stringify(item)}`;
  }
  yield ']';
}

/** Joins short texts, so that a stream is not handed a million of them one by one. */
function* chunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

async function write(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Refusal(2, `${name}: cannot be written (${reasonOf(error)})`, { cause: error });
  }
}

function refusalOf(error: unknown): { exitCode: number; line: string } {
  if (error instanceof Refusal) return { exitCode: error.exitCode, line: error.message };
  if (error instanceof DomainError) {
    const { code, member, message } = error;
    const exitCode = code === 'input_inconsistent' ? 1 : 2;
    return { exitCode, line: member ? `${member}: ${message}` : `input: ${message}` };
  }
  if (reasonOf(error).startsWith('ERR_PARSE_ARGS')) return { exitCode: 2, line: usage };
  return { exitCode: 70, line: `the draw failed, a bug: ${String(error)}` };
}

/** A short word for a system error: `ENOENT`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
