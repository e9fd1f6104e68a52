import type { z } from 'zod';
import { CAUSES } from '../../allocator/types.ts';
import type { PriorityGround } from '../../domain/priorities/state.ts';
import type { CountsByCause, RegisterCounts } from '../../domain/register/leaf.ts';
import type { SignedHead } from '../../store/register/store.ts';
import type { Frozen } from '../http/route.ts';
import { instant } from '../http/schemas.ts';
import type { CountsView, HeadView } from './schemas.ts';

/** A signed head, as everyone may read it. Pure. */
export function headView({
  size,
  root,
  signedAtMs,
  checkpoint,
}: SignedHead): z.infer<typeof HeadView> {
  return { size, root, signedAt: instant(signedAtMs), checkpoint };
}

/** What the signed leaves add up to. Pure. */
export function countsView(all: RegisterCounts): Frozen<z.infer<typeof CountsView>> {
  const { priority, channels, parties, closedSlots, revoked, ...counts } = all;
  return {
    ...counts,
    closedSlots: byCause(closedSlots),
    revoked: byCause(revoked),
    priority: priority && priorityView(priority),
    channels: channels && channelView(channels),
    parties: parties && partyView(parties),
  };
}

function byCause(counts: CountsByCause) {
  return CAUSES.flatMap((cause) => {
    const count = counts[cause] ?? 0;
    return count === 0 ? [] : [{ cause, count }];
  });
}

function priorityView(priority: NonNullable<RegisterCounts['priority']>) {
  const { draw, counts, other, grounds, otherGrounds } = priority;
  const rows = Object.entries(counts);
  // `Object.entries` forgets what the keys of a record are.
  const byGround = Object.entries(grounds) as [PriorityGround, number][];
  return {
    draw,
    requestTypes: rows.map(([requestType, entries]) => ({ requestType, entries })),
    other,
    grounds: byGround.map(([ground, entries]) => ({ ground, entries })),
    otherGrounds,
  };
}

function channelView({ draw, channels, other }: NonNullable<RegisterCounts['channels']>) {
  const rows = Object.entries(channels);
  return { draw, channels: rows.map(([channel, entries]) => ({ channel, entries })), other };
}

function partyView({ draw, parties }: NonNullable<RegisterCounts['parties']>) {
  const requestTypes = Object.entries(parties).map(([requestType, { sizes, other }]) => {
    const rows = Object.entries(sizes).map(([people, entries]) => {
      return { people: Number(people), entries };
    });
    return { requestType, sizes: rows, other };
  });
  return { draw, requestTypes };
}
