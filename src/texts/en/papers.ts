import type { papers as french } from '../fr/papers.ts';
import type { Translation } from '../translation.ts';

export const papers = {
  'receipt.file': 'preuve-{entry}.pdf',
  'certificate.file': 'attestation-{entry}.pdf',
  'certificate.drawFile': 'attestation-{entry}-{draw}.pdf',
  'letter.file': 'lettres-{day}-{part}.pdf',
  'receipt.title': 'Proof of entry on the waitlist',
  'receipt.foot': 'Entry',
  'receipt.intro': 'The appointment service of “{prefecture}” has recorded the following entry.',
  'receipt.requestType': 'Request',
  'receipt.people': 'People',
  'receipt.names': 'Names',
  people: '{people, plural, =1 {one} other {# together}}',
  'receipt.entry': 'Entry number',
  'receipt.joined': 'Joined',
  'receipt.waiting': 'Waiting since',
  'receipt.unverified': 'not yet: the code that was sent has not been confirmed',
  'receipt.made': 'Document made',
  'receipt.sentences': [
    'Appointments are drawn by lot. Joining earlier gives no rank, and nobody can sell a place.',
    'Keep this document: it proves that the entry was on the list, for this request and with this availability. {people, plural, =1 {It holds no name, no address and no secret.} other {It holds the names of those who come together, but no address and no secret.}}',
    'This document is not a receipt for an application for a residence permit. It gives no right to stay or to work and is not an appointment.',
  ],
  'receipt.caption': 'signed proof',
  'receipt.alternative':
    'QR code. It holds the address of the page that checks, and the signed proof.',
  'receipt.check':
    'To check it: read the code, or hand in this file at {address}. Without the service: npm run verify -- RECORD --receipt FILE --keys KEYS. Ed25519 signature, key “{keyId}”; the public keys are at /v1/keys of the service.',

  'accepts.sites': 'Places accepted',
  'accepts.windows': 'Times accepted',
  'accepts.dates': 'Dates accepted',
  'accepts.anySite': 'any',
  'accepts.anyTime': 'any',
  'accepts.from': 'from {day}',
  'accepts.until': 'until {day}',
  'accepts.more': 'and {count} more',

  'certificate.title': 'Certificate of participation without an appointment',
  'certificate.foot': 'Certificate',
  'certificate.intro':
    'The appointment service of “{prefecture}” certifies that the entry below took part in {draws, plural, =1 {one draw} other {# draws, in {weeks, plural, =1 {the same week} other {# different weeks}}}}, and that up to the date of this document no appointment was offered to it as {draws, plural, =1 {its} other {their}} result.',
  'certificate.requestType': 'Request',
  'certificate.entry': 'Entry number',
  'certificate.name': 'Name',
  'certificate.name.noted': '{name} (as given when joining; identity is checked at the desk)',
  'certificate.name.leftOut':
    'not printed: this document cannot write its characters. The entry number counts.',
  'certificate.made': 'Document made',
  'certificate.columns': ['No.', 'Date and draw', 'Week', 'Rank', 'Waiting', 'Places', 'Remarks'],
  'certificate.columnsNote':
    'Week: ISO 8601. Rank: among all entries of the draw, whatever they asked for; the first rank is served first. Waiting: entries for the same request. Places: those that could serve this request, sometimes shared with others.',
  'certificate.note': '“{remark}”: {meaning}',
  'certificate.void': 'void',
  'certificate.voidNote':
    'declared void by the prefecture after its result; it counts for nobody, and is not counted above.',
  'certificate.open': 'list open',
  'certificate.openNote':
    'the reserve list of this draw could still give an offer at the date of this document.',
  'certificate.weaker': 'weaker randomness',
  'certificate.sentences': [
    'This document states facts. It may be shown to the judge in summary proceedings (article L. 521-3 of the French code of administrative justice): by the Conseil d’État (10 June 2020, no. 435594), it is for the applicant to show that no date could be had in spite of several attempts that were not made in the same week. What it is worth is for the judge alone to say.',
    'This document is not a receipt for an application for a residence permit. It gives no right to stay or to work and is not an appointment.',
  ],
  'certificate.check':
    'To check it: read each code, or hand in this file at {address}. Without the service: npm run verify -- --certificate FILE --keys KEYS. Ed25519 signature, key “{keyId}”; the public keys are at /v1/keys of the service. The codes hold no name; the seal of the file covers every byte, the printed name too.',
  'certificate.code': 'signed certificate',
  'certificate.code.line': 'signed certificate, line {line}',
  'certificate.code.lines': 'signed certificate, lines {first} to {last}',
  'certificate.alternative':
    '{caption}. QR code. It holds the address of the page that checks, and the signed certificate.',

  'letter.nameless': 'Entry {entry}',
  'letter.answer':
    'To answer: at the desk or by telephone, with your reference, or with the code below. Give your reference to nobody else.',
  'letter.caption': 'Answer with a telephone',
  'letter.alternative': 'QR code that leads to the page of your entry',

  'check.form_unknown':
    'This is neither a certificate nor a proof of entry of this service, or the text is not complete.',
  'check.seal_missing':
    'This PDF has no seal: this service did not make it, or another program has saved it again. Try the original file, or the QR code.',
  'check.key_unknown':
    'The document is signed by a key that is not, and never was, one of this service.',
  'check.signature_wrong': 'The signature is wrong: at least one character was changed.',
  'check.content_changed':
    'This PDF was changed after it was sealed: what is printed on it proves nothing.',
  'check.content_unknown':
    'The signature is right, but the content is not that of a document of this service.',
  'check.draw_differs':
    'The signature is right, but the service knows this draw by another hash: report it.',
  'check.genuine':
    'This document is genuine: this service has signed it, and nothing was changed in it.',
} satisfies Translation<typeof french>;
