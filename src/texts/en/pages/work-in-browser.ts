import type { workInBrowser as french } from '../../fr/pages/work-in-browser.ts';
import type { Translation } from '../../translation.ts';

export const workInBrowser = {
  working:
    'Your telephone does a small computation against robots: some seconds. Fill in the form meanwhile.',
  slow: 'The computation takes longer than usual: about a minute. Leave this page open.',
  ready: 'The computation is done: you can send.',
  waiting: 'One moment: it is sent by itself as soon as the computation is done.',
  sending: 'Sending…',
  failed:
    'The computation did not work. Check your connection, then press the button again. Or else: at the desk, by telephone or through an association, with the same chance.',
} satisfies Translation<typeof french>;
