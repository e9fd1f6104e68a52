import type { IRouter, Response } from 'express';
import { z } from 'zod';
import { joinPerson } from '../../usecases/entries/join.ts';
import { WORK_HEADER } from '../../usecases/limits/proof-of-work.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { checkInput } from '../http/request-error.ts';
import { IdempotencyKey } from '../http/schemas.ts';
import { join } from './operations.ts';

/** Checked as an object, so that a refusal names the header. */
const Headers = z.object({ 'Idempotency-Key': IdempotencyKey.optional() });

/** `POST entries`. The busiest route. */
export function mountJoin(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, join, async ({ req, res, prefecture, body, nowMs }) => {
    const headers = { 'Idempotency-Key': req.get('Idempotency-Key') };
    const { 'Idempotency-Key': idempotencyKey } = checkInput(Headers, headers);
    const solution = req.get(WORK_HEADER) ?? '';
    const joining = { req, res, prefecture, body, idempotencyKey, solution, nowMs };
    sendCreated(res, JSON.stringify(await joinPerson(deps, joining)));
  });
}

/** What `res.json` comes to where nothing is to be negotiated, without the negotiation. */
function sendCreated(res: Response, text: string): void {
  res.statusCode = 201;
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.end(text);
}
