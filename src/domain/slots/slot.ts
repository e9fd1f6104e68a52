/** A slot as agents enter it. Its places live in counters of their own. */
export interface SlotRecord {
  readonly id: string;
  readonly site: string;
  readonly start: string;
  readonly capacity: number;
  readonly requestTypes: readonly string[];
}
