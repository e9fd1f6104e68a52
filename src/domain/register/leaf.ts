import type {
  Cause,
  Entropy,
  Manifest,
  PlannedEntropy,
  RecordEvent,
  Rules,
} from '../../allocator/types.ts';
import { jcs } from '../../base/jcs.ts';
import type { Hex256, Identifier } from '../../base/types.ts';
import type { SkipReason, VoidStage } from '../draws/state.ts';
import { isWeaker } from '../draws/strength.ts';
import type { Labels } from '../values.ts';
import type { ChannelCounts, PartyCounts, PriorityCounts } from './pool-counts.ts';

/** Said beside an operator's secret wherever the register speaks of it, as lottery/v1 demands. */
interface Strength {
  readonly strength?: 'weaker';
}

/**
 * What a leaf of a prefecture's public register says. `at` is `YYYY-MM-DDTHH:MM:SSZ`. Its text is
 * the RFC 8785 serialisation. Nothing in it is personal: ids of entries are random.
 */
export type RegisterLeaf = { readonly at: string } & (
  | (Strength & {
      readonly kind: 'scheduled';
      readonly draw: Identifier;
      readonly entropy: PlannedEntropy;
      readonly plannedAt: string;
      /** Those that it is for; absent: all. */
      readonly requestTypes?: readonly Identifier[];
      /** The void draw that this one repeats. */
      readonly replaces?: Identifier;
      /** Void draws of its types shortly before, which it is no repeat of. */
      readonly afterVoid?: readonly Identifier[];
    })
  | (Strength & {
      readonly kind: 'manifest';
      readonly draw: Identifier;
      readonly manifest: Manifest;
      readonly manifestHash: Hex256;
      /** As above: some may have become void after it was planned. */
      readonly afterVoid?: readonly Identifier[];
    })
  | ({ readonly kind: 'priority'; readonly draw: Identifier } & PriorityCounts)
  | ({ readonly kind: 'channels'; readonly draw: Identifier } & ChannelCounts)
  | ({ readonly kind: 'parties'; readonly draw: Identifier } & PartyCounts)
  /** Somebody left the party of entry `from` and goes on alone as `to`, with its missed draws. */
  | {
      readonly kind: 'carried';
      readonly from: Identifier;
      readonly missed: number;
      readonly to: Identifier;
    }
  | (Strength & {
      readonly kind: 'outcome';
      readonly draw: Identifier;
      readonly entropy: Entropy;
      readonly outcomeHash: Hex256;
      readonly seed: Hex256;
    })
  | ({ readonly kind: 'event'; readonly draw: Identifier } & RecordEvent)
  | {
      readonly kind: 'void';
      readonly draw: Identifier;
      /** How far the draw had come: a result that was known must not be made away with in silence. */
      readonly stage: VoidStage;
      readonly reason: string;
      /** Id of the key of the agent who declared it. */
      readonly agent: string;
    }
  /** A plan that was changed or given up before its freeze: nobody took part in it. */
  | {
      readonly kind: 'superseded';
      readonly draw: Identifier;
      readonly reason: string;
      /** Id of the key of the agent who did it. */
      readonly agent: string;
    }
  /** A draw that was not held: nobody waited for it, or it had no place to give. */
  | { readonly kind: 'skipped'; readonly draw: Identifier; readonly reason: SkipReason }
  | {
      readonly kind: 'rules';
      readonly rules: Rules;
      /** Those settings of the prefecture that are rules too: time to answer, silences, absences. */
      readonly settings: Readonly<Record<string, number | string>>;
    }
  | {
      /** Slots that an office closed together. Those of a draw are in its record too. */
      readonly kind: 'closure';
      readonly closure: Identifier;
      readonly cause: Cause;
      readonly slots: number;
      /** Desks that each of them lost; absent: they are closed. */
      readonly desks?: number;
      /** What the office says about it. */
      readonly text?: Labels;
    }
  /** How far the audit log goes: the number of its lines, and the hash of the last. */
  | { readonly kind: 'audit'; readonly size: number; readonly hash: Hex256 }
);

/** `strength: 'weaker'` for an operator's secret, nothing for a public beacon. Pure. */
export function strengthMember(entropy: PlannedEntropy | Entropy): Strength {
  return isWeaker(entropy) ? { strength: 'weaker' } : {};
}

