import { isEligible } from '#src/allocator/draw/eligibility.ts';
import type { ReserveInput } from '#src/allocator/record/reserve.ts';
import type { RecordEvent } from '#src/allocator/types.ts';

interface Held {
  readonly slot: string;
  readonly what: 'place' | 'offer' | 'appointment';
  readonly until?: string | undefined;
}

type Seat = Extract<RecordEvent, { entry: string; slot: string }>;

/** §6 and §7 of both definitions read aloud: no index, everything looked up anew. */
export class PlainReserve {
  readonly input: ReserveInput;
  readonly held = new Map<string, Held>();
  /** Whoever won or was offered a place: nobody is offered one of this draw again. */
  readonly served = new Set<string>();
  readonly left = new Set<string>();
  /** One item for each place. */
  freedPlaces: string[] = [];
  readonly closed = new Set<string>();
  ended = false;

  constructor(input: ReserveInput) {
    this.input = input;
    for (const { entry, slot } of input.winners) {
      this.held.set(entry, { slot, what: this.isFirst ? 'offer' : 'place' });
      this.served.add(entry);
    }
  }
  get isFirst() {
    return this.input.algorithm === 'lottery/v1';
  }
  entry(id: string) {
    return this.input.entries.find((entry) => entry.id === id);
  }
  size(id: string): number {
    return this.entry(id)?.party ?? 1;
  }
  inUse(type: string): number {
    return [...this.held.keys()]
      .filter((id) => this.entry(id)?.requestType === type)
      .reduce((sum, id) => sum + this.size(id), 0);
  }
  free(slot: string): number {
    return this.freedPlaces.filter((id) => id === slot).length;
  }
  next(slotId: string): string | undefined {
    const slot = this.input.slots.find(({ id }) => id === slotId);
    if (!slot || this.ended) return undefined;
    return this.input.ranking.find((id) => {
      const entry = this.entry(id);
      if (!entry || this.served.has(id) || this.left.has(id)) return false;
      const max = this.input.rules.quotas?.[entry.requestType]?.max ?? Number.POSITIVE_INFINITY;
      const isRoom = this.size(id) <= this.free(slotId);
      return (
        isRoom && isEligible(entry, slot) && this.inUse(entry.requestType) + this.size(id) <= max
      );
    });
  }
  /** Whether the event is possible; if so, it has happened. */
  apply(event: RecordEvent, at = '2026-11-02T10:00:00Z'): boolean {
    if (this.ended) return false;
    switch (event.type) {
      case 'void':
        this.ended = true;
        return true;
      case 'closed':
        return this.close(event.slot);
      case 'withdrawn':
      case 'rejected':
        if (this.left.has(event.entry) || !this.entry(event.entry)) return false;
        this.left.add(event.entry);
        this.giveUp(event.entry);
        return true;
      case 'refilled':
        if (this.next(event.slot) !== event.entry) return false;
        if (!this.isFirst && !(event.until && event.until > at)) return false;
        for (let n = this.size(event.entry); n > 0; n--)
          this.freedPlaces.splice(this.freedPlaces.indexOf(event.slot), 1);
        this.served.add(event.entry);
        this.held.set(event.entry, { slot: event.slot, what: 'offer', until: event.until });
        return true;
      default:
        return this.answer(event, at);
    }
  }
  answer(event: Seat, at: string): boolean {
    const { type, entry, slot } = event;
    const held = this.held.get(entry);
    if (!held || held.slot !== slot) return false;
    const { what, until } = held;
    if (type === 'offered') {
      if (what !== 'place' || event.until <= at) return false;
      this.held.set(entry, { slot, what: 'offer', until: event.until });
    } else if (type === 'extended') {
      if (what !== 'offer' || event.until <= (until ?? '')) return false;
      this.held.set(entry, { slot, what, until: event.until });
    } else if (type === 'accepted') {
      if (what !== 'offer') return false;
      this.held.set(entry, { slot, what: 'appointment' });
    } else {
      if (type === 'cancelled' && what !== 'appointment') return false;
      if ((type === 'declined' || type === 'expired') && what !== 'offer') return false;
      if (type === 'expired' && until !== undefined && at < until) return false;
      this.giveUp(entry);
    }
    return true;
  }
  close(slot: string): boolean {
    if (this.closed.has(slot) || !this.input.slots.some(({ id }) => id === slot)) return false;
    this.closed.add(slot);
    for (const [entry, held] of [...this.held]) if (held.slot === slot) this.held.delete(entry);
    this.freedPlaces = this.freedPlaces.filter((id) => id !== slot);
    return true;
  }
  giveUp(entry: string) {
    const held = this.held.get(entry);
    this.held.delete(entry);
    for (let n = held ? this.size(entry) : 0; n > 0; n--) this.freedPlaces.push(held?.slot ?? '');
  }
}

const later = (at: string, seconds: number) =>
  `${new Date(Date.parse(at) + 1000 * seconds).toISOString().slice(0, 19)}Z`;

/** Events that are possible in the plain reserve now, so that long histories are reached. */
export function possibleEvents(plain: PlainReserve, at = '2026-11-02T10:00:00Z'): RecordEvent[] {
  const { isFirst } = plain;
  const until = later(at, 1);
  const answers = [...plain.held].flatMap(([entry, { slot, what, until: stands }]) => {
    const revoked: RecordEvent = isFirst
      ? { type: 'revoked', entry, slot }
      : { type: 'revoked', entry, slot, cause: 'illness' };
    const of: Record<Held['what'], RecordEvent[]> = {
      place: [{ type: 'offered', entry, slot, until }],
      offer: [
        isFirst
          ? { type: 'accepted', entry, slot }
          : { type: 'accepted', entry, slot, by: 'staff' },
        { type: 'declined', entry, slot },
        ...(stands === undefined || stands <= at
          ? [{ type: 'expired' as const, entry, slot }]
          : [{ type: 'extended' as const, entry, slot, until: later(stands, 1) }]),
      ],
      appointment: [{ type: 'cancelled', entry, slot }],
    };
    return [...of[what], ...(isFirst && what === 'appointment' ? [] : [revoked])];
  });
  const refilled = [...new Set(plain.freedPlaces)].flatMap((slot): RecordEvent[] => {
    const entry = plain.next(slot);
    if (entry === undefined) return [];
    return [isFirst ? { type: 'refilled', entry, slot } : { type: 'refilled', entry, slot, until }];
  });
  // Refills more often than the rest, or every place would soon lie idle.
  const usual = [...answers, ...refilled, ...refilled, ...refilled];
  return isFirst ? usual : [...usual, ...usual, ...usual, ...rareEvents(plain)];
}

/** What only v2 knows and would soon leave nobody: two events of it at a time. */
function rareEvents({ input, closed, left, freedPlaces }: PlainReserve): RecordEvent[] {
  const slot = input.slots.find(({ id }) => !closed.has(id) && !freedPlaces.includes(id));
  const entry = input.entries.find(({ id }) => !left.has(id));
  return [
    ...(slot ? [{ type: 'closed' as const, slot: slot.id, cause: 'strike' as const }] : []),
    ...(entry ? [{ type: 'rejected' as const, entry: entry.id, cause: 'document' as const }] : []),
  ];
}

/** Freed places by slot, in the order of the slots given. */
export function countFreed(plain: PlainReserve, slotIds: readonly string[]) {
  return slotIds
    .map((slot) => ({ slot, places: plain.free(slot) }))
    .filter(({ places }) => places > 0);
}
