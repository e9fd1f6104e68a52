import type { refusedPage as french } from '../../fr/pages/refused.ts';
import type { Translation } from '../../translation.ts';

export const refusedPage = {
  missing: 'Page not found',
  'missing.body': 'Check the address, or open the link in your message.',
  busy: 'Too many requests',
  'busy.body': 'Wait a minute, then try again. You lose nothing by waiting.',
  other: 'This is not possible',
  'other.body': 'Nothing has changed. Go back and try again.',
  down: 'Service not available',
  'down.body': 'Try again in some minutes. You lose nothing by waiting.',
} satisfies Translation<typeof french>;
