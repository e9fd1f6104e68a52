import type { entry as french } from '../../fr/messages/entry.ts';
import type { Translation } from '../../translation.ts';

export const entry = {
  'code.subject': 'Your code for the waitlist',
  'code.sms': 'Your code: {code}. You can use it until {time}. Do not give it to anyone.',
  'code.note': 'Your code is {code}. You can use it until {expires}.',
  'code.intro': 'Here is your code to confirm your place on the waitlist:',
  'code.fact.code': 'Code',
  'code.fact.expires': 'You can use it until',
  'code.enter': 'Enter this code on the page of your entry.',
  'code.link': 'Open my entry',
  'code.secret':
    'Do not give this code to anyone. The prefecture will never ask you for it by telephone.',
  'code.unasked':
    'You did not ask for anything? Maybe someone wrote your address by mistake. You do not have to do anything.',

  'welcome.subject': 'You are on the waitlist',
  'welcome.sms':
    'You are on the waitlist{people, plural, =1 {} other {, # people together}}. Appointments are drawn by lot. We will write to you if there is one for you.',
  'welcome.note':
    'You are on the waitlist{people, plural, =1 {} other {, # people together}}. We will write to you if there is an appointment for you.',
  'welcome.intro':
    'You are on the waitlist for an appointment{people, plural, =1 {} other {, # people together}}.',
  'welcome.how': 'How it works:',
  'welcome.steps': [
    'Appointments are drawn by lot. Being first does not help.',
    'If there is an appointment for you, we write to you. You have time to answer.',
    'If there is none this time, you stay on the list. You do not have to do anything.',
    'You cannot change the name. Your identity is checked at the desk.',
  ],
  'welcome.keep':
    'Keep this message. With your secret you can see your entry or leave the list. Give it to nobody:',
  'welcome.call':
    'The call code is for the telephone or the desk: an agent asks you for it before answering for you. Give it to nobody else.',

  'link.subject': 'The link to your entry',
  'link.sms': 'Here is the link to your entry on the waitlist, which you asked for.',
  'link.note': 'Here is the link to your entry, which you asked for.',
  'link.intro': 'You asked for the link to your entry on the waitlist.',
  'link.secret':
    'With your secret you can see your entry, answer an offer or leave the list. Give it to nobody:',
  'link.unasked': 'You did not ask for it? There is nothing to do: this message came to you alone.',

  'duplicate.subject': 'One of your entries was taken off',
  'duplicate.sms':
    'You had several entries for the same request. Only one counts: this one was taken off, the other one stays.',
  'duplicate.note': 'An entry was taken off: the same person had several. The other one stays.',
  'duplicate.intro':
    'An agent of the prefecture found that the same person had several entries for the same request. Everyone has one: this is what makes the draw equal for all.',
  'duplicate.fact.request': 'Request',
  'duplicate.fact.entry': 'Entry taken off',
  'duplicate.other': 'Your other entry stays on the waitlist. You do not have to do anything.',
  'duplicate.mistake':
    'You have no other entry? This is a mistake. Come to the desk or write to the prefecture, with your document: an agent can enter you again.',

  'party.subject': 'Your entry has changed',
  'party.sms':
    'Your entry is now for {people, plural, =1 {one person} other {# people}}. You did not ask for this? See:',
  'party.note': 'Your entry is now for {people, plural, =1 {one person} other {# people}}.',
  'party.intro':
    'The people of your entry have changed: it is now for {people, plural, =1 {one person} other {# people}}.',
  'party.places':
    'In the next draw it needs {people, plural, =1 {one place} other {# places at the same time}}. Nothing else changes.',
  'party.unasked': 'You did not ask for this? Open your entry, or write to the prefecture.',
} satisfies Translation<typeof french>;
