import type { z } from 'zod';
import type { ErrorCode } from '../../base/errors.ts';

/** What is wrong with a request itself, or with us. */
export type RequestCode =
  | 'body_malformed'
  | 'body_too_large'
  | 'internal'
  | 'media_type_unsupported'
  | 'method_not_allowed'
  | 'request_invalid'
  | 'route_not_found'
  | 'store_unavailable';

/** One thing that is wrong. */
export interface Fault {
  readonly member: string;
  readonly message: string;
}

/** One thing that is wrong with one line of a file. */
export interface LineError extends Fault {
  /** As an editor counts: the header is line 1. In JSON: the item, from 1. */
  readonly line: number;
}

/** Most errors told at once: a file with the wrong column order has one in every line. */
const MOST_ERRORS = 100;

/** A refusal that only the edge knows: of the request as such, or of many lines at once. */
export class RequestError extends Error {
  readonly code: RequestCode | ErrorCode;
  readonly errors: readonly (Fault | LineError)[] | undefined;
  readonly errorCount: number | undefined;

  constructor(
    code: RequestCode | ErrorCode,
    message: string,
    errors?: readonly (Fault | LineError)[],
  ) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
    this.errors = errors?.slice(0, MOST_ERRORS);
    this.errorCount = errors?.length;
  }
}

/** Whether the store cannot be reached, as far as its client's errors tell. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'MaxRetriesPerRequestError' ||
    error.name === 'ClusterAllFailedError' ||
    // For this process: the data is of another version than it writes.
    error.name === 'DataVersionError' ||
    /^Connection is closed|^Stream isn't writeable|^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN) /.test(
      error.message,
    )
  );
}

/**
 * The value as a schema reads it. Only here is a mismatch the caller's: anywhere else, such as in
 * what the store holds, it is a bug.
 *
 * @throws RequestError `request_invalid` naming every member at fault
 */
export function checkInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error);
  const [first] = faults;
  const detail = first ? [first.member, first.message].filter(Boolean).join(': ') : 'invalid';
  throw new RequestError('request_invalid', detail, faults);
}

/** What is wrong, by member. Pure. */
export function faultsOf({ issues }: z.ZodError): Fault[] {
  return issues.map((issue) => ({ member: memberOf(issue.path), message: messageOf(issue) }));
}

/** How a program names a member. What people are called, or write, does not look like that. */
const MEMBER_NAME = /^[a-z][a-zA-Z]{0,19}$/;

/** What was sent is not repeated: of unknown members only those are named that look like one. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const named = issue.keys.filter((key) => MEMBER_NAME.test(key));
  return ['has members that are not known', named.join(', ')].filter(Boolean).join(': ');
}

/** `accepts.windows[0].from`, as a caller would write it. */
function memberOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
