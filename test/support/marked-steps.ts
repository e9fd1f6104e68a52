import { solve } from '../../scripts/demo/work.ts';
import type { MarkedPerson } from './marked-people.ts';
import type { MarkedWorld } from './marked-world.ts';

/** What the steps of the story hand on to one another. */
export interface Story {
  readonly world: MarkedWorld;
  /** By id of the person: their entry. */
  readonly entries: Map<string, { readonly id: string; readonly token: string }>;
  readonly keys: { readonly agent: string; readonly supervisor: string; readonly admin: string };
  draw: string;
  /** Key of a helper. */
  helper: string;
}

/** One thing that happens. A new part of the service adds its own to `steps`. */
export interface Step {
  readonly name: string;
  readonly run: (story: Story) => Promise<void>;
}

/** Throws unless the answer has one of these statuses. */
export function expectStatus(answer: { status: number; text: string }, ...wanted: number[]): void {
  if (!wanted.includes(answer.status)) throw new Error(`${answer.status}: ${answer.text}`);
}

/** The entry of a person, by id. */
export function entryOf({ entries }: Story, person: string): { id: string; token: string } {
  const entry = entries.get(person);
  if (!entry) throw new Error(`${person} has no entry`);
  return entry;
}

/** What a person sends to join. */
export const bodyOf = ({ name, document, otherDocuments, birthDate, contact }: MarkedPerson) => ({
  requestType: document.kind === 'agdref' ? 'renewal' : 'first',
  person: {
    name,
    document,
    ...(otherDocuments ? { otherDocuments } : {}),
    ...(birthDate === undefined ? {} : { birthDate }),
  },
  contact,
  language: 'fr',
});

/** A solved challenge, as a browser sends it. */
export async function workFor({ world }: Story, purpose: 'join' | 'link') {
  const { body } = await world.call('GET', `/challenge?purpose=${purpose}`);
  return { 'Proof-Of-Work': await solve(body) };
}