/** The text of a leaf (RFC 8785), which is what the register hashes. Pure. */
export function registerLeaf(leaf: RegisterLeaf): string {
  return jcs(leaf);
}

export type CountsByCause = Readonly<Partial<Record<Cause, number>>>;

/** What a register holds, by its first `leaves` leaves. */
export interface RegisterCounts {
  readonly leaves: number;
  /** Draws that were planned. */
  readonly scheduled: number;
  /** Draws that came to an outcome, the void ones among them included. */
  readonly drawn: number;
  /** Of those drawn: with an operator's secret, which is weaker than a public beacon. */
  readonly weaker: number;
  readonly void: number;
  /** Plans that were changed or given up before their freeze. */
  readonly superseded: number;
  /** Draws that were not held: nobody waited, or there was no place. */
  readonly skipped: number;
  /** Draws planned to repeat a void one. */
  readonly repeated: number;
  /** Draws frozen shortly after a void one of their types, which they do not say that they repeat. */
  readonly afterVoid: number;
  readonly events: number;
  readonly ruleChanges: number;
  /** Slots that were closed, by cause. */
  readonly closedSlots: CountsByCause;
  /** Offers and appointments that were taken back one by one, by cause. */
  readonly revoked: CountsByCause;
  /** Entries with priority in the pool of the latest draw. */
  readonly priority: (PriorityCounts & { readonly draw: Identifier }) | null;
  /** How the entries in the pool of the latest draw came. */
  readonly channels: (ChannelCounts & { readonly draw: Identifier }) | null;
  /** Parties in the pool of the latest draw; null where there were none. */
  readonly parties: (PartyCounts & { readonly draw: Identifier }) | null;
  /** People who left a party and went on alone with its missed draws. */
  readonly carried: number;
}

export const noCounts: RegisterCounts = {
  leaves: 0,
  scheduled: 0,
  drawn: 0,
  weaker: 0,
  void: 0,
  superseded: 0,
  skipped: 0,
  repeated: 0,
  afterVoid: 0,
  events: 0,
  ruleChanges: 0,
  closedSlots: {},
  revoked: {},
  priority: null,
  channels: null,
  parties: null,
  carried: 0,
};

function countCause(counts: CountsByCause, cause: Cause, by: number): CountsByCause {
  return { ...counts, [cause]: (counts[cause] ?? 0) + by };
}

/** The counts with one more leaf. Pure. */
export function countLeaf(counts: RegisterCounts, leaf: RegisterLeaf): RegisterCounts {
  const next = { ...counts, leaves: counts.leaves + 1 };
  switch (leaf.kind) {
    case 'scheduled': {
      const repeated = leaf.replaces === undefined ? 0 : 1;
      return { ...next, scheduled: counts.scheduled + 1, repeated: counts.repeated + repeated };
    }
    case 'outcome': {
      const weaker = isWeaker(leaf.entropy) ? 1 : 0;
      return { ...next, drawn: counts.drawn + 1, weaker: counts.weaker + weaker };
    }
    case 'void':
      return { ...next, void: counts.void + 1 };
    case 'superseded':
      return { ...next, superseded: counts.superseded + 1 };
    case 'skipped':
      return { ...next, skipped: counts.skipped + 1 };
    case 'event':
      return {
        ...next,
        events: counts.events + 1,
        ...(leaf.type === 'revoked' && leaf.cause !== undefined
          ? { revoked: countCause(counts.revoked, leaf.cause, 1) }
          : {}),
      };
    case 'closure':
      if (leaf.desks !== undefined) return next;
      return { ...next, closedSlots: countCause(counts.closedSlots, leaf.cause, leaf.slots) };
    case 'rules':
      return { ...next, ruleChanges: counts.ruleChanges + 1 };
    case 'priority': {
      const { at: _at, kind: _kind, ...priority } = leaf;
      return { ...next, priority };
    }
    case 'channels': {
      const { at: _at, kind: _kind, ...channels } = leaf;
      return { ...next, channels };
    }
    case 'parties': {
      const { at: _at, kind: _kind, ...parties } = leaf;
      return { ...next, parties };
    }
    case 'carried':
      return { ...next, carried: counts.carried + 1 };
    case 'manifest': {
      const afterVoid = counts.afterVoid + (leaf.afterVoid === undefined ? 0 : 1);
      // Counts of its pool follow, but none of parties where there are none.
      return { ...next, afterVoid, parties: null };
    }
    case 'audit':
      return next;
  }
}
