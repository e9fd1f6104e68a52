import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Metrics } from '../metrics/metrics.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** Id of the key of the agent who sent it, once that is known. */
    agentId?: string;
  }
  interface Locals {
    /** Id of the operation, once it is known. */
    operation?: string;
    /** The route's pattern, once it is known. */
    route?: string;
  }
}

/** What may stand in a log line as somebody else wrote it. */
const SAFE_ID = /^[A-Za-z0-9._-]{8,64}$/;

/**
 * Logs each request by ids: never its address, whose query may hold a signature, nor a header or a
 * body. Answers `X-Request-Id`: the caller's own where it is safe to repeat.
 */
export function requestLog(logger: Logger): RequestHandler {
  const log = pinoHttp<Request, Response>({
    logger,
    genReqId: requestId,
    quietReqLogger: true,
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request failed',
    customProps: (req, res) => ({
      method: req.method,
      operation: res.locals.operation,
      status: res.statusCode,
      ...(req.agentId === undefined ? {} : { agent: req.agentId }),
    }),
  });
  return log;
}

function requestId(req: IncomingMessage, res: ServerResponse): string {
  const given = req.headers['x-request-id'];
  const id = typeof given === 'string' && SAFE_ID.test(given) ? given : randomUUID();
  res.setHeader('X-Request-Id', id);
  return id;
}

/** Measures each request until its answer is out, by the pattern of its route. */
export function requestTimer({ requestDuration }: Metrics): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    res.once('close', () => {
      const route = res.locals.route ?? String(req.route?.path ?? 'none');
      const status = `${Math.floor(res.statusCode / 100)}xx`;
      const seconds = (performance.now() - started) / 1000;
      requestDuration.observe({ method: methodOf(req), route, status }, seconds);
    });
    next();
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A method nobody knows must not make a series of its own. */
function methodOf({ method }: Request): string {
  return methods.has(method) ? method : 'other';
}
