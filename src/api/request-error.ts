import type { ErrorCode } from '../allocator/errors.ts';

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

/** One thing that is wrong with one line of a file. */
export interface LineError {
  /** As an editor counts: the header is line 1. In JSON: the item, from 1. */
  readonly line: number;
  readonly member: string;
  readonly message: string;
}

/** Most errors told at once: a file with the wrong column order has one in every line. */
const MOST_ERRORS = 100;

/** A refusal that only the edge knows: of the request as such, or of many lines at once. */
export class RequestError extends Error {
  readonly code: RequestCode | ErrorCode;
  readonly errors: readonly LineError[] | undefined;
  readonly errorCount: number | undefined;

  constructor(code: RequestCode | ErrorCode, message: string, errors?: readonly LineError[]) {
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
    /^Connection is closed|^Stream isn't writeable|^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN) /.test(
      error.message,
    )
  );
}
