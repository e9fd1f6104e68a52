import express, { type IRouter, type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { Answer } from './operation.ts';
import { readBytes } from './page-form.ts';
import type { ProblemCode } from './problem.ts';
import type { RateLimits } from './rate-limit.ts';
import { checkInput, RequestError } from './request-error.ts';
import type { AnyReply, Reply, Returned } from './route.ts';
import { send } from './send.ts';
import type { Tag } from './tags.ts';

/** A request to the service itself, to no prefecture. */
export interface ServiceCall<Query> {
  /** Undefined where the route declares none. */
  readonly query: Query;
  /** Path and query, as they were asked for. */
  readonly address: string;
  /** The `Cookie` header; empty: none. */
  readonly cookies: string;
  /** What was sent; empty where the route takes nothing. */
  readonly bytes: Uint8Array;
  /** Sets a cookie, also beside a refusal. */
  readonly setCookie: (cookie: string) => void;
}

/** What a route of the service itself is, for the documentation. All of them are for everyone. */
export interface ServiceOperation {
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** Left out: any query, which is not looked at. */
  readonly query?: z.ZodObject | undefined;
  /** What is taken, by its media type, and of how many bytes. */
  readonly takes?: Takes | undefined;
  readonly answers: Readonly<Record<number, Answer>>;
  /** All that it may refuse, each with a word about it; empty: its code says enough. */
  readonly refusals: Refusals;
}

interface Takes {
  readonly types: Readonly<Record<string, z.ZodType>>;
  readonly mostBytes: number;
}

type Refusals = { readonly [Code in ProblemCode]?: string };

/** Such a route with what it does, which needs `Deps`. */
export interface ServiceRoute<Deps> extends ServiceOperation {
  run(call: ServiceCall<unknown>, deps: Deps): Promise<AnyReply>;
}

/** Method and path in one: `get: '/live'`. */
type Place =
  | { readonly get: string; readonly post?: undefined }
  | { readonly post: string; readonly get?: undefined };

/**
 * Declares a route of the service itself with its handler. Mounting and OpenAPI follow from it. `run`
 * returns one of the declared answers, or it does not compile.
 */
export function serviceRoute<
  Deps,
  Query extends z.ZodType = z.ZodUndefined,
  const Declared extends Readonly<Record<number, Answer>> = Readonly<Record<number, Answer>>,
  Given extends Reply<Declared> = Reply<Declared>,
>(
  declared: Pick<ServiceOperation, 'id' | 'tag' | 'summary' | 'description' | 'takes'> & {
    readonly query?: Query & z.ZodObject;
    readonly answers: Declared;
    readonly refusals?: Refusals;
    readonly run: (
      call: ServiceCall<z.output<Query>>,
      deps: Deps,
    ) => Promise<Returned<Given, Declared>>;
  } & Place,
): ServiceRoute<Deps> {
  const { get, post, run, ...rest } = declared;
  const place = get === undefined ? { method: 'post' as const, path: post } : atGet(get);
  // It is called with what the declaration's own schema made of the query.
  const handler = run as unknown as ServiceRoute<Deps>['run'];
  return { ...rest, ...place, refusals: declared.refusals ?? {}, run: handler };
}

const atGet = (path: string) => ({ method: 'get' as const, path });

/** Routes of the service itself. Where limits are handed in, each request counts like a change. */
export function serviceRoutes<Deps>(
  deps: Deps,
  routes: readonly ServiceRoute<Deps>[],
  limits?: RateLimits,
): Router {
  const router = Router();
  for (const route of routes) mountService(router, deps, route, limits);
  return router;
}

/** Routes one declaration to its handler; see `serviceRoutes`. */
export function mountService<Deps>(
  router: IRouter,
  deps: Deps,
  route: ServiceRoute<Deps>,
  limits?: RateLimits,
): void {
  router[route.method](route.path, async (req, res) => {
    res.locals.operation = route.id;
    res.locals.route = route.path;
    await limits?.block(req, res, 'change');
    const bytes = await bytesOf(route, req, res);
    const call = {
      query: route.query && checkInput(route.query, req.query),
      address: req.originalUrl,
      cookies: req.headers.cookie ?? '',
      bytes,
      setCookie: (cookie: string) => void res.setHeader('Set-Cookie', cookie),
    };
    const reply = await route.run(call, deps);
    await send(req, res, reply, route.answers[reply.status]?.type);
  });
}

async function bytesOf(
  { takes }: ServiceOperation,
  req: Request,
  res: Response,
): Promise<Uint8Array> {
  if (takes === undefined) return new Uint8Array();
  const type = Object.keys(takes.types);
  const bytes = await readBytes(express.raw({ type, limit: takes.mostBytes }), req, res);
  if (!bytes) throw new RequestError('media_type_unsupported', `send ${type.join(', ')}`);
  return bytes;
}
