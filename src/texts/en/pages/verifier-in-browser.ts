import type { verifierInBrowser as french } from '../../fr/pages/verifier-in-browser.ts';
import type { Translation } from '../../translation.ts';

export const verifierInBrowser = {
  verified: 'The draw is verified',
  'verified.more':
    'All of it was computed again here, in your browser: the list, the seed, the ranking, the places given and what followed.',
  void: 'This draw was declared void: it counts for nothing.',
  future:
    '{events, plural, one {One event lies} other {# events lie}} after the time of this device, the first in line {line}: the clock of this device is wrong, or this record was written ahead of its time.',
  differs: 'This record is not what the draw gives',
  'differs.more':
    'It was changed, or the draw did not follow the rules. Keep this file and report it.',
  malformed: 'This file is not a whole, well-formed record',
  'malformed.more': 'It was cut or changed, or is another file. Download the record again.',
  cancelled: 'Check stopped',
  'cancelled.more': 'There is no result.',
  failed: 'Reading failed',
  refused: 'This draw is not available',
  unknownDraw: 'The address of this page names no draw. Choose a file.',
  started: 'Checking…',
  drawing: 'All is read. Computing the draw…',
  drand: 'Randomness: public beacon drand. Its signature was verified.',
  backDated:
    'This does not show when the manifest was published: one that was back-dated, after the round of the beacon, could have been tried out until its result suited. Only a witness outside who received it before that round shows it.',
  operator:
    'Randomness: a secret of the operator. This source is weaker: the operator could have stayed silent, or added entries.',
  compare: 'To compare with what was published before the draw',
  at: 'Line {line} of the file. Reason:',
  read: '{lines, plural, one {# line read} other {# lines read}}',
  'read.share': '{lines, plural, one {# line read} other {# lines read}} ({percent})',
  'fact.draw': 'Draw',
  'fact.prefecture': 'Prefecture',
  'fact.entries': 'Entries',
  'fact.places': 'Places',
  'fact.winners': 'Entries drawn',
  'fact.refills': 'Places given again',
  'fact.events': 'Events after the draw',
  'fact.manifest': 'Manifest',
  'fact.outcome': 'Outcome',
  'fact.record': 'Unpacked file (sha256sum)',
} satisfies Translation<typeof french>;
