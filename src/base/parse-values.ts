import { DomainError } from './errors.ts';
import type { Hex256, Identifier } from './types.ts';

/** An object of JSON whose members are not known yet. */
export type Members = Readonly<Record<string, unknown>>;

/** Refuses an input. @throws DomainError `input_malformed`, always. */
export function malformed(message: string, member?: string): never {
  throw new DomainError('input_malformed', message, member);
}

/** The path of a member, as a caller would write it: `entries[3].missed`, `quotas["a.b"]`. Pure. */
export function memberPath(path: string, name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_-]{0,47}$/.test(name)) {
    // A strange name is cut and escaped, so that a message stays one short line.
    return `${path}[${JSON.stringify(name.slice(0, 60))}]`;
  }
  return path === '' ? name : `${path}.${name}`;
}

/**
 * The members of an object.
 *
 * @throws DomainError `input_malformed` if it is no object, or one that has other members too.
 */
export function parseMembers(value: unknown, path: string, known: readonly string[]): Members {
  const members = parseObject(value, path);
  for (const name of Object.keys(members)) {
    if (!known.includes(name)) malformed('must not be given', memberPath(path, name));
  }
  return members;
}

/** The members of an object whose names are free. @throws DomainError `input_malformed` */
export function parseObject(value: unknown, path: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    malformed('must be an object', path);
  }
  return value as Members; // an object, checked above
}

/** A list that may be empty. @throws DomainError `input_malformed` */
export function parseList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) malformed('must be a list', path);
  return value;
}

/**
 * Checks a list that has at least one item and none twice.
 *
 * @param keyOf text that is equal for equal items, asked for after `check`.
 * @throws DomainError `input_malformed`
 */
export function checkSet(
  value: unknown,
  path: string,
  check: (item: unknown, path: string) => void,
  keyOf: (item: unknown) => unknown = (item) => item,
): void {
  const items = parseList(value, path);
  if (items.length === 0) malformed('must not be empty', path);
  const seen = new Set();
  for (let index = 0; index < items.length; index++) {
    check(items[index], `${path}[${index}]`);
    const key = keyOf(items[index]);
    if (seen.has(key)) malformed('must not repeat an earlier item', `${path}[${index}]`);
    seen.add(key);
  }
}

const identifierPattern = /^[A-Za-z0-9._-]{1,48}$/;

/** An identifier of §1. @throws DomainError `input_malformed` */
export function parseIdentifier(value: unknown, path: string): Identifier {
  if (typeof value !== 'string' || !identifierPattern.test(value)) {
    malformed('must be an identifier: 1 to 48 of A-Z a-z 0-9 . _ -', path);
  }
  return value;
}

/** An integer between two bounds, both inclusive. @throws DomainError `input_malformed` */
export function parseInteger(
  value: unknown,
  path: string,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) {
    return value;
  }
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
  const bound = max === Number.MAX_SAFE_INTEGER ? ' and below 2^53' : '';
  return malformed(`must be an integer, ${range}${bound}`, path);
}

/** Lowercase hex of a fixed length. @throws DomainError `input_malformed` */
export function parseHex(value: unknown, path: string, digits: number): Hex256 {
  if (typeof value !== 'string' || value.length !== digits || !/^[0-9a-f]+$/.test(value)) {
    malformed(`must be ${digits} lowercase hex digits`, path);
  }
  return value;
}
