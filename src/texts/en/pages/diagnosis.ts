import type { diagnosis as french } from '../../fr/pages/diagnosis.ts';
import type { Translation } from '../../translation.ts';

export const diagnosis = {
  drawn: 'Your entry was drawn: it is owed an offer of an appointment.',
  no_slot_for_type:
    'No slot of this draw served your request. Your rank has nothing to do with it.',
  availability_too_narrow:
    'There were slots for your request, but none on the days, at the times and places that you had given. If you can, widen them before the next draw.',
  party_too_large:
    'There were slots for your request on the days, at the times and places that you had given, but none had places enough for all of you. You can wait for the next draw, or let one person go on alone.',
  cap_reached:
    'When the turn of your entry came, your request had all the places that the rules allow it.',
  rank_too_low:
    'When the turn of your entry came, every place that it could take was given: to better ranks, or to places that the rules reserve.',
  refilled: 'A place that was freed was then offered to it.',
  not_verified:
    'The entry is not confirmed: the code that was sent has not been entered. Until then it is in no draw.',
  offer_open: 'An appointment is offered and waits for an answer.',
  appointment_booked: 'An appointment is confirmed: the entry takes part in no more draws.',
  appointment_done: 'The appointment has taken place.',
  withdrawn: 'The entry has left the waitlist, as its person asked.',
  rejected: 'The prefecture has refused this entry.',
  left_unanswered:
    'The entry is no longer active: a time limit has passed without an answer, or nobody came to the appointment.',
  appointment_missed:
    'The entry is no longer active: an agent noted that nobody came to the appointment.',
  erased: 'The entry was erased.',
  offer_declined: 'An appointment of this draw was offered, and declined. The entry waits again.',
  offer_expired:
    'An appointment of this draw was offered, but the time passed without an answer. The entry waits again.',
  offer_revoked:
    'An appointment of this draw was offered, then taken back by the service. The entry waits again.',
  appointment_cancelled:
    'An appointment of this draw was confirmed, then cancelled. The entry waits again.',
  appointment_revoked:
    'An appointment of this draw was confirmed, then the prefecture took it back. The entry waits again.',
  on_reserve_list:
    'The entry is on the reserve list of this draw: a place that is freed may still be offered to it.',
  draw_under_way: 'A draw is under way: its list is fixed, its offers are not all made.',
  draw_void: 'This draw was declared void. It counts for nobody; the entry waits for the next one.',
  draw_unindexed:
    'This draw was made by a version that kept no place for each entry. The public record tells it.',
  joined_after_freeze:
    'The list of the latest draw was fixed before this entry was on the waitlist.',
  sits_out:
    'After an appointment that was missed, or given up too late, the entry sits out the next draw. It stays on the waitlist.',
  paused: 'Draws are suspended for now. The entry stays valid.',
  draw_planned: 'The next draw is planned.',
  no_draw_planned: 'No next draw is planned yet.',
} satisfies Translation<typeof french>;
