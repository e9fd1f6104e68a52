import type { Request } from 'express';
import type { AuditDraft } from '../../transparency/audit-chain.ts';
import type { Agent } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { auditOf, type Operation } from './operation.ts';
import { problemOf } from './problem.ts';
import { missingReason, reasonOf } from './reason.ts';
import type { AnyReply } from './route.ts';

/** Ids that one line holds at most: about as many bytes as a page of disk. */
const IDS_PER_LINE = 200;

/** Something that an agent asked for, about to be done. */
export interface Deed {
  readonly op: Operation;
  readonly req: Request;
  readonly prefecture: string;
  readonly agent: Agent;
  readonly params: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** What the handler tells the audit log besides, and hears of it. */
export interface Noted {
  /** Number of the line before. */
  line: number | undefined;
  /** Ids of what was made, or of whom was seen. */
  readonly ids: string[];
}

type AuditDeps = Pick<ApiDeps, 'store' | 'clock' | 'tokens' | 'logger' | 'metrics'>;

/**
 * Does something for an agent, and tells the audit log: a line before it, without which it is not
 * done, and how it ended, before the answer is sent. If that second line is lost the first one
 * stands, its outcome unknown.
 *
 * @throws DomainError `reason_missing`, `reason_refused`; what `run` throws
 */
export async function audited(
  deps: AuditDeps,
  deed: Deed,
  noted: Noted,
  run: () => Promise<AnyReply>,
): Promise<AnyReply> {
  const kind = auditOf(deed.op);
  if (kind === 'none') return run();
  const of = await deps.store.audit.append(deed.prefecture, announced(deps, deed, kind));
  noted.line = of;
  const end = async (status: number, code?: string) => {
    const { ids } = noted;
    if (kind === 'read' && ids.length === 0) return;
    await conclude(deps, deed, { of, status, ids, ...(code === undefined ? {} : { code }) });
  };
  try {
    const reply = await run();
    await end(reply.status);
    return reply;
  } catch (error) {
    const { status, code } = problemOf(error);
    await end(status, code);
    throw error;
  }
}

function announced(
  { clock, tokens }: Pick<ApiDeps, 'clock' | 'tokens'>,
  { op, req, agent, params, body }: Deed,
  kind: 'change' | 'read',
): AuditDraft {
  const reason = reasonOf(req, body) ?? (kind === 'change' ? missingReason() : undefined);
  const targets = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, String(value)]),
  );
  return {
    kind,
    at: new Date(clock()).toISOString(),
    agent: agent.id,
    role: agent.role,
    operation: op.id,
    ...(Object.keys(targets).length === 0 ? {} : { targets }),
    ...(reason === undefined ? {} : { reason }),
    ...(req.bodyBytes === undefined ? {} : { body: tokens.fingerprint(req.bodyBytes) }),
  };
}

interface Ending {
  readonly of: number;
  readonly status: number;
  readonly code?: string;
  readonly ids: readonly string[];
}

/** Never throws: what was done is done, and the answer says so. */
async function conclude(
  { store, clock, logger, metrics }: AuditDeps,
  { op, prefecture, agent }: Deed,
  { of, status, code, ids }: Ending,
): Promise<void> {
  const line = {
    kind: 'outcome' as const,
    at: new Date(clock()).toISOString(),
    agent: agent.id,
    role: agent.role,
    operation: op.id,
    of,
    status,
    ...(code === undefined ? {} : { code }),
  };
  const parts = Math.max(1, Math.ceil(ids.length / IDS_PER_LINE));
  const appended = Array.from({ length: parts }, (_, part) => {
    const some = ids.slice(part * IDS_PER_LINE, (part + 1) * IDS_PER_LINE);
    return store.audit.append(prefecture, { ...line, ...(some.length === 0 ? {} : { ids: some }) });
  });
  await Promise.all(appended).catch((error: unknown) => {
    metrics.auditOutcomesLost.inc();
    logger.error({ prefecture, operation: op.id, of, error: String(error) }, 'audit outcome lost');
  });
}
