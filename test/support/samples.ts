import type { EntryRecord } from '#src/domain/entries/entry.ts';
import type { OfferRecord } from '#src/domain/offers/offer.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { Settings } from '#src/domain/prefectures/settings.ts';
import type { SlotRecord } from '#src/domain/slots/slot.ts';
import { createFileCounter } from './counter.ts';

/** 2026-12-01T09:00:00+01:00. */
export const sampleNowMs = Date.parse('2026-12-01T08:00:00Z');

const nextNumber = createFileCounter();

/** An unverified entry of a person of its own. */
export function sampleEntry(members: Partial<EntryRecord> = {}): EntryRecord {
  const made = nextNumber();
  const id = members.id ?? `e${String(made).padStart(15, '0')}`;
  return {
    id,
    state: 'unverified',
    requestType: 'renewal',
    missed: 0,
    language: 'fr',
    origin: 'online',
    identity: `i${String(made).padStart(21, '0')}`,
    sealed: 'sealed',
    joinedAtMs: sampleNowMs,
    ...members,
  };
}

/** A slot with two places, for renewals. */
export function sampleSlot(members: Partial<SlotRecord> = {}): SlotRecord {
  const made = nextNumber();
  return {
    id: `s${made}`,
    site: 'nanterre',
    start: '2026-12-15T09:00:00+01:00',
    capacity: 2,
    requestTypes: ['renewal'],
    ...members,
  };
}

/** A pending offer of a slot of `sampleSlot`. */
export function sampleOffer(
  members: Pick<OfferRecord, 'draw' | 'entry' | 'slot'> & Partial<OfferRecord>,
): OfferRecord {
  return {
    requestType: 'renewal',
    slotStart: '2026-12-15T09:00:00+01:00',
    site: 'nanterre',
    state: 'pending',
    via: 'draw',
    offeredAtMs: sampleNowMs,
    deadlineMs: sampleNowMs + 72 * 3_600_000,
    ...members,
  };
}

/** What a prefecture with one site and one request type is created with. */
export function samplePrefecture(): Pick<
  Prefecture,
  'settings' | 'sites' | 'requestTypes' | 'rules'
> {
  const labels = (fr: string, en: string) => ({ fr, en });
  return {
    settings: Settings.parse({ labels: labels('Hauts-de-Seine', 'Hauts-de-Seine') }),
    sites: [
      {
        id: 'nanterre',
        labels: labels('Nanterre', 'Nanterre'),
        address: labels('167 avenue Joliot-Curie', '167 avenue Joliot-Curie'),
      },
    ],
    requestTypes: [
      {
        id: 'renewal',
        labels: labels('Renouvellement', 'Renewal'),
        step: 'renewal',
        agdrefRequired: true,
        sites: ['nanterre'],
        partyMax: 1,
      },
    ],
    rules: {},
  };
}
