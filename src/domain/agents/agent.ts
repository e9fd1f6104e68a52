import { z } from 'zod';

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
