import type { offers as french } from '../../fr/messages/offers.ts';
import type { Translation } from '../../translation.ts';

export const offers = {
  'offer.subject': 'An appointment for you: answer before {deadlineDay}',
  'offer.sms':
    'Appointment offered{people, plural, =1 {} other { for # people}} on {slot}. Answer before {deadline}, or another person gets it. Accept:',
  'offer.note':
    'There is an appointment for you{people, plural, =1 {} other { (# people)}} on {slot}. Answer before {deadline}.',
  'offer.intro':
    '{people, plural, =1 {An appointment was drawn for you.} other {An appointment was drawn for you: # people, at the same time. You answer for all.}}',
  'offer.answer': 'Answer before {deadline}.',
  'offer.accept': 'I accept this appointment',
  'offer.decline': 'I decline this appointment',
  'offer.what': [
    'If you decline, the appointment goes to another person. You stay on the waitlist for the next draw.',
    'If you do not answer, the appointment also goes to another person. After several times without an answer, you leave the list.',
  ],
  'offer.bring':
    'On the day, {people, plural, =1 {bring {document}. The appointment is in your name: nobody can come in your place.} other {come together. Each of you brings their document; for a child without one, a proof of birth. The appointment is in your names: nobody else can come.}}',

  'reminder.subject': 'Reminder: answer before {deadlineDay}',
  'reminder.sms':
    'Reminder: appointment{people, plural, =1 {} other { for # people}} on {slot}. Answer before {deadline}, or another person gets it. Accept:',
  'reminder.note':
    'Reminder: an appointment is waiting for you{people, plural, =1 {} other { (# people)}} on {slot}. Answer before {deadline}.',
  'reminder.intro': 'We do not have your answer yet. This appointment is still waiting for you:',
  'reminder.answer':
    'Answer before {deadline}. After that, the appointment goes to another person.',
  'reminder.what':
    'If you decline, you stay on the waitlist for the next draw. After several times without an answer, you leave the list.',
  'reminder.bring':
    'On the day, {people, plural, =1 {bring {document}.} other {each of you brings their document.}}',

  'expired.subject': 'You did not answer in time',
  'expired.sms':
    '{waiting, select, true {You did not answer in time. The appointment goes to another person. You stay on the waitlist:} other {You did not answer in time, several times. You are no longer on the waitlist:}}',
  'expired.note': 'You did not answer in time. The appointment of {slot} goes to another person.',
  'expired.intro':
    'An appointment was waiting for you on {slot}. You did not answer in time. This appointment goes to another person.',
  'expired.waiting':
    'You stay on the waitlist. You take part in the next draw, you do not have to do anything.',
  'expired.leave':
    'After several times without an answer, you leave the list. If you do not want an appointment any more, you can leave the list now.',
  'expired.left': 'Several times, we had no answer. So you are no longer on the waitlist.',
  'expired.again': 'You still need an appointment? You can join again.',

  'revoked.subject':
    '{booked, select, true {The prefecture has cancelled your appointment} other {The appointment we offered is no longer available}}',
  'revoked.sms':
    '{booked, select, true {The prefecture has cancelled your appointment of {slot}.} other {The appointment offered on {slot} is no longer available.}} {first, select, true {You will be first in the next draw:} other {You stay on the waitlist:}}',
  'revoked.note':
    'The appointment of {slot} will not take place. {first, select, true {You will be first in the next draw.} other {You stay on the waitlist.}}',
  'revoked.intro':
    '{booked, select, true {The prefecture has to cancel your appointment:} other {The prefecture has to take back the appointment it offered you:}}',
  'revoked.unopened': 'The draw had given you this appointment. The prefecture cannot keep it:',
  'revoked.cause':
    'The reason: {cause, select, strike {a strike} illness {an agent is ill} building {the building is closed} holiday {a public holiday} error {an error in the plan} court {a decision of a court} other {the office cannot receive you}}.',
  'revoked.first':
    'You stay on the waitlist. In the next draw you go before everyone else. It is not noted as an absence. You do not have to do anything.',
  'revoked.sorry': 'Do not come on that day. It is not your fault, and we are sorry.',
  'revoked.waiting':
    'You stay on the waitlist. You take part in the next draw, you do not have to do anything. The reason is published on the page of the draws.',
  'revoked.why': 'Why? The page of the draws',
} satisfies Translation<typeof french>;
