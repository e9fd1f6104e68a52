import type { RecordEvent } from '../../allocator/types.ts';
import type { AbsenceRule } from '../absences/rule.ts';
import { absenceMessage, judgeMissed } from '../absences/suspension.ts';
import { nextEntryState } from '../entries/state.ts';
import { messageId } from '../messages/id.ts';
import { appointmentOf, changed, type HoldingChange, type Situation } from '../offers/change.ts';
import { over, withoutDeferred } from '../offers/offer.ts';
import type { Tally } from './state.ts';
import { type AppointmentState, nextAppointmentState } from './state.ts';

/** The state in which an event leaves an appointment. */
export const attendedBy = {
  attend: 'attended',
  attend_unchecked: 'attended',
  miss: 'no_show',
  refuse: 'refused',
} as const satisfies Record<string, AppointmentState>;

/**
 * What an agent saw at the desk: the person (`unchecked`: without a document, for a reason), nobody,
 * or somebody with the document of another person.
 */
export type Attendance = keyof typeof attendedBy;

/** Under what name each is counted in public. */
export const tallyOf = {
  attend: 'attended',
  attend_unchecked: 'unchecked',
  miss: 'no_show',
  refuse: 'refused',
} as const satisfies Record<Attendance, Tally>;

/**
 * What attending an appointment changes, or missing it: either way the entry has had its turn. The
 * record says nothing about it, unless somebody came with another person's document: then the
 * appointment is taken back, in public, and the entry leaves. Who misses it sits out draws with the
 * next entry, by the rule. Of a party one who comes is enough: `membersMissing` is noted, and is no
 * absence of the others. `as_it_is`: it was noted already. Pure.
 *
 * @throws DomainError `appointment_not_found`, `appointment_settled`
 */
export function decideAttendance(
  situation: Situation,
  attendance: Attendance,
  rule: AbsenceRule,
  membersMissing = 0,
): HoldingChange | 'as_it_is' {
  const { offer, entry, nowMs } = situation;
  if (appointmentOf(offer.value) === attendedBy[attendance]) return 'as_it_is';
  const event = attendance === 'attend_unchecked' ? 'attend' : attendance;
  const appointment = nextAppointmentState(appointmentOf(offer.value), event);
  const { held: _before, rejection: _mended, ...rest } = entry.value;
  const state = nextEntryState(rest.state, entryEvents[event]);
  const { draw, slot } = offer.value;
  const ended = {
    ...rest,
    state,
    ...(state === 'served' ? { held: { draw, slot } } : {}),
    ...(state === 'rejected' ? { rejection: 'document' as const } : {}),
  };
  const { entry: after, ...judged } =
    event === 'miss'
      ? judgeMissed(situation, { ...ended, endedAtMs: nowMs }, rule)
      : { entry: { ...ended, endedAtMs: nowMs } };
  return {
    ...over,
    ...changed(situation, after),
    ...judged,
    ...('suspension' in judged ? { message: absenceMessage(after.id, judged.suspension) } : {}),
    // They may not have been there: somebody came with their appointment.
    ...(event === 'refuse' ? { message: messageId('rejected', after.id, 1) } : {}),
    offer: {
      ...withoutDeferred(offer.value),
      appointment,
      ...(event === 'attend' && membersMissing > 0 ? { membersMissing } : {}),
    },
    place: event === 'refuse' ? situation.freedPlace : 'keep',
    events: event === 'refuse' ? [refused(situation)] : [],
    tally: tallyOf[attendance],
  };
}

/** In lottery/v2 nobody is owed a place for it: who came was not the person. */
function refused({ offer, ofDraw }: Situation): RecordEvent {
  const { entry, slot } = offer.value;
  return ofDraw.algorithm === 'lottery/v1'
    ? { type: 'revoked', entry, slot }
    : { type: 'rejected', entry, cause: 'document' };
}

const entryEvents = { attend: 'serve', miss: 'expire', refuse: 'reject' } as const;
