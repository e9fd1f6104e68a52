import type { drawPage as french } from '../../fr/pages/draw.ts';
import type { Translation } from '../../translation.ts';

export const drawPage = {
  draw: 'Number of the draw',
  tickets: 'Your tickets ({count})',
  'tickets.counts': 'The one that counts, the smallest',
  'tickets.compute': 'To compute it yourself',
  proof: 'The proof that you were in it',
  'proof.body':
    'This line is your entry as it was fixed. With the fingerprints below it leads to the root that the manifest publishes: nothing in it can have been changed afterwards.',
  'proof.leaf': 'Your line',
  'proof.place': 'Its place (from 0), and how many there are',
  'proof.path': 'The fingerprints, from the bottom',
  'proof.root': 'The root',
  manifest: 'The manifest of this draw',
  back: 'Back to my entry',
} satisfies Translation<typeof french>;
