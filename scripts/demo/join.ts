import { concurrently } from '../concurrently.ts';
import type { Progress } from '../progress.ts';
import type { Client } from './client.ts';
import type { Member } from './crowd.ts';
import type { Mailbox } from './mailbox.ts';
import { workFor } from './work.ts';

/** A person of the demo who is on the waitlist. */
export interface Applicant extends Member {
  readonly entry: string;
  readonly token: string;
}

/**
 * Lets everyone join and confirm with the code from their e-mail, `limit` people at a time.
 * Returns the applicants by e-mail address.
 */
export async function joinAll(
  client: Client,
  mailbox: Mailbox,
  crowd: readonly Member[],
  { limit, progress }: { readonly limit: number; readonly progress: Progress },
): Promise<Map<string, Applicant>> {
  const applicants = new Map<string, Applicant>();
  await concurrently(crowd, limit, async (member) => {
    applicants.set(member.email, await joinOne(client, mailbox, member));
    progress.step();
  });
  progress.done();
  return applicants;
}

/** Works, joins, and confirms with the code from the e-mail. */
export async function joinOne(
  client: Client,
  mailbox: Pick<Mailbox, 'next'>,
  member: Member,
): Promise<Applicant> {
  const { body } = await client.request<{ id: string; token: string }>('POST', '/entries', {
    json: member.request,
    headers: await workFor(client, 'join'),
  });
  const letter = await mailbox.next('code', member.email);
  const code = /\b(\d{6})\b/.exec(letter.text)?.[1];
  if (!code) throw new Error('a code message without a code');
  await client.request('POST', `/entries/${body.id}/verification`, { json: { code } });
  return { ...member, entry: body.id, token: body.token };
}
