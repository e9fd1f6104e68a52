import type { shared as french } from '../../fr/messages/shared.ts';
import type { Translation } from '../../translation.ts';

export const shared = {
  greeting: 'Hello,',
  'greeting.named': 'Hello {name},',
  'fact.request': 'Request',
  'fact.yourRequest': 'Your request',
  'fact.reference': 'Your reference',
  'fact.secret': 'Your secret',
  'fact.date': 'Date',
  'fact.time': 'Time',
  'fact.place': 'Place',
  'fact.address': 'Address',
  'link.entry': 'See my entry',
  'note.other': 'English: {text}',
  'note.entry': 'Your entry: {url}',
  'note.accept': 'To accept: {url}',
  'footer.reference': 'Your reference: {entry}',
  'footer.free': 'The waitlist is free. Nobody may ask you for money for an appointment.',
  'footer.rules': 'The rules of the draw, and how to contest it: {url}',
  'footer.automatic': 'This is an automatic message. Please do not reply to it.',
  'calendar.summary': 'Appointment at the prefecture',
  'document.agdref': 'the document with your foreigner number (10 digits)',
  'document.passport': 'the passport you told us about',
  'document.consular': 'the consular card you told us about',
  'document.none': 'any document that proves your identity',
  'request.dropped': 'your request',
} satisfies Translation<typeof french>;
