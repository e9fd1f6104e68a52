import { isEligible } from '#src/allocator/draw/eligibility.ts';
import type { ReserveInput } from '#src/allocator/record/reserve.ts';
import type { RecordEvent } from '#src/allocator/types.ts';

/** Spec §6 and §7 read aloud: no index, everything looked up anew. */
export class PlainReserve {
  readonly input: ReserveInput;
  readonly offers = new Map<string, string>();
  readonly appointments = new Map<string, string>();
  readonly offered = new Set<string>();
  readonly withdrawn = new Set<string>();
  readonly freedPlaces: string[] = [];
  ended = false;

  constructor(input: ReserveInput) {
    this.input = input;
    for (const { entry, slot } of input.winners) this.offer(entry, slot);
  }
  offer(entry: string, slot: string) {
    this.offers.set(entry, slot);
    this.offered.add(entry);
  }
  inUse(type: string): number {
    const holders = [...this.offers.keys(), ...this.appointments.keys()];
    return holders.filter((id) => this.entry(id)?.requestType === type).length;
  }
  entry(id: string) {
    return this.input.entries.find((entry) => entry.id === id);
  }
  next(slotId: string): string | undefined {
    const slot = this.input.slots.find(({ id }) => id === slotId);
    if (!slot || this.ended || !this.freedPlaces.includes(slotId)) return undefined;
    return this.input.ranking.find((id) => {
      const entry = this.entry(id);
      if (!entry || this.offered.has(id) || this.withdrawn.has(id)) return false;
      const max = this.input.rules.quotas?.[entry.requestType]?.max ?? Number.POSITIVE_INFINITY;
      return isEligible(entry, slot) && this.inUse(entry.requestType) < max;
    });
  }
  /** Whether the event is possible; if so, it has happened. */
  apply(event: RecordEvent): boolean {
    if (this.ended) return false;
    if (event.type === 'void') {
      this.ended = true;
      return true;
    }
    const { entry } = event;
    if (event.type === 'withdrawn') {
      if (this.withdrawn.has(entry)) return false;
      this.withdrawn.add(entry);
      const held = this.offers.get(entry) ?? this.appointments.get(entry);
      if (held) this.free(entry, held);
      return true;
    }
    const { type, slot } = event;
    if (type === 'refilled') {
      if (this.next(slot) !== entry) return false;
      this.freedPlaces.splice(this.freedPlaces.indexOf(slot), 1);
      this.offer(entry, slot);
      return true;
    }
    const byOffer = this.offers.get(entry) === slot && type !== 'cancelled';
    const byAppointment =
      this.appointments.get(entry) === slot && (type === 'cancelled' || type === 'revoked');
    if (!byOffer && !byAppointment) return false;
    if (type !== 'accepted') this.free(entry, slot);
    else {
      this.offers.delete(entry);
      this.appointments.set(entry, slot);
    }
    return true;
  }
  free(entry: string, slot: string) {
    this.offers.delete(entry);
    this.appointments.delete(entry);
    this.freedPlaces.push(slot);
  }
}

/** Events that are possible in the plain reserve now, so that long histories are reached. */
export function possibleEvents(plain: PlainReserve): RecordEvent[] {
  const answers = (['accepted', 'declined', 'expired', 'revoked'] as const).flatMap((type) =>
    [...plain.offers].map(([entry, slot]) => ({ type, entry, slot })),
  );
  const cancelled = [...plain.appointments].map(([entry, slot]) => ({
    type: 'cancelled' as const,
    entry,
    slot,
  }));
  const refilled = [...new Set(plain.freedPlaces)].flatMap((slot) => {
    const entry = plain.next(slot);
    return entry === undefined ? [] : [{ type: 'refilled' as const, entry, slot }];
  });
  // Refills twice as often as the rest, or every place would soon lie idle.
  return [...answers, ...cancelled, ...refilled, ...refilled, ...refilled];
}

/** Freed places by slot, in the order of the slots given. */
export function countFreed(plain: PlainReserve, slotIds: readonly string[]) {
  return slotIds
    .map((slot) => ({ slot, places: plain.freedPlaces.filter((id) => id === slot).length }))
    .filter(({ places }) => places > 0);
}
