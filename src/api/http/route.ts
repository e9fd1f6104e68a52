import type { z } from 'zod';
import type { ErrorCode } from '../../base/errors.ts';
import type { Powers } from '../../domain/agents/permissions.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Client } from '../../usecases/abuse/signals.ts';
import type { RouteDeps } from './deps.ts';
import { type Answer, type Operation, operation } from './operation.ts';

/** A request that may be handled: known prefecture, allowed caller, checked input. */
export interface Call<Params, Query, Body, Headers = Record<never, never>> {
  readonly prefecture: Prefecture;
  readonly params: Params;
  readonly query: Query;
  /** Those that the route declares. */
  readonly headers: Headers;
  /** Undefined where the request came as CSV. */
  readonly body: Body;
  readonly csv: string | undefined;
  readonly nowMs: number;
  readonly client: Client;
  /** Whether an agent asks: where the token of an entry will do too, its person may. */
  readonly isAgent: boolean;
  /** Id of the agent's key. Throws where the route is not for agents. */
  readonly agent: () => string;
  /** What the agent may do. Throws where the route is not for agents. */
  readonly powers: () => Powers;
  /** Tells the audit log ids of what was made, or of whom was seen. */
  readonly note: (ids: readonly string[]) => void;
  /** Number of the line of the audit log that was written before this. Throws where there is none. */
  readonly line: () => number;
}

/** How an answer may be kept by caches. */
export interface Cache {
  /** What `Cache-Control` says. */
  readonly control: string;
  /** Names this very answer; left out: a hash of its body, which must then be at hand. */
  readonly tag?: string;
}

/** What is not JSON: whole, or in parts that are read as fast as the reader takes them. */
export type RawBody = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** What a list or object of JSON may be given as. */
export type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Member in keyof Value]: Frozen<Value[Member]> }
    : Value;

type BodyOf<Declared> = Declared extends { readonly type: string }
  ? RawBody
  : Declared extends { readonly schema: infer Schema extends z.ZodType }
    ? Frozen<z.output<Schema>>
    : undefined;

type Answers = Readonly<Record<number, Answer>>;

type MemberOf<Wanted, Name> = Wanted extends unknown
  ? Name extends keyof Wanted
    ? Wanted[Name]
    : never
  : never;

/**
 * `Given` with `never` for each member, at any depth, that `Wanted` does not have: TypeScript lets what
 * a function returns have more than it must, so a record that is spread could tell too much.
 */
type Exact<Given, Wanted> = unknown extends Wanted
  ? Given
  : Given extends readonly (infer Item)[]
    ? readonly Exact<Item, MemberOf<Wanted, number>>[]
    : Given extends object
      ? {
          readonly [Name in keyof Given]: [MemberOf<Wanted, Name>] extends [never]
            ? never
            : Exact<Given[Name], MemberOf<Wanted, Name>>;
        }
      : Given;

/** What a handler returned, held to the members of the answer with its status. */
type ExactReply<Given, Declared extends Answers> = Given extends {
  readonly status: infer Status extends keyof Declared;
  readonly body: infer Body;
}
  ? {
      readonly status: Status;
      readonly body: Declared[Status] extends { readonly type: string }
        ? Body
        : Exact<Body, BodyOf<Declared[Status]>>;
    }
  : Given;

/** A raw body as it lies gzipped, for those who take it; the body itself is unpacked for others. */
export interface Gzipped {
  readonly body: AsyncIterable<Uint8Array>;
  /** How many requests it counts for; unpacked four times as many. */
  readonly pieces: number;
}

/** One of the answers that a route declares, with what goes around it. */
export type Reply<Declared extends Answers> = {
  [Status in keyof Declared & number]: {
    readonly status: Status;
    readonly headers?: Readonly<Record<string, string | number>>;
    /** Left out: nobody keeps it (`no-store`). Given: it is for everyone, with an ETag. */
    readonly cache?: Cache;
    readonly gzipped?: Gzipped;
    /** Done once the answer is out. Must not throw. */
    readonly afterwards?: () => Promise<void>;
  } & (BodyOf<Declared[Status]> extends undefined
    ? { readonly body?: undefined }
    : { readonly body: BodyOf<Declared[Status]> });
}[keyof Declared & number];

