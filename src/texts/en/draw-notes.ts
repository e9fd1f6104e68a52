import type { drawNotes as french } from '../fr/draw-notes.ts';
import type { Translation } from '../translation.ts';

export const drawNotes = {
  'entropy.weaker':
    'Weaker than a public beacon: the operator can refuse to reveal the secret, or choose who takes part while knowing it.',
  'entropy.public_beacon':
    'A public beacon that nobody controls; its value does not exist yet when the draw is frozen and published. That it was published before, only a witness outside who received it shows.',
  'void.before_freeze':
    'Declared void before its list was fixed: nobody took part in it, nobody lost anything.',
  'void.before_result':
    'Declared void after its list was fixed, but before any result: there is no ranking. Its manifest stays public. All entries wait for the next draw, and the places go into it.',
  'void.after_result':
    'Declared void after its result: its offers and appointments are taken back, all entries wait again. Its record stays public, and can be checked.',
  superseded:
    'Planned, then changed or given up before its list was fixed: nobody took part in it, nobody lost anything.',
  'skipped.no_entries':
    'Not held: no entry was waiting. Nothing changes; the places stay for the next draw.',
  'skipped.no_places':
    'Not held: there was no place. Nothing changes for the entries: this draw does not count, and the reserve list of the previous draw goes on.',
} satisfies Translation<typeof french>;
