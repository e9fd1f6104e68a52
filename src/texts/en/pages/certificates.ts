import type { certificatesPage as french } from '../../fr/pages/certificates.ts';
import type { Translation } from '../../translation.ts';

export const certificatesPage = {
  title: 'Check a certificate or a proof of entry',
  intro:
    'Anyone can check here that a certificate of participation, or a proof of entry, comes from this service and has not been changed.',
  file: 'The PDF file',
  'file.hint':
    'As it was received. A PDF that another program has saved again is no longer recognised.',
  signedText: 'Or the signed text',
  'signedText.hint': 'The text or the address that the QR code gives.',
  check: 'Check',
  genuine: 'Genuine.',
  notGenuine: 'Not genuine.',
  certificate: 'Certificate of participation without an appointment',
  receipt: 'Proof of entry on the waitlist',
  prefecture: 'Prefecture',
  requestType: 'Request',
  people: 'People together',
  entry: 'Entry number',
  issued: 'Made',
  joined: 'Joined',
  waiting: 'Waiting since',
  unverified: 'not yet: the code that was sent had not been confirmed',
  void: 'This draw was declared void: it does not count.',
  open: 'The reserve list was still open.',
  weaker: 'Its randomness comes from the operator’s secret: weaker than a public beacon.',
  proves: 'What this proves',
  'proves.body':
    'That this service made this document, and that nothing was changed in it. Not that the person who shows it is the one of the entry: compare the entry number. The draw itself is checked with its record.',
  privacy: 'What you hand in is neither kept nor logged. The signed text holds no name.',
  offline: 'Without this service: {command} ({keys}).',
  keys: 'public keys',
  attempts:
    '{draws, plural, =0 {None of the draws below counts: they are void.} one {This entry took part in one draw, and no appointment was offered to it up to the date of the document.} other {This entry took part in # draws, in {weeks, plural, one {the same week} other {# different weeks}}, and no appointment was offered to it up to the date of the document.}}',
  standing:
    '{date}, week {week}, {draw}: rank {rank} of {entries}; {waiting} waiting for the same request, {places} places.',
} satisfies Translation<typeof french>;
