import { malformed, memberPath } from './parse-values.ts';

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/**
 * Reads JSON in which no object names a member twice (I-JSON). Pure.
 *
 * @throws DomainError `input_malformed` naming the member that comes twice, or saying where the
 * text is no JSON. Nothing of the text itself is repeated.
 */
export function parseJson(text: string): unknown {
  const value = parseAny(text);
  // Of two members with one name, JSON.parse keeps the last. Counting is much faster than looking.
  if (countColons(text) !== countMembers(value)) {
    malformed('must not be given twice', findRepeated(text));
  }
  return value;
}

function parseAny(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const where = error instanceof Error && /line \d+ column \d+/.exec(error.message);
    return malformed(where ? `must be JSON (${where[0]})` : 'must be JSON');
  }
}

/** Colons outside strings: one for each member, in valid JSON. */
function countColons(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === colon) count += 1;
    else if (code === quote) index = endOfString(text, index);
  }
  return count;
}

/** The index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  for (let code = text.charCodeAt(index); code !== quote; code = text.charCodeAt(index)) {
    index += code === backslash ? 2 : 1;
  }
  return index;
}

/** Members of a value and of all within it, without recursion: JSON may be nested deeply. */
function countMembers(value: unknown): number {
  let count = 0;
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const items = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next)) count += items.length;
    for (const item of items) if (typeof item === 'object') open.push(item);
  }
  return count;
}

interface Frame {
  readonly path: string;
  /** Of an object: the names so far. */
  readonly names: Set<string> | undefined;
  /** Of an object: the latest name. Of a list: the number of the item. */
  at: string | number;
}

/** The path of the first member that repeats a name, in JSON that is valid and has one. */
function findRepeated(text: string): string {
  const frames: Frame[] = [];
  for (let index = 0; index < text.length; index++) {
    const frame = frames.at(-1);
    const character = text[index];
    if (character === '{' || character === '[') {
      const path = frame ? pathOf(frame) : '';
      const isObject = character === '{';
      frames.push({ path, names: isObject ? new Set() : undefined, at: isObject ? '' : 0 });
    } else if (character === '}' || character === ']') {
      frames.pop();
    } else if (character === ',' && frame && !frame.names) {
      frame.at = Number(frame.at) + 1;
    } else if (character === '"') {
      const end = endOfString(text, index);
      if (frame?.names && isName(text, end)) {
        frame.at = JSON.parse(text.slice(index, end + 1)) as string; // a string by its quotes
        if (frame.names.has(frame.at)) return pathOf(frame);
        frame.names.add(frame.at);
      }
      index = end;
    }
  }
  throw new Error('no member is repeated');
}

/** Whether the string that ends here is the name of a member: then a colon follows. */
function isName(text: string, end: number): boolean {
  let index = end + 1;
  while (/\s/.test(text[index] ?? '')) index++;
  return text[index] === ':';
}

function pathOf({ path, at }: Frame): string {
  return typeof at === 'number' ? `${path}[${at}]` : memberPath(path, at);
}
