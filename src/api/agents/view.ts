import type { AgentKey } from '../../domain/agents/agent.ts';
import { instant, instantOrNull } from '../http/schemas.ts';

/** A key without its hash. Pure. */
export function agentView(key: AgentKey, usedAtMs: number | undefined) {
  const { id, role, label, scopes, createdAtMs, expiresAtMs, revoked } = key;
  return {
    id,
    role,
    label,
    scopes: scopes ?? null,
    createdAt: instant(createdAtMs),
    expiresAt: instantOrNull(expiresAtMs),
    lastUsedAt: instantOrNull(usedAtMs),
    revoked: revoked ? { at: instant(revoked.atMs), by: revoked.by } : null,
  };
}
