import type { Request } from 'express';
import { DomainError } from '../../base/errors.ts';

/** The header by which an agent says why. Percent-encoded or plain UTF-8. */
export const REASON_HEADER = 'Audit-Reason';

const FEWEST = 3;
export const MOST_REASON = 500;

/** What betrays a person most often: an e-mail address, a telephone or file number. */
const PERSONAL = /\S@\S|\d(?:[ .]?\d){8}/;

/**
 * Why an agent does something: the header, else the member `reason` of the body; undefined if
 * neither is there. The log is never rewritten, so what is plainly personal is refused; in the body
 * also beside a header, for there it is kept with what it is a reason for, and some of that is public.
 *
 * @throws DomainError `reason_refused`
 */
export function reasonOf(req: Request, body: unknown): string | undefined {
  const header = decoded(req.get(REASON_HEADER) ?? '').trim();
  const member = memberOf(body);
  if (header) check(header, REASON_HEADER);
  if (member) check(member, 'reason');
  return header || member || undefined;
}

function check(reason: string, member: string): void {
  if (reason.length < FEWEST || reason.length > MOST_REASON) {
    throw refused(`must have ${FEWEST} to ${MOST_REASON} characters`, member);
  }
  if (/\p{Cc}|\p{Cs}/u.test(reason)) throw refused('must be one line of text', member);
  if (PERSONAL.test(reason)) {
    throw refused('must hold no e-mail address and no number of nine digits or more', member);
  }
}

/** @throws DomainError `reason_missing` */
export function missingReason(): never {
  const text = `say why: send a header ${REASON_HEADER}`;
  throw new DomainError('reason_missing', text, REASON_HEADER);
}

function memberOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('reason' in body)) return undefined;
  return typeof body.reason === 'string' ? body.reason.trim() : undefined;
}

/** Node reads headers as Latin-1, whatever was sent. */
function decoded(header: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
    return decodeURIComponent(text);
  } catch {
    throw refused('must be UTF-8, percent-encoded', REASON_HEADER);
  }
}

function refused(text: string, member: string): DomainError {
  return new DomainError('reason_refused', text, member);
}
