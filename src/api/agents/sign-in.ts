import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import { newSessionToken } from '../../identity/keys/agent-keys.ts';
import { LoginRefused, type Oidc, ProviderDown } from '../../identity/oidc/oidc.ts';
import { type Claims, roleOf } from '../../identity/oidc/roles.ts';
import type { RouteDeps } from '../http/deps.ts';
import { LOGIN_MS, type Login, setLogin, takeLogin } from '../http/login-cookie.ts';
import { checkInput } from '../http/request-error.ts';
import { Identifier, instant } from '../http/schemas.ts';

const CALLBACK = '/v1/agents/callback';
const Query = z.strictObject({ prefecture: Identifier });

/** Agents who sign in with the provider of their administration, in a browser. */
export function signInRoutes(deps: RouteDeps): Router {
  const router = Router();
  const redirectUri = () => `${deps.publicUrl()}${CALLBACK}`;

  router.get('/v1/agents/login', async (req, res) => {
    const oidc = await admit(deps, req, res);
    const { prefecture } = checkInput(Query, req.query);
    await deps.prefectures.get(prefecture);
    const { url, ...secrets } = await oidc.begin(redirectUri()).catch(refuse(deps, prefecture));
    setLogin(res, deps.vault, { ...secrets, prefecture, untilMs: deps.clock() + LOGIN_MS });
    res.status(303).location(url).end();
  });

  router.get(CALLBACK, async (req, res) => {
    const oidc = await admit(deps, req, res);
    const login = takeLogin(req, res, deps.vault, deps.clock());
    if (!login) throw refused();
    const { prefecture, state } = login;
    // Before the provider is asked: who comes back twice with one state is refused here already.
    if (!(await deps.store.sessions.useState(prefecture, state, LOGIN_MS))) throw refused();
    const returned = new URL(redirectUri());
    returned.search = new URL(req.originalUrl, returned).search;
    const claims = await oidc.finish(returned, login).catch(refuse(deps, prefecture));
    res.json(await beginSession(deps, oidc, login, claims));
  });
  return router;
}

async function admit({ oidc, rateLimits }: RouteDeps, req: Request, res: Response): Promise<Oidc> {
  res.setHeader('Cache-Control', 'no-store');
  res.locals.route = req.path;
  if (!oidc) throw new DomainError('sign_in_unavailable', 'no provider is set up');
  await rateLimits.block(req, res, 'change');
  return oidc;
}

async function beginSession(
  { store, clock, logger, pseudonyms }: RouteDeps,
  { config: { issuer, rules, sessionMinutes } }: Oidc,
  { prefecture }: Login,
  claims: Claims & { readonly sub: string },
) {
  const id = pseudonyms.of('agent', JSON.stringify([issuer, claims.sub]));
  const agent = `p-${id}`;
  const role = roleOf(rules, prefecture, claims);
  if (role === undefined) {
    logger.warn({ prefecture, agent }, 'a person without a role signed in');
    throw new DomainError('person_unmapped', 'you have no role in this prefecture');
  }
  const { token, hash } = newSessionToken(id);
  const nowMs = clock();
  const session = { agent, role, hash, expiresAtMs: nowMs + sessionMinutes * minuteMs };
  // Signing in is a line and its outcome: without them nobody is let in.
  const line = { at: instant(nowMs), agent, role, operation: 'signIn' };
  const of = await store.audit.append(prefecture, { ...line, kind: 'change' });
  await store.sessions.begin(prefecture, session, nowMs);
  await store.audit.append(prefecture, { ...line, kind: 'outcome', of, status: 200 });
  logger.info({ prefecture, agent, role }, 'an agent signed in');
  return { agent, prefecture, role, token, expiresAt: instant(session.expiresAtMs) };
}

function refuse({ logger }: RouteDeps, prefecture: string) {
  return (error: unknown): never => {
    if (error instanceof LoginRefused) {
      logger.warn({ prefecture, reason: error.message }, 'a login was refused');
      throw refused();
    }
    if (!(error instanceof ProviderDown)) throw error;
    logger.error({ prefecture, reason: error.message }, 'the provider cannot be reached');
    throw new DomainError('provider_unavailable', 'the identity provider does not answer');
  };
}

function refused(): DomainError {
  return new DomainError('sign_in_refused', 'this did not work: begin again at /v1/agents/login');
}