/**
 * What a handler may return: one of the declared answers, and nothing besides. `Given` is what it does
 * return.
 */
export type Returned<Given, Declared extends Answers> = Given &
  Reply<NoInfer<Declared>> &
  ExactReply<Given, NoInfer<Declared>>;

/** Any answer, as the kit sends it. */
export interface AnyReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly cache?: Cache;
  readonly gzipped?: Gzipped;
  readonly afterwards?: () => Promise<void>;
  readonly body?: unknown;
}

/** An operation with what it does. The kit checks, calls, tells the audit log, and answers. */
export interface Route extends Operation {
  run(call: Call<unknown, unknown, unknown, unknown>, deps: RouteDeps): Promise<AnyReply>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Method = (typeof METHODS)[number];
type Nothing = Record<never, never>;

/** Method and path in one: `get: '/entries/{entryId}'`, below `/v1/prefectures/{prefecture}`. */
type Place = {
  [M in Method]: { readonly [One in M]: string } & {
    readonly [Other in Exclude<Method, M>]?: undefined;
  };
}[Method];

/** What one route declares. */
type Declaration<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Headers extends z.ZodObject,
  Body extends z.ZodType,
  Declared extends Answers,
  Refusal extends ErrorCode,
  Given extends Reply<Declared>,
> = Pick<
  Operation,
  | 'id'
  | 'tag'
  | 'summary'
  | 'description'
  | 'access'
  | 'isCostly'
  | 'documentedBody'
  | 'hasLargeJson'
  | 'csv'
> & {
  readonly params?: Params;
  readonly query?: Query;
  readonly headers?: Headers;
  readonly body?: Body;
  readonly answers: Declared;
  readonly refusals?: readonly Refusal[];
  readonly run: (
    call: Call<z.output<Params>, z.output<Query>, z.output<Body>, z.output<Headers>>,
    deps: RouteDeps,
  ) => Promise<Returned<Given, Declared>>;
} & Place;

/** A route whose refusals are known one by one: `RefusalOf<typeof verify>`. */
export type RouteOf<Refusal extends ErrorCode> = Route & { readonly refusals: readonly Refusal[] };

/** What a route may refuse, besides input, access, limits and an unknown prefecture. */
export type RefusalOf<R extends RouteOf<ErrorCode>> = R['refusals'][number];

/**
 * Declares one route with its handler. Mounting, OpenAPI, the audit log, limits and caching follow
 * from it. `run` returns one of the declared answers: another status, another body, or a member
 * that is not declared, does not compile.
 */
export function route<
  Params extends z.ZodObject = z.ZodObject<Nothing>,
  Query extends z.ZodObject = z.ZodObject<Nothing>,
  Headers extends z.ZodObject = z.ZodObject<Nothing>,
  Body extends z.ZodType = z.ZodUndefined,
  const Declared extends Answers = Answers,
  const Refusal extends ErrorCode = never,
  Given extends Reply<Declared> = Reply<Declared>,
>(declared: Declaration<Params, Query, Headers, Body, Declared, Refusal, Given>): RouteOf<Refusal> {
  const { run, get, post, put, patch, delete: remove, ...rest } = declared;
  const paths = { get, post, put, patch, delete: remove };
  const method = METHODS.find((one) => paths[one] !== undefined);
  const path = method && paths[method];
  if (method === undefined || path === undefined) throw new Error(`${rest.id} has no path`);
  return {
    ...operation({ ...rest, method, path }),
    refusals: declared.refusals ?? [],
    // The kit calls it with what the declaration's own schemas made of the request.
    run: run as unknown as Route['run'],
  };
}

/** Whether a value that a module exports is a route. */
export function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'run' in value && 'answers' in value;
}
