import type { IRouter, Request, Response } from 'express';
import { isOfAgents } from '../../identity/keys/agent-keys.ts';
import { audited, type Noted } from './audit.ts';
import { type Agent, authenticateAgent, authenticateEntry, bearerOf } from './auth.ts';
import { readBody } from './body.ts';
import type { RouteDeps } from './deps.ts';
import type { Operation } from './operation.ts';
import { checkInput } from './request-error.ts';
import type { AnyReply, Route } from './route.ts';
import { send } from './send.ts';

/** Where the operations of a prefecture lie, as OpenAPI writes it. */
export const ROOT = '/v1/prefectures/{prefecture}';

/** A path as Express writes it. Pure. */
export function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/**
 * Routes a declaration to its handler. In this order: limit of requests, prefecture, caller and its
 * limit, body, input, audit log (ADR 0039), answer. What fails is thrown, and answered by the
 * problem handler.
 */
export function mountRoute(router: IRouter, deps: RouteDeps, route: Route): void {
  router[route.method](expressPath(ROOT + route.path), async (req, res) => {
    res.locals.operation = route.id;
    res.locals.route = route.path;
    const reply = await replyOf(deps, route, req, res);
    const charge = (points: number) => deps.rateLimits.charge(req, res, budgetOf(route), points);
    await send(req, res, reply, route.answers[reply.status]?.type, charge);
  });
}

async function replyOf(
  deps: RouteDeps,
  route: Route,
  req: Request,
  res: Response,
): Promise<AnyReply> {
  const budget = budgetOf(route);
  await deps.rateLimits.block(req, res, budget);
  const { prefecture: id, ...rest } = req.params;
  const prefecture = await deps.prefectures.get(String(id));
  const params = checkInput(route.params, rest);
  const agent = await authenticate(deps, route, req, prefecture.id, params);
  const caller = callerOf(route, agent, params);
  if (caller !== undefined) await deps.rateLimits.caller(prefecture.id, caller, res, budget);
  const { json, csv } = await readBody(req, res, route);
  // A body that came as CSV is checked line by line, by the handler.
  const body = csv === undefined ? checkInput(route.body, json) : undefined;
  const query = checkInput(route.query, req.query);
  if (needsToken(route, query)) authenticateEntry(deps.tokens, req, prefecture.id, params);
  const noted: Noted = { ids: [], line: undefined };
  const call = {
    prefecture,
    params,
    query,
    headers: headersOf(route, req),
    body,
    csv,
    nowMs: deps.clock(),
    client: clientOf(req),
    isAgent: agent !== undefined,
    agent: () => agent?.id ?? notForAgents(route.id),
    powers: () => agent ?? notForAgents(route.id),
    note: (ids: readonly string[]) => void noted.ids.push(...ids),
    line: () => noted.line ?? notForAgents(route.id),
  };
  if (agent === undefined) return route.run(call, deps);
  const deed = { op: route, req, prefecture: prefecture.id, agent, params, body };
  return audited(deps, deed, noted, async () => route.run(call, deps));
}

/** Where a request came from, for limits and signals. */
export function clientOf(req: Request) {
  return { address: req.ip ?? '', software: req.get('user-agent') ?? '' };
}

/** Read by the names that the route declares: Node knows them in lower case. */
function headersOf({ headers }: Route, req: Request): unknown {
  if (headers === undefined) return {};
  const names = Object.keys(headers.shape);
  return checkInput(headers, Object.fromEntries(names.map((name) => [name, req.get(name)])));
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

/** A signature that came is checked by the handler, which knows what it must be for. */
function needsToken({ access }: Operation, query: Readonly<Record<string, unknown>>): boolean {
  return access === 'entry_or_signature' && query.signature === undefined;
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
