import { z } from 'zod';
import type { ErrorCode } from '../../base/errors.ts';
import type { Permission } from '../../domain/agents/permissions.ts';
import type { Tag } from './tags.ts';

/**
 * Who may call an operation. `signature`: the query of a one-click link will do instead; the handler
 * checks it, for it knows what was signed.
 */
export type Access =
  | 'public'
  | 'entry'
  | 'entry_or_signature'
  | 'signature'
  | {
      agent: Permission;
      /** The token of the entry will do too. */
      orEntry?: true;
      /** What the audit log says of it. Where it is left out: see `auditOf`. */
      audit?: Audit;
    };

/**
 * `change`: needs a reason, one line before it and one after. `read`: of personal data, one line
 * before it. `none`: reads nothing personal.
 */
export type Audit = 'change' | 'read' | 'none';

export interface Answer {
  readonly description: string;
  /** Absent: an answer without a body. */
  readonly schema?: z.ZodType;
  /** `application/json` where nothing else is said. */
  readonly type?: string;
}

/** One thing the API can do: the router, the checks and the documentation all come from it. */
export interface Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/v1/prefectures/{prefecture}`, as OpenAPI writes it. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  /** Takes much longer to answer than to ask: counts like a change. */
  readonly isCostly?: true;
  readonly params: Params;
  readonly query: Query;
  readonly headers?: z.ZodObject;
  /** JSON. `z.undefined()`: no body is read. */
  readonly body: Body;
  /** What to document instead, where `body` leaves the check of its inside to the handler. */
  readonly documentedBody?: z.ZodType;
  /** It may be a whole import: 10 MB. */
  readonly hasLargeJson?: true;
  /** The columns of the same as `text/csv`, where that is taken too. */
  readonly csv?: { readonly description: string; readonly example: string };
  readonly answers: Readonly<Record<number, Answer>>;
  /** Refusals besides those of input, access, limits and an unknown prefecture. */
  readonly refusals: readonly ErrorCode[];
}

type Defaults = 'params' | 'query' | 'body' | 'refusals';

/** Writes an operation down; params, query and body are nothing where they are left out. */
export function operation<
  Params extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Query extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Body extends z.ZodType = z.ZodUndefined,
>(
  given: Omit<Operation<Params, Query, Body>, Defaults> & {
    readonly params?: Params;
    readonly query?: Query;
    readonly body?: Body;
    readonly refusals?: readonly ErrorCode[];
  },
): Operation<Params, Query, Body> {
  const nothing = z.strictObject({});
  return {
    ...given,
    // What is left out has its type parameter's default, which these are.
    params: (given.params ?? nothing) as Params,
    query: (given.query ?? nothing) as Query,
    body: (given.body ?? z.undefined()) as Body,
    refusals: given.refusals ?? [],
  };
}

/** What the audit log says of an operation. Nothing that agents may do is left out unsaid. Pure. */
export function auditOf({ access, method }: Pick<Operation, 'access' | 'method'>): Audit {
  if (typeof access === 'string') return 'none';
  return access.audit ?? (method === 'get' ? 'read' : 'change');
}
