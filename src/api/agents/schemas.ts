import { z } from 'zod';
import { Role } from '../../domain/agents/agent.ts';
import { isOfRole, PERMISSIONS } from '../../domain/agents/permissions.ts';
import { Identifier, Instant } from '../http/schemas.ts';

const Scopes = z
  .array(z.enum(PERMISSIONS))
  .min(1)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'must be unique')
  .meta({ id: 'Scopes', description: 'What a key may do, of what its role may do.' });

export const AgentView = z
  .strictObject({
    id: z.string(),
    role: Role,
    label: z.string(),
    scopes: z.array(z.string()).nullable().meta({ description: 'Null: all that the role may do.' }),
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable().meta({ description: 'To the minute.' }),
    revoked: z
      .strictObject({ at: Instant, by: z.string() })
      .nullable()
      .meta({ description: 'When it was taken away, and by which agent.' }),
  })
  .meta({ id: 'Agent' });

export const AgentList = z.strictObject({ agents: z.array(AgentView) }).meta({ id: 'AgentList' });

export const NewAgent = z
  .strictObject({
    role: Role,
    label: z.string().trim().min(1).max(100),
    scopes: Scopes.optional(),
    expiresAt: Instant.optional(),
  })
  .refine(({ role, scopes }) => (scopes ?? []).every((one) => isOfRole(role, one)), {
    path: ['scopes'],
    error: 'must be of the role',
  })
  .meta({ id: 'NewAgent' });

export const AgentCreated = z
  .strictObject({
    ...AgentView.shape,
    key: z.string().meta({ description: 'The API key. Shown this once, stored nowhere.' }),
  })
  .meta({ id: 'AgentCreated' });

export const SignedIn = z
  .strictObject({
    agent: z.string().meta({ description: 'Stands for the person in logs and records.' }),
    prefecture: Identifier,
    role: Role,
    token: z.string().meta({ description: 'To be sent like a key. Shown this once.' }),
    expiresAt: Instant,
  })
  .meta({ id: 'SignedIn' });
