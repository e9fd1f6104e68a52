import { z } from 'zod';
import { languages } from '../../base/languages.ts';
import type { Channel } from '../channels/channel.ts';
import { DeliveryError } from '../channels/channel.ts';
import type { RenderedMessage } from './message.ts';

/** A letter ready to be printed. */
export const Letter = z.strictObject({
  language: z.enum(languages),
  name: z.string(),
  /** Postal address, without the name. */
  address: z.array(z.string()),
  subject: z.string(),
  /** Paragraphs; each may have several lines. */
  paragraphs: z.array(z.string()),
  /** What its code leads to. */
  link: z.string(),
});
export type Letter = z.infer<typeof Letter>;

export interface LetterOptions {
  /** Keeps a letter, sealed, until it is printed. Safe to repeat. */
  readonly keep: (prefecture: string, message: string, letter: Letter) => Promise<void>;
}

/** Post, for people with neither e-mail nor telephone: a letter waits for the day's batch. */
export function createLetterChannel({ keep }: LetterOptions): Channel {
  return {
    name: 'letter',
    accepts: (to) => to.postal !== undefined,
    async send({ id, prefecture, to, rendered }) {
      if (to.postal === undefined) throw new DeliveryError('address_refused', true);
      await keep(prefecture, id, letterOf(to.name, to.postal, rendered));
    },
    close: async () => {},
  };
}

/** The letter that a message makes: of its text, what is of use on paper. Pure. */
export function letterOf(
  name: string,
  address: readonly string[],
  { language, subject, letter: { paragraphs, link } }: RenderedMessage,
): Letter {
  return { language, name, address: [...address], subject, paragraphs: [...paragraphs], link };
}
