import type { EntryState } from './state.ts';

/** What the holder of an entry's token may do with it. */
export const ENTRY_ACTIONS = [
  'verify',
  'resend_code',
  'change_availability',
  'accept',
  'decline',
  'cancel',
  'withdraw',
] as const;
export type EntryAction = (typeof ENTRY_ACTIONS)[number];

const actionsByState = {
  unverified: ['verify', 'resend_code', 'change_availability', 'withdraw'],
  waiting: ['change_availability', 'withdraw'],
  offered: ['accept', 'decline', 'change_availability', 'withdraw'],
  booked: ['cancel', 'withdraw'],
  served: [],
  withdrawn: [],
  rejected: [],
  expired: [],
  erased: [],
} as const satisfies Record<EntryState, readonly EntryAction[]>;

/** What may be done with an entry in a state. Pure. */
export function actionsOf(state: EntryState): readonly EntryAction[] {
  return actionsByState[state];
}

/** Whether an entry's availability may still matter to a draw. Pure. */
export function mayChangeAvailability(state: EntryState): boolean {
  return actionsOf(state).includes('change_availability');
}
