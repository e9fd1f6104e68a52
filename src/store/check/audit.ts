import { checkAuditLines } from '../../transparency/audit-chain.ts';
import { nodeSha256 } from '../core/node-sha256.ts';
import { readAtOnce, text, whole } from './read.ts';
import type { CheckContext, Invariant } from './types.ts';
import { wholeInvariant } from './whole.ts';

/** Lines read by one command. */
const linesAtOnce = 250;

/**
 * The chain of the audit log from its first line to its head, as both were at one instant; the log
 * is only appended to. What the register says of it: register.ts.
 */
export const audit: Invariant = wholeInvariant('audit logs', 'audit', async (context) => {
  const [head, length, anchor] = await readAtOnce(context.redis, [
    ['get', context.keys.auditHead],
    ['llen', context.keys.audit],
    ['get', context.keys.auditAnchor],
  ]);
  const [size = 0, hash = ''] = split(text(head));
  if (whole(length) !== Number(size)) {
    return [`the audit log has ${length} lines, its head says ${size}`];
  }
  const [anchored = 0] = split(text(anchor));
  if (Number(anchored) > Number(size)) return ['the audit log is shorter than the register says'];
  return chainFaults(context, Number(size), String(hash));
});

async function chainFaults(
  { redis, keys, prefecture }: CheckContext,
  size: number,
  hash: string,
): Promise<string[]> {
  const check = checkAuditLines(nodeSha256);
  for (let from = 0; from < size; from += linesAtOnce) {
    const lines = await redis.lrange(keys.audit, from, Math.min(size, from + linesAtOnce) - 1);
    for (const [at, line] of lines.entries()) {
      const fault = check.add(line);
      if (fault) return [`line ${from + at} of the audit log: ${fault}`];
    }
    if (from === 0 && !lines[0]?.includes(`"prefecture":${JSON.stringify(prefecture)}`)) {
      return ['the audit log is of another prefecture'];
    }
  }
  if (check.head.size !== size) return [`the audit log begins at line ${check.first ?? 0}`];
  return size > 0 && check.head.hash !== hash
    ? ['the head of the audit log is of other lines']
    : [];
}

function split(head: string | null): string[] {
  return head === null ? [] : head.split(' ');
}
