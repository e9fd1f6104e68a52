import { createReadStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { encodeRegistry } from '../src/identity/directory/file.ts';
import { parseKeyring, weakness } from '../src/identity/keys/keyring.ts';

const USAGE = `usage: npm run registry -- NUMBERS OUT
  NUMBERS  AGDREF numbers, ten digits, one a line; - for standard input
  OUT      the file that REGISTRY_FILE names
  TIRAGE_IDENTITY_KEYS as for the service: its first key hashes the numbers`;

/** Makes the file of a registry. A line that is no number ends it, and is named by its place. */
async function main(): Promise<void> {
  const [from, to, ...rest] = process.argv.slice(2);
  if (from === undefined || to === undefined || rest.length > 0) throw new Error(USAGE);
  const keys = process.env.TIRAGE_IDENTITY_KEYS ?? '';
  const reason = weakness(keys);
  if (reason !== undefined) throw new Error(`TIRAGE_IDENTITY_KEYS: ${reason}`);
  const numbers = await readNumbers(from);
  const bytes = encodeRegistry(parseKeyring(keys), numbers);
  // Whole or not at all: the service takes up what stands there.
  const file = await open(`${to}.new`, 'w', 0o600);
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await rename(`${to}.new`, to);
  console.log(`${numbers.length} numbers, ${bytes.length} bytes: ${to}`);
}

async function readNumbers(from: string): Promise<string[]> {
  const input = from === '-' ? process.stdin : createReadStream(from);
  const numbers: string[] = [];
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    const number = text.trim();
    if (number === '') continue;
    if (!/^\d{10}$/.test(number)) throw new Error(`line ${line} is not a number of ten digits`);
    numbers.push(number);
  }
  return numbers;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(1);
});
