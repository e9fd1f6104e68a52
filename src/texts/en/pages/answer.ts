import type { answerPage as french } from '../../fr/pages/answer.ts';
import type { Translation } from '../../translation.ts';

export const answerPage = {
  accept: 'Accept this appointment',
  decline: 'Decline this appointment',
  'accept.intro': 'Press the button to confirm. Nothing is recorded yet.',
  'decline.intro':
    'Press the button to decline. You stay on the waitlist, and the place is offered to the next person.',
  accepted: 'Your appointment is confirmed',
  'accepted.body':
    'A message of confirmation is on its way. {people, plural, =1 {Bring the document that you gave when joining.} other {Come together, each with their document.}}',
  declined: 'Your answer is recorded: declined',
  'declined.body': 'You stay on the waitlist.',
  over: 'This offer is no longer open',
  'over.body':
    'The time to answer is over, an answer was given already, or the appointment exists no more.',
  linkOver: 'This link is no longer valid',
  'linkOver.body': 'Use the link in the latest message that you received.',
  bad: 'This link is not valid',
  'bad.body': 'Open it exactly as it stands in your message.',
  when: 'Date and time',
  where: 'Place',
  before: 'Answer before',
  people: 'People',
  'people.together': '{people} together; you answer for all',
  'people.booked': '{people} together',
} satisfies Translation<typeof french>;
