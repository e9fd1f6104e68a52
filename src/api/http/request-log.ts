import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../../metrics/metrics.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** Names this request in the answer and in logs. */
    id: string;
    /** Id of the key of the agent who sent it, once that is known. */
    agentId?: string;
  }
  interface Locals {
    /** Id of the operation, once it is known. */
    operation?: string;
    /** Its path, as the documentation writes it. */
    route?: string;
  }
}

/**
 * What may stand in a log line as somebody else wrote it: hexadecimal ids, as proxies and tracing
 * make them. Any word would do as well, and with it anybody's name.
 */
const SAFE_ID = /^(?=.*\d)[0-9a-f-]{16,64}$/i;

/**
 * Names each request, measures it until its answer is out, and logs it by ids: never its address,
 * whose query may hold a signature, nor a header or a body. What agents do and what was refused is
 * logged at `info`, everything else at `debug`. Answers `X-Request-Id`: the caller's
 * own where it is safe to repeat.
 *
 * One listener and one log line for everything: this runs for every join.
 */
export function observeRequests(logger: Logger, { requestDuration }: Metrics): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const given = req.headers['x-request-id'];
    req.id = typeof given === 'string' && SAFE_ID.test(given) ? given : randomUUID();
    res.setHeader('X-Request-Id', req.id);
    res.once('close', () => {
      const ms = performance.now() - started;
      const { method, id: requestId, agentId: agent } = req;
      const { operation, route = String(req.route?.path ?? 'none') } = res.locals;
      const status = statusClass(res.statusCode);
      requestDuration.observe({ method: methodLabel(req), route, status }, ms / 1000);
      const whole = res.writableFinished ? {} : { cut: true };
      const line = { requestId, method, operation, status: res.statusCode, ms: Math.round(ms) };
      // What went well for applicants and the public is counted above: a line for each of a
      // hundred thousand joins would say no more.
      const level = agent === undefined && res.statusCode < 400 ? 'debug' : 'info';
      if (logger.isLevelEnabled(level)) logger[level]({ ...line, agent, ...whole }, 'request');
    });
    next();
  };
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** A method nobody knows must not make a series of its own. */
function methodLabel({ method }: Request) {
  return METHODS.find((known) => known === method) ?? 'other';
}

function statusClass(status: number) {
  if (status < 200) return '1xx';
  if (status < 300) return '2xx';
  if (status < 400) return '3xx';
  return status < 500 ? '4xx' : '5xx';
}
