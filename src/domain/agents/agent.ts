import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';

export const ROLES = ['helper', 'auditor', 'agent', 'supervisor', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** A staff member's or a system's API key. Only a hash of the secret is stored. */
export interface AgentKey {
  /** Public prefix of the key: names the agent in records and logs. */
  readonly id: string;
  readonly role: Role;
  readonly label: string;
  /** SHA-256 of the secret, hex. */
  readonly hash: string;
  readonly createdAtMs: number;
  /** What it may do of what its role may do. Absent: all of it. */
  readonly scopes?: readonly string[];
  /** It is refused from then on. */
  readonly expiresAtMs?: number;
  /** When it was taken away, and by whom. It stays, so that the audit log can be understood. */
  readonly revoked?: { readonly atMs: number; readonly by: string };
}

/** Whether a key still counts: neither taken away nor expired. Pure. */
export function isValidKey({ revoked, expiresAtMs }: AgentKey, nowMs: number): boolean {
  return revoked === undefined && (expiresAtMs === undefined || nowMs < expiresAtMs);
}

/**
 * A valid key that is needed and stays when one is taken away; undefined if there is none, and the
 * one is not needed either. Pure.
 *
 * @param isNeeded whether a valid key can make others: the last of these stays
 * @throws DomainError `agent_last`
 */
export function keyThatStays(
  keys: readonly AgentKey[],
  revokedId: string,
  isNeeded: (key: AgentKey) => boolean,
  nowMs: number,
): AgentKey | undefined {
  const needed = keys.filter((key) => isValidKey(key, nowMs) && isNeeded(key));
  const other = needed.find(({ id }) => id !== revokedId);
  const isLast = needed.length > 0 && !other;
  if (isLast) throw new DomainError('agent_last', 'nobody could make another key');
  return other;
}
