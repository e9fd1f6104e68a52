import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { DomainError, type ErrorCode, LimitReached } from '../../base/errors.ts';
import { isOutage, type RequestCode, RequestError } from './request-error.ts';

/** The status of every refusal. A new code does not compile until it stands here. */
export const statusByCode = {
  absence_not_found: 404,
  absence_settled: 409,
  agent_last: 409,
  agent_not_found: 404,
  agents_full: 409,
  appointment_not_found: 404,
  appointment_early: 409,
  appointment_settled: 409,
  approver_same: 409,
  certificate_unavailable: 409,
  batch_changed: 409,
  batch_not_found: 404,
  checkpoint_unavailable: 404,
  code_expired: 422,
  code_wrong: 422,
  proof_wrong: 422,
  contact_exhausted: 409,
  credentials_missing: 401,
  credentials_rejected: 401,
  cron_invalid: 422,
  document_refused: 422,
  document_unknown: 422,
  draw_not_found: 404,
  draw_not_void: 409,
  draw_repeated: 409,
  draw_settled: 409,
  entries_invalid: 422,
  entry_duplicate: 409,
  entry_frozen: 409,
  entry_not_found: 404,
  entry_settled: 409,
  event_invalid: 409,
  flag_not_found: 404,
  flag_settled: 409,
  helper_full: 409,
  helper_not_found: 404,
  helpers_full: 409,
  idempotency_mismatch: 422,
  import_in_progress: 409,
  index_unavailable: 404,
  input_inconsistent: 422,
  input_malformed: 422,
  leaf_not_found: 404,
  link_expired: 410,
  mandate_expired: 422,
  mandate_not_found: 404,
  manifest_unavailable: 404,
  member_not_found: 404,
  member_repeated: 422,
  message_not_found: 404,
  offer_not_found: 404,
  answer_final: 409,
  offer_settled: 409,
  participation_not_found: 404,
  party_changed: 409,
  party_too_large: 422,
  place_offered: 409,
  person_unmapped: 403,
  prefecture_not_found: 404,
  priority_not_found: 404,
  priority_settled: 409,
  provider_unavailable: 503,
  reason_missing: 422,
  reason_refused: 422,
  closure_empty: 409,
  closure_not_found: 404,
  record_unavailable: 404,
  request_type_in_use: 409,
  request_type_unknown: 422,
  requests_too_many: 429,
  role_insufficient: 403,
  schedule_not_found: 404,
  scope_insufficient: 403,
  sign_in_refused: 401,
  sign_in_unavailable: 404,
  signature_invalid: 422,
  site_in_use: 409,
  site_unknown: 422,
  slot_duplicate: 409,
  slot_frozen: 409,
  slot_not_found: 404,
  slots_invalid: 422,
  tree_not_found: 404,
  work_expired: 422,
  work_invalid: 422,
  work_light: 422,
  work_missing: 422,
  work_spent: 409,
} as const satisfies Record<ErrorCode, number>;

/** What is wrong with a request itself, before any rule of ours. */
const statusByRequestCode = {
  body_malformed: 400,
  body_too_large: 413,
  media_type_unsupported: 415,
  method_not_allowed: 405,
  request_invalid: 400,
  route_not_found: 404,
  store_unavailable: 503,
  internal: 500,
} as const satisfies Record<RequestCode, number>;

export type ProblemCode = ErrorCode | RequestCode;

/** RFC 9457. `code` is stable, `detail` is for people and may change. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly member?: string;
  readonly errors?: readonly { line?: number; member?: string; message: string }[];
  /** How many errors there are, where `errors` holds only the first. */
  readonly errorCount?: number;
}

/** The problem that an error stands for. Anything unexpected is `internal`, without detail. Pure. */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) {
    const member = error.member === undefined ? {} : { member: error.member };
    return problem(error.code, { detail: error.message, ...member });
  }
  if (error instanceof RequestError) {
    const { code, message: detail, errors, errorCount } = error;
    return problem(code, {
      detail,
      ...(errors ? { errors } : {}),
      ...(errorCount === undefined ? {} : { errorCount }),
    });
  }
  const code = bodyParserCode(error);
  if (code) return problem(code);
  if (isOutage(error)) return problem('store_unavailable');
  return problem('internal');
}

/** Answers every failure as problem details. Must be mounted last. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    const found = problemOf(error);
    if (found.status >= 500)
      logger.error({ bug: told(error), requestId: req.id }, 'request failed');
    // Too late for another answer: cut it, so that nobody takes a torn one for whole.
    if (res.headersSent) return next(error);
    setRetryAfter(res, error);
    sendProblem(res, found);
  };
}

/** Says how long to wait, where a limit was reached. */
export function setRetryAfter(res: Response, error: unknown): void {
  if (error instanceof LimitReached) res.setHeader('Retry-After', error.retryAfterSeconds);
}

/** What a log may hold: clients of Redis hang whole commands onto their errors. */
function told(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack } = error;
  return { name, message, stack };
}

/** Sends problem details, never to be cached. */
export function sendProblem(res: Response, found: Problem): void {
  res.removeHeader('ETag');
  res.setHeader('Cache-Control', 'no-store');
  if (found.status === 401) res.setHeader('WWW-Authenticate', 'Bearer');
  if (found.status === 503) res.setHeader('Retry-After', '5');
  res.status(found.status).type('application/problem+json').send(JSON.stringify(found));
}

function problem(
  code: ProblemCode,
  rest: Omit<Problem, 'type' | 'title' | 'status' | 'code'> = {},
): Problem {
  const status = statusOf(code);
  const title = code.replaceAll('_', ' ');
  return { type: `urn:tirage:problem:${code}`, title, status, code, ...rest };
}

const statuses: Readonly<Record<ProblemCode, number>> = { ...statusByCode, ...statusByRequestCode };

/** The HTTP status of a code. Pure. */
export function statusOf(code: ProblemCode): number {
  return statuses[code];
}

/** What Express and its body parser throw, by the `type` and `status` they document. */
function bodyParserCode(error: unknown): RequestCode | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status } = error;
  if (status === 413) return 'body_too_large';
  if (status === 415) return 'media_type_unsupported';
  // Also a path that cannot be decoded: the client's mistake, whatever it is.
  if (typeof status === 'number' && status >= 400 && status < 500) return 'body_malformed';
  return undefined;
}
