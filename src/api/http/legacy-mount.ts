import type { IRouter, Request, Response } from 'express';
import type { z } from 'zod';
import type { Powers } from '../../domain/agents/permissions.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { isOfAgents } from '../../identity/keys/agent-keys.ts';
import { type Agent, authenticateAgent, authenticateEntry, bearerOf } from './auth.ts';
import { readBody } from './body.ts';
import type { RouteDeps } from './deps.ts';
import { audited, type Noted } from './legacy-audit.ts';
import { ROOT } from './mount.ts';
import type { Operation } from './operation.ts';
import { checkInput } from './request-error.ts';

/** A request that may be handled: known prefecture, allowed caller, checked input. */
export interface Call<Params, Query, Body> {
  readonly req: Request;
  readonly res: Response;
  readonly prefecture: Prefecture;
  readonly params: Params;
  readonly query: Query;
  /** Undefined where the request came as CSV. */
  readonly body: Body;
  readonly csv: string | undefined;
  readonly nowMs: number;
  /** Id of the agent's key. Throws where the operation is not for agents. */
  readonly agent: () => string;
  /** What the agent may do. Throws where the operation is not for agents. */
  readonly powers: () => Powers;
  /** Tells the audit log ids of what was made, or of whom was seen. */
  readonly note: (ids: readonly string[]) => void;
  /** Number of the line of the audit log that was written before this. Throws where there is none. */
  readonly line: () => number;
}

/** A path as Express writes it. Pure. */
function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/**
 * Routes an operation to its handler. In this order: limit of requests, prefecture, caller and its
 * limit, body, input, audit log (ADR 0039). What fails is thrown, and answered by the problem handler.
 */
export function mount<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
>(
  router: IRouter,
  deps: RouteDeps,
  op: Operation<Params, Query, Body>,
  handle: (
    call: Call<z.output<Params>, z.output<Query>, z.output<Body>>,
  ) => Promise<unknown> | unknown,
): void {
  router[op.method](expressPath(ROOT + op.path), async (req, res) => {
    res.locals.operation = op.id;
    res.locals.route = op.path;
    const budget = budgetOf(op);
    await deps.rateLimits.block(req, res, budget);
    const { prefecture: id, ...rest } = req.params;
    const prefecture = await deps.prefectures.get(String(id));
    const params = checkInput(op.params, rest);
    const agent = await authenticate(deps, op, req, prefecture.id, params);
    const caller = callerOf(op, agent, params);
    if (caller !== undefined) await deps.rateLimits.caller(prefecture.id, caller, res, budget);
    const { json, csv } = await readBody(req, res, op);
    // A body that came as CSV is checked line by line, by the handler.
    const body = csv === undefined ? checkInput(op.body, json) : undefined;
    const noted: Noted = { ids: [], line: undefined };
    const call = {
      req,
      res,
      prefecture,
      params,
      query: checkInput(op.query, req.query),
      body: body as z.output<Body>, // undefined for CSV, where handlers do not look at it
      csv,
      nowMs: deps.clock(),
      agent: () => agent?.id ?? notForAgents(op.id),
      powers: () => agent ?? notForAgents(op.id),
      note: (ids: readonly string[]) => void noted.ids.push(...ids),
      line: () => noted.line ?? notForAgents(op.id),
    };
    if (agent === undefined) return void (await handle(call));
    const deed = { op, req, res, prefecture: prefecture.id, agent, params, body };
    await audited(deps, deed, noted, async () => void (await handle(call)));
  });
}

async function authenticate(
  deps: RouteDeps,
  { access }: Operation,
  req: Request,
  prefecture: string,
  params: Readonly<Record<string, unknown>>,
): Promise<Agent | undefined> {
  if (access === 'entry' || isForEntry(access, req)) {
    authenticateEntry(deps.tokens, req, prefecture, params);
    return undefined;
  }
  if (typeof access === 'string') return undefined;
  const agent = await authenticateAgent(deps, req, prefecture, access.agent);
  req.agentId = agent.id;
  return agent;
}

/** Whose token or key it came with. One-click links are counted by their address alone. */
function callerOf(
  { access }: Operation,
  agent: Agent | undefined,
  { entryId }: Readonly<Record<string, unknown>>,
): string | undefined {
  if (agent !== undefined) return `agent:${agent.id}`;
  const isEntrys = access === 'entry' || (typeof access === 'object' && access.orEntry === true);
  return isEntrys && typeof entryId === 'string' ? `entry:${entryId}` : undefined;
}

/** Where both may come, the form of what they bring tells agents and applicants apart. */
function isForEntry(access: Operation['access'], req: Request): boolean {
  return typeof access === 'object' && access.orEntry === true && !isOfAgents(bearerOf(req));
}

/** Agents work through lists, often many behind one address: they share the readers' budget. */
function budgetOf({ access, method, isCostly }: Operation): 'read' | 'change' {
  if (isCostly) return 'change';
  return method === 'get' || typeof access === 'object' ? 'read' : 'change';
}

function notForAgents(id: string): never {
  throw new Error(`operation ${id} is not one of agents`);
}
