/** What a record that holds together says, in numbers. */
export interface RecordSummary {
  readonly draw: string;
  readonly prefecture: string;
  readonly entries: number;
  /** Capacity of all slots together. */
  readonly places: number;
  readonly winners: number;
  /** Freed places that went down the reserve list. */
  readonly refills: number;
  readonly events: number;
  /** `operator` is weaker: the operator can stay silent, or stuff the pool. */
  readonly entropy: 'drand' | 'operator';
  /** Whether the draw was made void afterwards. */
  readonly isVoid: boolean;
  /** v2: it was made void before it had an outcome. What there is was found right. */
  readonly hasNoOutcome?: true;
  /** v2: events after the clock that was given, and the line of the first. Absent: none. */
  readonly future?: { readonly events: number; readonly line: number };
}

/** What a verifier found. `line` counts from 1. */
export type Verdict =
  | ({ readonly verdict: 'verified' } & RecordSummary)
  | { readonly verdict: 'differs'; readonly line: number; readonly reason: string }
  | { readonly verdict: 'malformed'; readonly line: number; readonly reason: string };

/** Ends a verification at a line that is well formed but not what follows from the others. */
export class Difference extends Error {
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.name = 'Difference';
    this.line = line;
  }
}

/** Ends a verification of a record that stops too early. */
export class Incomplete extends Error {
  override readonly name = 'Incomplete';
}
