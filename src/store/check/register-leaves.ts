import { hash } from 'node:crypto';
import { jcs } from '../../base/jcs.ts';
import { hashLeaf } from '../../base/merkle.ts';
import { countLeaf, noCounts, type RegisterLeaf } from '../../domain/register/leaf.ts';
import { edgeTiles, extendTiles, TILE_WIDTH } from '../../transparency/tiles.ts';
import { eventRest } from '../core/event-text.ts';
import { nodeSha256 } from '../core/node-sha256.ts';
import { CountsText, leavesPerRead } from '../register/store.ts';
import type { DrawTold, RegisterSeen } from './register-draws.ts';
import type { CheckContext } from './types.ts';

/** What a walk over all leaves of a register came to. */
export interface ReadLeaves {
  readonly faults: readonly string[];
  readonly draws: ReadonlyMap<string, DrawTold>;
}

const eventsAtOnce = 1000;

/**
 * Reads the leaves in pages, and compares on the way: whole tiles, counts at the newest head, what the
 * register says of the audit log. Keeps a few numbers for each draw.
 */
export async function readLeaves(context: CheckContext, seen: RegisterSeen): Promise<ReadLeaves> {
  const { redis, keys } = context;
  const faults: string[] = [];
  const draws = new Map<string, DrawTold>();
  const tiles = tileCheck(context, seen.hashed);
  let counts = noCounts;
  for (let from = 0; from < seen.leaves; from += leavesPerRead) {
    const last = Math.min(seen.leaves, from + leavesPerRead) - 1;
    const texts = await redis.lrange(keys.registerLeaves, from, last);
    const torn = await tiles(from, texts);
    if (torn) return { faults: [torn], draws };
    for (const [at, leafText] of texts.entries()) {
      const leaf = leafOf(leafText);
      if (!leaf) return { faults: [`leaf ${from + at} of the register cannot be read`], draws };
      if (from + at < seen.size) counts = countLeaf(counts, leaf);
      tell(draws, leaf);
      const fault = leaf.kind === 'audit' ? await auditFault(context, leaf) : undefined;
      if (fault) faults.push(fault);
    }
  }
  if (seen.size > 0 && !areCounts(seen.counts, counts)) {
    faults.push('the counts of the register are not those of its leaves');
  }
  for (const { id, events } of seen.draws) {
    const told = draws.get(id);
    if (told) told.recordHash = await hashRecord(context, id, events);
  }
  return { faults, draws };
}

function leafOf(leafText: string): RegisterLeaf | undefined {
  try {
    const leaf: unknown = JSON.parse(leafText);
    // The scripts append what registerLeaf made: anything else is not canonical, or has no kind.
    if (typeof leaf !== 'object' || leaf === null || jcs(leaf) !== leafText) return undefined;
    return 'kind' in leaf && 'at' in leaf ? (leaf as RegisterLeaf) : undefined; // as above
  } catch {
    return undefined;
  }
}

function areCounts(stored: string | null, counts: typeof noCounts): boolean {
  try {
    return stored !== null && jcs(CountsText.parse(JSON.parse(stored))) === jcs(counts);
  } catch {
    return false;
  }
}

function tell(draws: Map<string, DrawTold>, leaf: RegisterLeaf): void {
  if (!('draw' in leaf)) return;
  const none = {
    ...{ scheduled: 0, voided: 0, superseded: 0, skipped: 0 },
    ...{ manifests: [], outcomes: [], events: 0, eventsHash: '' },
  };
  const told: DrawTold = draws.get(leaf.draw) ?? none;
  draws.set(leaf.draw, told);
  if (leaf.kind === 'scheduled') told.scheduled += 1;
  else if (leaf.kind === 'void') told.voided += 1;
  else if (leaf.kind === 'superseded') told.superseded += 1;
  else if (leaf.kind === 'skipped') told.skipped += 1;
  else if (leaf.kind === 'manifest') told.manifests.push(leaf.manifestHash);
  else if (leaf.kind === 'outcome') told.outcomes.push(leaf.outcomeHash);
  else if (leaf.kind === 'event') {
    told.events += 1;
    const { at, draw: _draw, kind: _kind, ...event } = leaf;
    told.eventsHash = chain(told.eventsHash, `{"at":"${at}",${eventRest(event).replace('|', '')}`);
  }
}

/** Hashes the events of a record as the leaves were hashed. */
async function hashRecord({ redis, keys }: CheckContext, id: string, events: number) {
  let hashed = '';
  for (let from = 0; from < events; from += eventsAtOnce) {
    const last = Math.min(events, from + eventsAtOnce) - 1;
    const lines = await redis.lrange(keys.drawEvents(id), from, last);
    for (const line of lines) hashed = chain(hashed, line);
  }
  return hashed;
}

function chain(before: string, line: string): string {
  return hash('sha256', `${before}${line}`);
}

/** The audit log still has the line that a leaf speaks of. */
async function auditFault(
  { redis, keys }: CheckContext,
  { size, hash: said }: { readonly size: number; readonly hash: string },
): Promise<string | undefined> {
  const line = await redis.lindex(keys.audit, size - 1);
  const isSame = line?.includes(`"hash":"${said}"`);
  return isSame ? undefined : `line ${size - 1} of the audit log is not that of the register`;
}

/** Compares whole tiles with the leaves, page by page; answers what is wrong. */
function tileCheck({ redis, keys }: CheckContext, hashed: number) {
  let edge = new Map<string, string>();
  return async (from: number, leaves: readonly string[]): Promise<string | undefined> => {
    const wholeLeaves = Math.min(leaves.length, Math.max(0, hashed - from));
    const count = wholeLeaves - (wholeLeaves % TILE_WIDTH);
    if (count === 0) return undefined;
    const hashes = leaves.slice(0, count).map((leaf) => hashLeaf(leaf, nodeSha256));
    const made = extendTiles(edge, from, hashes, nodeSha256);
    const names = [...made.keys()];
    const stored = await redis.hmgetBuffer(keys.registerTiles, ...names);
    for (const [at, name] of names.entries()) {
      const own = made.get(name) ?? '';
      // A tile that goes on is longer by now: it begins the same.
      const found = stored[at]?.toString('hex').slice(0, own.length);
      if (found !== own) return `tile ${name} of the register is not of its leaves`;
    }
    edge = new Map(
      edgeTiles(from + count).map((name) => [name, made.get(name) ?? edge.get(name) ?? '']),
    );
    return undefined;
  };
}
