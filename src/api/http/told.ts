import type { Logger } from 'pino';
import { DomainError, type ErrorCode, LimitReached } from '../../base/errors.ts';
import { type Problem, type ProblemCode, problemOf } from './problem.ts';
import { RequestError } from './request-error.ts';
import type { RefusalOf, RouteOf } from './route.ts';

/** What a page tells of the refusals that one of its actions may meet. */
export interface Tells<Said> {
  /** Undefined: the action does not declare this refusal. */
  readonly of: (code: ProblemCode) => { readonly said: Said } | undefined;
  /** What is told of a refusal that is not declared, which is a bug. */
  readonly bug: Said;
}

/**
 * Declares what a page tells of each refusal of the route whose work its action does, of limits, and
 * of what else (`also`) it may meet. The table must name all of them, and no others, to compile: so
 * nothing is ever told in the words of something else.
 */
export function tells<
  Route extends RouteOf<ErrorCode>,
  const Table extends Readonly<Record<Codes<Route, Also>, unknown>>,
  const Bug,
  const Also extends ProblemCode = never,
>(declared: {
  readonly route: Route;
  readonly also?: readonly Also[];
  readonly told: Table & { readonly [Other in Exclude<keyof Table, Codes<Route, Also>>]: never };
  readonly bug: Bug;
}): Tells<Table[keyof Table] | Bug> {
  const told: Readonly<Record<string, unknown>> = declared.told;
  return {
    // `in` would find what every object has. What it holds, the table's type says.
    of: (code) =>
      Object.hasOwn(told, code) ? { said: told[code] as Table[keyof Table] } : undefined,
    bug: declared.bug,
  };
}

type Codes<Route extends RouteOf<ErrorCode>, Also> = RefusalOf<Route> | 'requests_too_many' | Also;

/** A refusal as a page tells it. */
export interface ToldRefusal<Said> {
  readonly status: number;
  readonly problem: Problem;
  readonly said: Said;
  /** How long to wait, where a limit was reached. */
  readonly headers: Readonly<Record<string, number>>;
}

/** How an action of a page ended. */
export type Attempt<Done, Said> =
  | { readonly done: Done; readonly refused?: undefined }
  | { readonly done?: undefined; readonly refused: ToldRefusal<Said> };

/**
 * Does something for a page, and says what became of it. A refusal that is not declared is a bug: it
 * is logged, answered with 500, and told as such. What is no refusal is thrown on.
 */
export async function attempt<Done, Said>(
  logger: Pick<Logger, 'error'>,
  table: Tells<Said>,
  act: () => Promise<Done>,
): Promise<Attempt<Done, Said>> {
  try {
    return { done: await act() };
  } catch (error) {
    return { refused: tell(logger, table, error) };
  }
}

/** What a table tells of an error; see `attempt`. */
export function tell<Said>(
  logger: Pick<Logger, 'error'>,
  table: Tells<Said>,
  error: unknown,
): ToldRefusal<Said> {
  const problem = problemOf(error);
  const found = table.of(problem.code);
  if (!found && !isRefusal(error)) throw error;
  const headers = waitOf(error);
  if (found) return { status: problem.status, problem, said: found.said, headers };
  logger.error({ code: problem.code }, 'a page met a refusal that it does not declare');
  return { status: 500, problem, said: table.bug, headers };
}

/** Whether a request was refused, and nothing of ours broke. Pure. */
function isRefusal(error: unknown): boolean {
  return error instanceof DomainError || error instanceof RequestError;
}

function waitOf(error: unknown): Readonly<Record<string, number>> {
  return error instanceof LimitReached ? { 'Retry-After': error.retryAfterSeconds } : {};
}
