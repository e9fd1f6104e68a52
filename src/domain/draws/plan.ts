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
