import type { Request } from 'express';
import { DomainError } from '../../base/errors.ts';
import { isValidKey } from '../../domain/agents/agent.ts';
import { isOfRole, mayDo, type Permission, type Powers } from '../../domain/agents/permissions.ts';
import { parseOfferId } from '../../domain/offers/id.ts';
import { isAgentSecret, parseAgentKey, parseSessionToken } from '../../identity/keys/agent-keys.ts';
import type { Answer, Tokens } from '../../identity/keys/tokens.ts';
import type { Store } from '../../store/store.ts';
import type { ApiDeps } from './deps.ts';

/** Who acts for a prefecture. */
export interface Agent extends Powers {
  /** Names the agent in records and logs. */
  readonly id: string;
}

/** No key has this hash: comparing with it takes as long as with a real one. */
const NOBODYS_HASH = '0'.repeat(64);

/**
 * The token of `Authorization: Bearer …`.
 *
 * @throws DomainError `credentials_missing`
 */
export function bearerOf(req: Request): string {
  const [, token] = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
  if (token === undefined) {
    throw new DomainError('credentials_missing', 'send Authorization: Bearer and a token');
  }
  return token;
}

/**
 * Lets the holder of an entry's token through. Looks at nothing in the store: whether an entry
 * exists is told only to who holds its token.
 *
 * @throws DomainError `credentials_missing`, `credentials_rejected`
 */
export function authenticateEntry(
  tokens: Tokens,
  req: Request,
  prefecture: string,
  params: Readonly<Record<string, unknown>>,
): void {
  const token = bearerOf(req);
  const entry = params.entryId ?? entryOfOffer(params.offerId ?? params.appointmentId);
  if (typeof entry !== 'string' || !tokens.isEntryToken(prefecture, entry, token)) {
    throw rejected();
  }
}

/**
 * Lets an agent's API key or session of this prefecture through, if its role and scopes are enough.
 *
 * @throws DomainError `credentials_missing`, `credentials_rejected`, `role_insufficient`,
 *   `scope_insufficient`
 */
export async function authenticateAgent(
  { store, clock }: Pick<ApiDeps, 'store' | 'clock'>,
  req: Request,
  prefecture: string,
  permission: Permission,
): Promise<Agent> {
  const agent = await agentOf(store, prefecture, bearerOf(req), clock());
  if (!agent) throw rejected();
  if (!isOfRole(agent.role, permission)) {
    throw new DomainError('role_insufficient', `the role ${agent.role} may not do this`);
  }
  if (!mayDo(agent, permission)) {
    throw new DomainError('scope_insufficient', `this key has no scope ${permission}`);
  }
  return agent;
}

/** Whose key or session it is. Read every time: what was taken away is refused from that moment. */
async function agentOf(
  { agents, sessions }: Store,
  prefecture: string,
  token: string,
  nowMs: number,
): Promise<Agent | undefined> {
  const person = parseSessionToken(token);
  if (person) {
    const session = await sessions.get(prefecture, person.agent);
    const genuine = isAgentSecret(person.secret, session?.hash ?? NOBODYS_HASH);
    if (!session || !genuine || nowMs >= session.expiresAtMs) return undefined;
    return { id: session.agent, role: session.role };
  }
  const key = parseAgentKey(token);
  const agent = key && (await agents.get(prefecture, key.id));
  const genuine = isAgentSecret(key?.secret ?? '', agent?.hash ?? NOBODYS_HASH);
  if (!agent || !genuine || !isValidKey(agent, nowMs)) return undefined;
  agents.noteUse(prefecture, agent.id, nowMs);
  return agent;
}

/**
 * Lets a one-click link through.
 *
 * @throws DomainError `link_expired`, `credentials_rejected`
 */
export function authenticateLink(
  tokens: Tokens,
  answer: Answer & { readonly nowMs: number },
  signature: string,
): void {
  const outcome = tokens.checkAnswer(answer, signature);
  if (outcome === 'expired') throw new DomainError('link_expired', 'this link is no longer valid');
  if (outcome === 'forged') throw rejected();
}

function entryOfOffer(id: unknown): string | undefined {
  return typeof id === 'string' ? parseOfferId(id)?.entry : undefined;
}

function rejected(): DomainError {
  return new DomainError('credentials_rejected', 'these credentials are not valid here');
}
