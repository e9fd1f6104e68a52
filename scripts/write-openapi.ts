import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openApiDocument } from '../src/api/http/openapi.ts';

// Writes docs/openapi.json from the code, or with --check says whether it is up to date.
const FILE = new URL('../docs/openapi.json', import.meta.url);

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const made = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

if (!values.check) {
  mkdirSync(new URL('.', FILE), { recursive: true });
  writeFileSync(FILE, made);
} else if (read() !== made) {
  console.error('docs/openapi.json is out of date: run `npm run openapi`');
  process.exitCode = 1;
}

function read(): string | undefined {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return undefined; // not written yet
  }
}
