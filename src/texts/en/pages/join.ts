import type { joinPage as french } from '../../fr/pages/join.ts';
import type { Translation } from '../../translation.ts';

export const joinPage = {
  title: 'Join',
  intro: [
    'It is free. Pay nobody.',
    'Take your time: being first gives no advantage.',
    'One entry for each person and request.',
  ],
  'label.requestType': 'Your request',
  'label.name': 'Name and first name',
  'label.agdref': 'Foreigner number (AGDREF)',
  'label.passport': 'Passport number',
  'label.passportCountry': 'Country of the passport',
  'label.consular': 'Number of the consular card',
  'label.consularCountry': 'Country of the card',
  'label.birthDate': 'Date of birth',
  'label.nationality': 'Nationality (country)',
  'label.email': 'E-mail address',
  'label.phone': 'Telephone number',
  'label.language': 'Language of messages',
  'label.sites': 'Places where you can come',
  'label.days': 'Days when you can come',
  'label.from': 'From (time)',
  'label.until': 'Until (time)',
  'label.notBefore': 'Not before',
  'label.notAfter': 'Not after',
  'hint.name': 'As on your document. It cannot be changed later.',
  'hint.agdref': '10 digits, on your residence permit, receipt or long-stay visa.',
  'hint.country': 'For example: Morocco, or MAR.',
  'hint.email': 'For example: name@example.org',
  'hint.phone': 'For example: 06 12 34 56 78',
  'hint.birthDate': 'Day, month, year.',
  'hint.sites': 'If you tick none: all. Otherwise we try in this order.',
  'hint.days': 'If you tick none: all.',
  'hint.agdrefNeeded': 'AGDREF number required.',
  'hint.requestType':
    'A document is needed: foreigner number (AGDREF), passport or consular card. Without any: date of birth and nationality. Where it says so, the AGDREF number is required.',
  onlyAt: 'Place: {sites}.',
  servedAt: 'For this request: {sites}.',
  documents: 'Your document',
  'documents.hint': 'One is enough. If you have several, give them: you can show any of them.',
  'documents.passport': 'I have a passport',
  'documents.consular': 'I have a consular card',
  'documents.none': 'I have no document',
  others: 'Other people come with me',
  'others.hint':
    'For a family that has to come together: one entry, one contact, the same appointment. Look at your request for how many people may come together. You are more? Make two entries, or ask at the desk.',
  'others.public': 'How many people you are is public, with the draw. Names never are.',
  'others.person': 'Person {number}',
  'others.field': 'Person {number}, {field}',
  'hint.party': 'Up to {most} people together.',
  'hint.otherName': 'As on their document.',
  'hint.otherBirthDate': 'A child under 18 need not have a document.',
  'hint.otherAgdref': 'One document is enough: this one, a passport or a consular card.',
  contact: 'How to reach you',
  'contact.hint':
    'An e-mail address or a telephone, as you like. We send a code there, then the offer of an appointment.',
  'contact.emailHint':
    'An e-mail address: we send a code there, then the offer of an appointment. You have none? Join at the desk: messages come by post.',
  availability: 'Where and when to come (optional)',
  'availability.hint':
    'The more you choose, the fewer places there are for you. You can change it later.',
  send: 'Join',
  'send.hint': 'Then: a code of 6 digits is sent to you, to be entered on the next page.',
  data: 'Your data serves this entry alone and is kept encrypted. You can see it and have it erased.',
  lost: 'Joined already, and lost the link?',
  back: 'The draw: how it works, results, how to contest',
  'fault.language': 'Choose the language of the messages.',
  'fault.type': 'Choose your request.',
  'fault.name': 'Write your name and first name.',
  'fault.agdref': '10 digits are needed. Read the number again on your document.',
  'fault.agdref_needed': 'This request needs the foreigner number (AGDREF).',
  'fault.agdref_unknown':
    'The national file does not know this number. Read it again on your document.',
  'fault.document_needed':
    'Give a document: this number, a passport or a consular card. Without any: date of birth and nationality.',
  'fault.number': 'Write the number as on the document.',
  'fault.country':
    'Write the name of the country, or its 3 letters as on the passport (MAR, DZA…).',
  'fault.date': 'Write the date: day, month, year.',
  'fault.contact_needed': 'Give an e-mail address or a telephone number.',
  'fault.email_needed': 'Give an e-mail address.',
  'fault.contact_full':
    'This contact serves several people already. Give your own, or come to the desk.',
  'fault.email': 'This address is not complete. For example: name@example.org',
  'fault.phone':
    'This number is not complete. A foreign number: with + and the code of the country.',
  'fault.site': 'A place that is ticked does not serve this request.',
  'fault.times': 'The first time must be before the second.',
  'fault.dates': 'The first date must be before the second.',
  'fault.adult': 'From 18 on a document is needed: this number, a passport or a consular card.',
  'fault.child':
    'Give a document of this person. For a child under 18 the date of birth is enough.',
  'fault.party':
    'So many people cannot come together for this request. Make two entries, or ask at the desk.',
  'fault.repeated': 'This person is given above already.',
  'fault.taken':
    'There is an entry already for this person and this request, alone or with others. Go on with that one, or show their document at the desk.',
  'refusal.fields': 'Something is still to be corrected. Nothing is lost:',
  'refusal.duplicate':
    'There is an entry already for this request with what you gave. Go on with that one: the link is in your message. If it is not you, or you cannot, show your document at the desk.',
  'refusal.repeated':
    'This form was sent already with other answers. Look at your messages: you may have joined already. If not, send it again.',
  'refusal.too_many': 'Too many requests for now. Wait some minutes, then send again.',
  'refusal.work':
    'The small computation of your telephone is missing or too old. It starts again: press the button once more. Or else: at the desk, by telephone or through an association, with the same chance.',
  'refusal.down': 'The service does not answer. Nothing was saved: send again in some minutes.',
  'work.needsScript':
    'This telephone or browser cannot do the small computation that we ask for against robots: it needs JavaScript. You can:',
  'work.otherWays': [
    'turn JavaScript on, or open this page in another browser or on another telephone;',
    'join at the desk of the prefecture, with your document;',
    'join by telephoning the prefecture;',
    'ask an association to enter you.',
  ],
  'work.sameChance': 'It is free, and your chance is the same.',
} satisfies Translation<typeof french>;
