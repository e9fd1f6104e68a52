import type { workRefusals as french } from '../fr/work-refusals.ts';
import type { Translation } from '../translation.ts';

export const workRefusals = {
  missing: 'A proof of work is asked for: solve GET challenge, send it as Proof-Of-Work.',
  invalid: 'This proof of work is not one of ours for this.',
  expired: 'This proof of work is too old: solve another.',
  spent: 'This proof of work was used before: solve another.',
  light:
    'Many entries come from this network or mail domain: solve GET challenge with your mail domain.',
  otherWays: 'Without a device that can: at the desk, by telephone, or through an association.',
} satisfies Translation<typeof french>;
