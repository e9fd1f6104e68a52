import type { acts as french } from '../../fr/messages/acts.ts';
import type { Translation } from '../../translation.ts';

export const acts = {
  'acted.subject':
    '{act, select, availability {Your availability was changed} exported {Your data were handed out} mandate_ended {A mandate has ended} other {Somebody answered for you}}',
  'acted.sms':
    '{by, select, helper {The person who helps you} link {Somebody who has the link of your entry} other {An agent of the prefecture}} {act, select, decline {declined the appointment offered to you} cancel {cancelled your appointment} withdraw {left the waitlist for you} availability {changed your availability} exported {got a copy of your data} other {ended a mandate}}. {undo, select, true {It was not you? Undo it here before {until}:} other {It was not you? See:}}',
  'acted.note':
    '{by, select, helper {The person who helps you} link {Somebody who has the link of your entry} other {An agent of the prefecture}} acted for you on {when}.',
  'acted.intro':
    '{by, select, helper {The person or association that helps you} link {Somebody who has the link of your entry} other {An agent of the prefecture}} {act, select, decline {declined for you the appointment that is offered to you} cancel {cancelled your appointment for you} withdraw {asked for you to leave the waitlist} availability {changed the days, times or places that you accept} exported {got a copy of the data of your entry} other {ended the mandate of the person who helps you}}, on {when}.',
  'acted.undo':
    'It was not you? Open your entry before {until} and press “It was not me”. Then nothing changes, and nobody else gets your place.',
  'acted.final': 'You asked for it? You have nothing to do.',
  'acted.contest':
    'It was not you? Write to the prefecture, with your reference. Every act of an agent is noted in a log that nobody can change.',

  'rejected.subject': 'Your entry is rejected',
  'rejected.sms': 'The prefecture took your entry off the waitlist. Why, and how to contest it:',
  'rejected.note': 'The prefecture took your entry off the waitlist.',
  'rejected.intro':
    'The prefecture took your entry off the waitlist. An agent decided it, not the draw.',
  'rejected.fact.reason': 'Reason',
  reason:
    '{reason, select, identity {the identity given is not the right one} document {the document is not known, or is not that of the person who joined} ineligible {this request does not fit your situation} duplicate {the same person has another entry for this request} other {another reason, which the prefecture will tell you}}',
  'rejected.contest':
    'You do not agree? Come to the desk with your document, or write to the prefecture with your reference: an error can be mended, and you can join again.',
  'rejected.appeal':
    'You can also turn to the Défenseur des droits (free), or to the administrative court within two months. An association or a lawyer can help you.',
} satisfies Translation<typeof french>;
