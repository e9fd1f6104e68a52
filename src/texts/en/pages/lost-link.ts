import type { lostLinkPage as french } from '../../fr/pages/lost-link.ts';
import type { Translation } from '../../translation.ts';

export const lostLinkPage = {
  title: 'Lost link',
  body: 'Write what you gave to be reached by when joining. If there is a confirmed entry, its link and its secret are sent there, once an hour at most.',
  contact: 'No access to this contact any more? Show your document at the desk.',
  send: 'Receive the link',
  sent: 'If there is a confirmed entry with this contact, a message is on its way. Look at unwanted mail (spam), too.',
  join: 'Not joined yet?',
  back: 'The draw: how it works, results, how to contest',
} satisfies Translation<typeof french>;
