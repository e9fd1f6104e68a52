import express, { type Request, type Response, Router } from 'express';
import type { RouteDeps } from './deps.ts';
import { readBytes } from './page-form.ts';
import { RequestError } from './request-error.ts';
import type { AnyReply } from './route.ts';
import { send } from './send.ts';

/** A request to the service itself, to no prefecture. */
export interface ServiceCall {
  readonly query: unknown;
  /** Path and query, as they were asked for. */
  readonly address: string;
  /** The `Cookie` header; empty: none. */
  readonly cookies: string;
  /** What was sent; empty where the route takes nothing. */
  readonly bytes: Uint8Array;
  readonly nowMs: number;
  /** Sets a cookie, also beside a refusal. */
  readonly setCookie: (cookie: string) => void;
}

/**
 * A route of the service itself, for everyone. Each counts like a change: what it does is costly.
 * Documented in `servicePaths`, under the same id.
 */
export interface ServiceRoute {
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  /** Media types that are taken, and of how many bytes. */
  readonly takes?: { readonly types: readonly string[]; readonly mostBytes: number };
  run(call: ServiceCall, deps: RouteDeps): Promise<AnyReply>;
}

/** Routes of the service itself, by their declarations. */
export function serviceRoutes(deps: RouteDeps, routes: readonly ServiceRoute[]): Router {
  const router = Router();
  for (const route of routes) {
    router[route.method](route.path, async (req, res) => {
      res.locals.operation = route.id;
      res.locals.route = route.path;
      await deps.rateLimits.block(req, res, 'change');
      const call = {
        query: req.query,
        address: req.originalUrl,
        cookies: req.headers.cookie ?? '',
        bytes: await bytesOf(route, req, res),
        nowMs: deps.clock(),
        setCookie: (cookie: string) => void res.setHeader('Set-Cookie', cookie),
      };
      await send(req, res, await route.run(call, deps));
    });
  }
  return router;
}

async function bytesOf({ takes }: ServiceRoute, req: Request, res: Response): Promise<Uint8Array> {
  if (takes === undefined) return new Uint8Array();
  const type = [...takes.types];
  const bytes = await readBytes(express.raw({ type, limit: takes.mostBytes }), req, res);
  if (!bytes) throw new RequestError('media_type_unsupported', `send ${type.join(', ')}`);
  return bytes;
}
