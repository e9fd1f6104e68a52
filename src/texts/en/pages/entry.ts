import type { entryPage as french } from '../../fr/pages/entry.ts';
import type { Translation } from '../../translation.ts';

export const entryPage = {
  title: 'My entry',
  number: 'Entry number',
  token: 'Your secret',
  'token.hint':
    'The text that you received when joining. Paste all of it. Give it to nobody: whoever has it can answer in your place.',
  open: 'See my entry',
  publicLink: 'The draw: how it works, results, how to contest',
  requestType: 'Request',
  missed: 'Draws without an offer',
  owed: 'In the next draw you go before everyone else.',
  'owed.more':
    'The prefecture took back an appointment that you had. It is not your fault. You do not have to do anything.',
  waiting: 'People waiting for this request',
  nextDraw: 'Next draw',
  noDraw: 'no date yet',
  when: 'Date and time',
  where: 'Place',
  before: 'Answer before',
  accept: 'Accept this appointment',
  decline: 'Decline this appointment',
  cancel: 'Cancel this appointment',
  withdraw: 'Leave the waitlist',
  code: 'Code of 6 digits',
  'code.hint': 'It is in the message that we sent you.',
  verify: 'Confirm',
  resend: 'Send a new code',
  'notice.resent': 'A new code is on its way. The old one is no longer valid.',
  back: 'Change nothing',
  'state.sitsOut': 'You are on the waitlist, but you do not take part in the next draws.',
  'absence.drawsLeft': 'Draws in which you do not take part yet',
  'absence.cause.no_show': 'You did not come to an appointment',
  'absence.cause.late_cancel': 'You cancelled an appointment too late',
  'absence.state.standing':
    'This is not right, or something kept you from coming? Explain it below.',
  'absence.state.appealed':
    'Your explanation has arrived. An agent reads it and decides. You can still replace it.',
  'absence.state.lifted':
    'The prefecture has accepted your explanation: this absence costs you no more draws.',
  'absence.state.upheld':
    'The prefecture has kept its decision. You can contest it: see the link below.',
  statement: 'What happened?',
  'statement.hint':
    'In your own language if you like. Write nothing about your health if you do not want to. 1,000 characters at most.',
  appeal: 'Send my explanation',
  'notice.appealed': 'Your explanation is on its way.',
  impediment: 'Does something keep you from coming? (optional)',
  'impediment.none': 'I would rather not say',
  'impediment.health': 'Health',
  'impediment.work': 'Work',
  'impediment.school': 'School or exam',
  'impediment.family': 'Family',
  'impediment.transport': 'Transport',
  'impediment.other': 'Other',
  'confirm.cancel.question':
    'Cancel your appointment? The place is offered to another person. You stay on the waitlist.',
  'confirm.cancel.button': 'Yes, cancel my appointment',
  'confirm.withdraw.question':
    'Leave the waitlist? You will take part in no more draws. An appointment or offer that you hold is lost. This is final for this entry.',
  'confirm.withdraw.button': 'Yes, leave the waitlist',
  'state.unverified': 'Your entry is not confirmed yet. Enter the code that you received.',
  'state.waiting': 'You are on the waitlist and take part in the next draw.',
  'state.offered': 'An appointment is offered to you. Answer before the deadline.',
  'state.booked': 'Your appointment is confirmed.',
  'state.served': 'Your appointment has taken place.',
  'state.withdrawn': 'You have left the waitlist.',
  proxy:
    '{by, select, helper {The person or association that helps you} other {An agent of the prefecture}} {act, select, accept {accepted this appointment for you} decline {declined this appointment for you} cancel {cancelled this appointment for you} other {asked for you to leave the waitlist}} on {when}.',
  'proxy.deferred':
    'You asked for it? You have nothing to do. It was not you? Press here before {until}: nothing changes, and your place stays yours.',
  'proxy.accepted':
    'You asked for it? You have nothing to do. It was not you? Press here before {until}: you give this appointment back and stay on the list, and it costs you nothing.',
  undo: 'It was not me',
  'notice.undone': 'Noted: what was done for you has no effect.',
  'call.title': 'Your call code',
  'call.what':
    'On the telephone or at the desk an agent asks you for it before answering for you. Do not write it on a paper that others see.',
  'call.new': 'Change this code',
  'notice.recalled': 'Your call code has changed. The old one is no longer valid.',
  'error.final': 'It is no longer possible: the time is over, or there is nothing to undo.',
  'state.rejected': 'The prefecture has refused this entry.',
  'state.expired':
    'This entry is no longer active: a time limit passed without an answer, or nobody came to the appointment.',
  'state.erased': 'This entry was erased.',
  'error.token': 'This secret does not fit this entry. Check that you pasted all of it.',
  'error.code_wrong':
    'This is not the right code. Check the 6 digits. After five tries ask for a new one.',
  'error.code_expired': 'This code is no longer valid. Ask for a new one.',
  'error.too_many': 'Too many tries. Wait a little, then try again.',
  'error.no_certificate':
    'There is nothing to certify: no draw with a result in which you took part without being offered an appointment.',
  'error.settled': 'This is no longer possible: the time is over, or an answer was given already.',
  'error.unknown': 'This request was not understood. Nothing has changed.',
  standing: 'Where does my entry stand?',
  draws: 'My draws',
  'draws.of': 'Draw of {when}',
  'draws.weaker': '{found} – randomness: secret of the operator (weaker than a public beacon)',
  'draws.rank': '{found} (rank {rank})',
  'draws.explain': 'Explain the draw of {when}',
  mandate: 'Who helps you',
  'mandate.helper': '{helper} ({category})',
  'mandate.category.association': 'association',
  'mandate.category.lawyer': 'lawyer',
  'mandate.category.social_service': 'social service',
  'mandate.over': 'Entered you, and can act for you no more.',
  'mandate.end': 'End their mandate',
  'mandate.current':
    'Entered you, and may act for you until {until} included: see your entry, accept, decline or cancel an appointment, leave the waitlist. You can end this.',
  'confirm.end_mandate.question':
    'End the mandate? They will no longer see your entry nor answer for you. You keep your place on the waitlist. This cannot be undone.',
  'confirm.end_mandate.button': 'Yes, end the mandate',
  party: '{people, plural, =1 {Other people with you?} other {# people together}}',
  'party.public': 'How many people you are is public, with the draw. Names never are.',
  'party.parting': 'goes on with an entry of their own when the draw under way is over',
  'party.change': 'Change',
  'party.remove': 'Take this person out',
  'party.remove.hint':
    'This person does not come with you any more. They can join apart, without the past draws.',
  'party.split': 'Go on apart',
  'party.split.hint':
    'This person goes on alone, with an entry of their own and the past draws. Messages go to the same contact. This cannot be undone.',
  'party.add': 'Add a person',
  'party.add.button': 'Add',
  'notice.parted':
    'It is noted. A message comes once the new entry is made: before the next draw at the latest.',
  'error.frozen': 'A draw is being held with this entry. Try again later.',
  'error.member':
    'Look once more: the name, and a document of this person. For a child under 18 the date of birth is enough.',
  'error.member_alone':
    'A person without a document cannot go on alone. Enter them apart, with a document.',
  'error.member_taken':
    'There is an entry already for this person and this request. It must end first.',
  'error.party_changed':
    'The people of this entry have changed meanwhile, or one of them goes on apart. Look at the list. Between two draws only one of these changes is possible.',
  'error.party_full':
    'So many people cannot come together. Make another entry, or ask at the desk.',
  papers: 'Documents to print',
  'papers.receipt': 'Proof of entry (PDF)',
  'papers.name': 'Print my name on the certificate',
  'papers.certificate': 'Certificate of participation (PDF)',
  'papers.intro':
    'You took part in {draws, plural, one {one draw} other {# draws, in {weeks, plural, one {the same week} other {# different weeks}},}} and no appointment was offered to you. You can prove it, to a judge for example.',
  'joined.almost':
    'Your entry has arrived. One step is left: enter the code that we have just sent.',
  'joined.keep': 'Keep your secret',
  'joined.keep.body':
    'With the entry number (above) and this secret you find your entry and answer offers. Copy them, or take a screenshot. Give them to nobody.',
  'joined.secret': 'Your secret',
  'joined.page': 'The page of your entry',
  'joined.code': 'Enter the code',
} satisfies Translation<typeof french>;
