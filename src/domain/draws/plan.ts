import { CronExpressionParser } from 'cron-parser';
import { DomainError } from '../../base/errors.ts';
import { localDate } from '../local-time.ts';
import type { DrawRecord } from './draw.ts';

/**
 * The first instant after `afterMs` that a cron rule of five fields names, in a time zone. Pure.
 *
 * @throws DomainError `cron_invalid` if the rule cannot be read or names no instant.
 */
export function nextFire(pattern: string, timeZone: string, afterMs: number): number {
  // `H` stands for a random value in some dialects: it would name another time on each call.
  if (pattern.trim().split(/\s+/).length !== 5 || /(?<![A-Z])H(?![A-Z])/i.test(pattern)) {
    throw new DomainError('cron_invalid', 'must be a cron rule of five fields', 'pattern');
  }
  try {
    const options = { tz: timeZone, currentDate: new Date(afterMs) };
    return CronExpressionParser.parse(pattern, options).next().getTime();
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new DomainError('cron_invalid', cause.message, 'pattern');
  }
}

/**
 * Refuses to plan draws for request types that there are not, for none, or for one twice. Absent: all.
 * Pure.
 *
 * @throws DomainError `request_type_unknown`, `input_inconsistent`, with the member at fault
 */
export function checkTypes(
  requestTypes: readonly string[] | undefined,
  known: readonly { readonly id: string }[],
): void {
  if (requestTypes === undefined) return;
  const member = (at: number) => `requestTypes[${at}]`;
  if (requestTypes.length === 0) {
    throw new DomainError('input_inconsistent', 'a draw is for one type at least', 'requestTypes');
  }
  for (const [at, requestType] of requestTypes.entries()) {
    if (!known.some(({ id }) => id === requestType)) {
      throw new DomainError('request_type_unknown', `no request type ${requestType}`, member(at));
    }
    if (requestTypes.indexOf(requestType) !== at) {
      throw new DomainError('input_inconsistent', `${requestType} is named twice`, member(at));
    }
  }
}

/** Whether a planned draw is what a request asks for. Without a time it was due when planned. Pure. */
export function isAskedFor(planned: DrawRecord, atMs: number | undefined): boolean {
  return atMs === undefined ? planned.atMs <= planned.scheduledAtMs : planned.atMs === atMs;
}

/** `20261123-7k2m9x`: the local date and 30 bits in Crockford's base32. Pure. */
export function drawId(atMs: number, timeZone: string, bytes: Uint8Array): string {
  const date = localDate(atMs, timeZone).replaceAll('-', '');
  const letters = Array.from(bytes.subarray(0, 6), (byte) => base32.charAt(byte % 32));
  return `${date}-${letters.join('')}`;
}

const base32 = '0123456789abcdefghjkmnpqrstvwxyz';
