import { z } from 'zod';
import { Role } from '../../domain/agents/agent.ts';
import { Hex256, Instant } from '../http/schemas.ts';

export const AuditLineView = z
  .strictObject({
    seq: z.int().min(0),
    at: Instant,
    kind: z.enum(['change', 'read', 'outcome']),
    agent: z.string().meta({ description: 'Id of a key or of a person who signed in.' }),
    role: z.union([Role, z.literal('operator')]),
    operation: z.string(),
    prefecture: z.string(),
    targets: z.record(z.string(), z.string()).optional(),
    reason: z.string().optional(),
    body: z.string().optional().meta({ description: 'Keyed fingerprint of what was sent.' }),
    of: z.int().optional().meta({ description: 'The line that this outcome ends.' }),
    status: z.int().optional(),
    code: z.string().optional(),
    ids: z.array(z.string()).optional().meta({ description: 'What was made, or who was seen.' }),
    previous: Hex256,
    hash: Hex256,
  })
  .meta({ id: 'AuditLine', description: 'Its RFC 8785 text without `hash` has that hash.' });

export const AuditPage = z.strictObject({
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(250).default(100),
});

export const AuditExport = z.strictObject({
  from: z.coerce.number().int().min(0).default(0).meta({ description: 'The first line.' }),
});

export const AuditView = z
  .strictObject({
    size: z.int().meta({ description: 'Lines there were before this was asked.' }),
    lines: z.array(AuditLineView),
    next: z.int().nullable().meta({ description: 'Hand it in as `from` to read on.' }),
  })
  .meta({ id: 'AuditLog' });
