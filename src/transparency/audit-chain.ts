import { jcs } from '../base/jcs.ts';
import type { Sha256 } from '../base/sha256.ts';
import type { Hex256 } from '../base/types.ts';

/**
 * What is said of something that an agent does. `change` and `read` are written before it is done,
 * `outcome` after it. No personal data: ids, and a reason that agents are told to keep free of it.
 */
export type AuditDraft = {
  /** An instant in UTC, to the millisecond. Clocks of several machines differ: it may step back. */
  readonly at: string;
  /** Id of a key or of a person who signed in; never a name. */
  readonly agent: string;
  readonly role: string;
  readonly operation: string;
} & (
  | {
      readonly kind: 'change' | 'read';
      /** The variables of the address: `drawId`, `entryId`. */
      readonly targets?: Readonly<Record<string, string>>;
      readonly reason?: string;
      /** Keyed fingerprint of what was sent: `<key id>:<hex>`. */
      readonly body?: string;
    }
  | {
      readonly kind: 'outcome';
      /** Number of the line that this one ends. */
      readonly of: number;
      /** Of the answer. */
      readonly status: number;
      /** Why it was refused. */
      readonly code?: string;
      /** What was made, or seen. */
      readonly ids?: readonly string[];
    }
);

/** A line of the audit log of a prefecture: number, and the hash of the line before it. */
export type AuditLine = AuditDraft & {
  readonly prefecture: string;
  readonly seq: number;
  readonly previous: Hex256;
  /** SHA-256 of the RFC 8785 text of all other members. */
  readonly hash: Hex256;
};

/** How far a chain goes: the number of its lines, and the hash of the last. */
export interface AuditHead {
  readonly size: number;
  readonly hash: Hex256;
}

/** What the first line follows. */
export const noLines: AuditHead = { size: 0, hash: '0'.repeat(64) };

/** The text of the line that continues a chain: of the audit log, or of another file. Pure. */
export function auditLine<Draft extends { readonly prefecture: string }>(
  draft: Draft,
  { size: seq, hash: previous }: AuditHead,
  sha256: Sha256,
): { readonly text: string; readonly head: AuditHead } {
  const members = { ...draft, seq, previous };
  const hash = sha256.hex(jcs(members));
  return { text: jcs({ ...members, hash }), head: { size: seq + 1, hash } };
}

export type AuditFault =
  | 'not_canonical'
  | 'number_differs'
  | 'prefecture_differs'
  | 'previous_differs'
  | 'hash_differs';

/** Checks the lines of one chain, one after the other. */
export interface AuditCheck {
  /** What is wrong with the next line, or undefined. Nothing more may be added after a fault. */
  add(text: string): AuditFault | undefined;
  /** How far the chain has been found whole. */
  readonly head: AuditHead;
  /** Number of the first line that was seen. */
  readonly first: number | undefined;
}

/**
 * Begins to check a chain. What comes first may have any number: old lines may have been put away,
 * and `previous` is then what their last hash must be. Any other byte of any line is found.
 */
export function checkAuditLines(sha256: Sha256): AuditCheck {
  let head: AuditHead | undefined;
  let first: number | undefined;
  let prefecture: unknown;
  return {
    add(text) {
      const line = canonicalLine(text);
      if (line === undefined) return 'not_canonical';
      const { hash, ...members } = line;
      const before = head ?? startOf(line);
      if (line.seq !== before.size) return 'number_differs';
      if (line.previous !== before.hash) return 'previous_differs';
      if (head && line.prefecture !== prefecture) return 'prefecture_differs';
      const found = sha256.hex(jcs(members));
      if (hash !== found) return 'hash_differs';
      prefecture = line.prefecture;
      first ??= before.size;
      head = { size: before.size + 1, hash: found };
      return undefined;
    },
    get head() {
      return head ?? noLines;
    },
    get first() {
      return first;
    },
  };
}

/** Where a chain begins whose first line is this. */
function startOf({ seq, previous }: Readonly<Record<string, unknown>>): AuditHead {
  const isLater = typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0;
  return isLater && typeof previous === 'string' ? { size: seq, hash: previous } : noLines;
}

/** The members of a line, if its text is exactly their RFC 8785 text. */
function canonicalLine(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || jcs(value) !== text) return undefined;
    return { ...value };
  } catch {
    return undefined;
  }
}
