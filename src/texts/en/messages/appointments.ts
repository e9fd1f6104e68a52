import type { appointments as french } from '../../fr/messages/appointments.ts';
import type { Translation } from '../../translation.ts';

export const appointments = {
  'booked.subject': 'Your appointment is confirmed',
  'booked.sms':
    '{by, select, none {Appointment confirmed} helper {The person who helps you accepted an appointment for you:} other {An agent accepted an appointment for you:}}{people, plural, =1 {} other { for # people}} on {slot}. You cannot come? Cancel here:',
  'booked.note':
    'Your appointment is confirmed{people, plural, =1 {} other { for # people}} on {slot}.',
  'booked.note.entry': 'To see it or cancel it: {url}',
  'booked.intro':
    'Your appointment is confirmed{people, plural, =1 {} other {, for # people together}}.',
  'booked.proxy':
    '{by, select, helper {The person or association that helps you} other {An agent of the prefecture}} accepted it for you. It was not your wish? Open your entry before {until} and press “It was not me”: it costs you nothing.',
  'booked.day': 'On that day:',
  'booked.todo': [
    '{people, plural, =1 {Bring {document}.} other {Come together. Each of you brings their document; for a child without one, a proof of birth.}}',
    'Arrive ten minutes before the time.',
    '{people, plural, =1 {The appointment is in your name: nobody can come in your place.} other {The appointment is in your names: nobody else can come.}}',
  ],
  'booked.file': 'The attached file adds this appointment to your calendar.',
  'booked.cancel':
    'You cannot come? Cancel as soon as you can: another person will have your place, and you go back on the waitlist.',
  'booked.link': 'See or cancel my appointment',

  'cancelled.subject': 'Your appointment is cancelled',
  'cancelled.sms':
    'Your appointment of {slot} is cancelled. {waiting, select, true {You are back on the waitlist{draws, plural, =0 {} one {, but not in the next draw} other {, but not in the next # draws}}:} other {Your entry:}}',
  'cancelled.note': 'Your appointment of {slot} is cancelled.',
  'cancelled.intro': 'Your appointment is cancelled:',
  'cancelled.late':
    'You are back on the waitlist. You cancelled too late: by the rule of the prefecture you do not take part in {draws, plural, one {the next draw} other {the next # draws}}. Did something keep you from coming? Write it on the page of your entry: an agent reads it and decides.',
  'cancelled.waiting':
    'You are back on the waitlist. You take part in the next draw, you do not have to do anything.',
  'cancelled.left': 'You are no longer on the waitlist. You can join again.',
  'cancelled.place': 'Another person can have this place. It is not possible to take it back.',
  'cancelled.unasked': 'You did not ask for this? Open your entry and write to the prefecture.',

  'absence.subject': 'Your entry: an absence was noted',
  'absence.sms':
    '{cause, select, no_show {Nobody came to your appointment.} other {You gave an appointment up too late.}} You do not take part in {draws, plural, one {the next draw} other {the next # draws}}. Not your fault? Say why:',
  'absence.note':
    'An absence was noted: you do not take part in {draws, plural, one {the next draw} other {the next # draws}}. You can say why.',
  'absence.intro':
    '{cause, select, no_show {An agent noted that nobody came to your appointment.} other {You gave an appointment up too late: by cancelling it, or by leaving the waitlist.}}',
  'absence.rule':
    'By the rule of the prefecture you do not take part in {draws, plural, one {the next draw} other {the next # draws}}, neither with this entry nor with a new one for the same request.',
  'absence.explain':
    'Is this a mistake, or did something keep you from coming? Write it on the page of your entry, in a few words, in any language. An agent reads what you write and decides. If the agent agrees, you take part again from the next draw on.',
  'absence.link': 'Say why',

  'absence_decided.subject': 'Your entry: a decision was taken',
  'absence_decided.sms':
    '{lifted, select, true {The absence noted on your entry was lifted.} other {The absence noted on your entry stays noted, after reading what you wrote.}} Your entry:',
  'absence_decided.note':
    '{lifted, select, true {The absence noted on your entry was lifted.} other {The absence noted on your entry stays noted.}}',
  'absence_decided.intro':
    '{lifted, select, true {An agent lifted the absence noted on your entry. It costs you nothing any more.} other {An agent read what you wrote and decided that the absence stays noted.}}',
  'absence_decided.draws':
    'You do not take part in {draws, plural, one {the next draw} other {the next # draws}}. After that you take part again.',
  'absence_decided.waiting':
    'You take part in the next draw if you are on the waitlist, you do not have to do anything.',
  'absence_decided.ended':
    'This entry has ended. With a new one you take part from the next draw on.',
  'absence_decided.disagree':
    'You do not agree? Write to the prefecture or come to the desk: a mistake can still be put right.',
} satisfies Translation<typeof french>;
