import { concurrently } from '../concurrently.ts';
import type { Client } from './client.ts';
import type { Applicant } from './join.ts';
import type { Letter } from './mailbox.ts';

export interface Answers {
  accept: number;
  decline: number;
  /** Offers that were open, and left without an answer, at the end. */
  silent: number;
}

/**
 * Lets everyone who got an offer by e-mail do what they would do: accept, decline or stay silent.
 * Every second answer is given by the link in the message, the others with the entry's token.
 * Entries of those who stay silent are added to `quiet`.
 */
export async function answerOffers(
  client: Client,
  letters: readonly Letter[],
  applicants: ReadonlyMap<string, Applicant>,
  quiet: Set<string>,
): Promise<Pick<Answers, 'accept' | 'decline'>> {
  const counts = { accept: 0, decline: 0 };
  await concurrently(letters, 32, async (letter, index) => {
    const applicant = applicants.get(letter.to.toLowerCase());
    // Somebody of an earlier demo, whose token is not known any more: silence.
    const answer = applicant?.answer ?? 'silent';
    if (!applicant || answer === 'silent') {
      quiet.add(entryOf(letter));
      return;
    }
    counts[answer] += 1;
    if (index % 2 === 0) await answerByLink(letter, answer);
    else await answerByToken(client, applicant, answer);
  });
  return counts;
}

async function answerByToken(
  client: Client,
  { entry, token }: Applicant,
  answer: 'accept' | 'decline',
): Promise<void> {
  const { body } = await client.request<{ offer?: { id: string } }>('GET', `/entries/${entry}`, {
    token,
  });
  if (!body.offer) throw new Error(`no offer is shown to entry ${entry}`);
  await client.request('POST', `/offers/${body.offer.id}/${answer}`, { token });
}

/** The entry that an offer is for, as its links name it. */
function entryOf(letter: Letter): string {
  const entry = /\/offers\/[^/.]+\.([^/]+)\//.exec(letter.text)?.[1];
  if (entry === undefined) throw new Error('an offer without a link');
  return entry;
}

/** Opens the page behind the link and presses its button. */
async function answerByLink(letter: Letter, answer: 'accept' | 'decline'): Promise<void> {
  const link = [...letter.text.matchAll(/https?:\/\/\S+/g)]
    .map(([url]) => url)
    .find((url) => url.includes(`action=${answer}`));
  if (!link) throw new Error(`an offer without a link to ${answer}`);
  const page = await fetch(link);
  if (!page.ok) throw new Error(`the ${answer} page answered ${page.status}`);
  await page.text();
  const pressed = await fetch(link, { method: 'POST' });
  if (!pressed.ok) throw new Error(`the ${answer} button answered ${pressed.status}`);
  await pressed.text();
}
