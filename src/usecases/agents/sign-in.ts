import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import type { Role } from '../../domain/agents/agent.ts';
import { newSessionToken } from '../../identity/keys/agent-keys.ts';
import {
  LoginRefused,
  type LoginSecrets,
  type Oidc,
  ProviderDown,
} from '../../identity/oidc/oidc.ts';
import { type Claims, roleOf } from '../../identity/oidc/roles.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'clock' | 'logger' | 'pseudonyms'>;

/** How long signing in at the provider may take. */
export const LOGIN_MS = 10 * minuteMs;

/** A person who has signed in. */
export interface SignedInAgent {
  readonly agent: string;
  readonly prefecture: string;
  readonly role: Role;
  /** The secret of the session. */
  readonly token: string;
  readonly expiresAtMs: number;
}

/**
 * Where a person signs in, and what must be the same when they come back.
 *
 * @throws DomainError `sign_in_refused`, `provider_unavailable`
 */
export function beginLogin(
  deps: Pick<Deps, 'logger'>,
  oidc: Oidc,
  prefecture: string,
  redirectUri: string,
): Promise<LoginSecrets & { readonly url: string }> {
  return oidc.begin(redirectUri).catch(refuse(deps, prefecture));
}

/**
 * Begins the session of a person who came back from the provider. `returned` is the address they
 * came to, with its query.
 *
 * @throws DomainError `sign_in_refused`, `provider_unavailable`, `person_unmapped`
 */
export async function finishLogin(
  deps: Deps,
  oidc: Oidc,
  login: LoginSecrets & { readonly prefecture: string },
  returned: URL,
): Promise<SignedInAgent> {
  const { prefecture, state } = login;
  // Before the provider is asked: who comes back twice with one state is refused here already.
  if (!(await deps.store.sessions.useState(prefecture, state, LOGIN_MS))) throw signInRefused();
  const claims = await oidc.finish(returned, login).catch(refuse(deps, prefecture));
  return beginSession(deps, oidc, prefecture, claims);
}

/** Ends the session of an agent. Does nothing to keys, and is safe to repeat. */
export async function signOut(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  agent: string,
): Promise<void> {
  await store.sessions.end(prefecture, agent);
}

/** The refusal of who must begin again. */
export function signInRefused(): DomainError {
  return new DomainError('sign_in_refused', 'this did not work: begin again at /v1/agents/login');
}

async function beginSession(
  { store, clock, logger, pseudonyms }: Deps,
  { config: { issuer, rules, sessionMinutes } }: Oidc,
  prefecture: string,
  claims: Claims & { readonly sub: string },
): Promise<SignedInAgent> {
  const id = pseudonyms.of('agent', JSON.stringify([issuer, claims.sub]));
  const agent = `p-${id}`;
  const role = roleOf(rules, prefecture, claims);
  if (role === undefined) {
    logger.warn({ prefecture, agent }, 'a person without a role signed in');
    throw new DomainError('person_unmapped', 'you have no role in this prefecture');
  }
  const { token, hash } = newSessionToken(id);
  const nowMs = clock();
  const expiresAtMs = nowMs + sessionMinutes * minuteMs;
  // Signing in is a line and its outcome: without them nobody is let in.
  const line = { at: new Date(nowMs).toISOString(), agent, role, operation: 'signIn' };
  const of = await store.audit.append(prefecture, { ...line, kind: 'change' });
  await store.sessions.begin(prefecture, { agent, role, hash, expiresAtMs }, nowMs);
  await store.audit.append(prefecture, { ...line, kind: 'outcome', of, status: 200 });
  logger.info({ prefecture, agent, role }, 'an agent signed in');
  return { agent, prefecture, role, token, expiresAtMs };
}

function refuse({ logger }: Pick<Deps, 'logger'>, prefecture: string) {
  return (error: unknown): never => {
    if (error instanceof LoginRefused) {
      logger.warn({ prefecture, reason: error.message }, 'a login was refused');
      throw signInRefused();
    }
    if (!(error instanceof ProviderDown)) throw error;
    logger.error({ prefecture, reason: error.message }, 'the provider cannot be reached');
    throw new DomainError('provider_unavailable', 'the identity provider does not answer');
  };
}
