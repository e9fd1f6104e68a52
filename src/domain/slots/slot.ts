/** A slot as agents enter it. Its places live in counters of their own. */
export interface SlotRecord {
  readonly id: string;
  readonly site: string;
  readonly start: string;
  /** Places that it had when a draw first took some of them: `plannedPlaces` has what is left. */
  readonly capacity: number;
  readonly requestTypes: readonly string[];
  /** How many of those were taken out since, all while nobody held them. Absent: none. */
  readonly lowered?: number;
}

/** A slot as it is planned now: what an agent enters, and sees. */
export type PlannedSlot = Omit<SlotRecord, 'lowered'>;

/** Where the places of a slot are, at one instant. */
export interface SlotPlaces {
  /** That no draw has taken. */
  readonly free: number;
  /** Of draws, and held by nobody. */
  readonly idle: number;
  /** Offered, booked, or used. */
  readonly held: number;
}

/** The places that a slot has now. Pure. */
export function plannedPlaces({
  capacity,
  lowered = 0,
}: Pick<SlotRecord, 'capacity' | 'lowered'>): number {
  return capacity - lowered;
}

/** A slot as it is planned now. Pure. */
export function plannedSlot(slot: SlotRecord): PlannedSlot {
  const { id, site, start, requestTypes } = slot;
  return { id, site, start, capacity: plannedPlaces(slot), requestTypes };
}

/** Whether two plans are of one slot, with the same request types in whatever order. Pure. */
export function isSamePlan(one: PlannedSlot, other: PlannedSlot): boolean {
  return planText(one) === planText(other);
}

function planText({ id, site, start, capacity, requestTypes }: PlannedSlot): string {
  return JSON.stringify([id, site, start, capacity, requestTypes.toSorted()]);
}
