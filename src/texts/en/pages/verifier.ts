import type { verifierPage as french } from '../../fr/pages/verifier.ts';
import type { Translation } from '../../translation.ts';

export const verifierPage = {
  title: 'Check a draw',
  intro:
    'Choose the record of a draw (record.ndjson). All of it is computed again on your device: nothing is sent.',
  needsScript: 'This page needs JavaScript.',
  file: 'Record: choose a file, or drop it here',
  progress: 'Progress',
  stop: 'Stop',
  proves: 'What this proves',
  'proves.body':
    'That the result follows from the rules, the list and the randomness in the record, and that nobody has changed anything since. Compare the hash of the manifest with the one published before the draw.',
  'proves.not': 'It does not prove that every entry is that of a real person.',
  keep: 'Keep this page',
  download: 'Download this page',
  'keep.body':
    'It is one single file and works without a network. To know whether your copy is the right one, compare its hash (sha256sum) with one that others publish or that the program prints.',
} satisfies Translation<typeof french>;
