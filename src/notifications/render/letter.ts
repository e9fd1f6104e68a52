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

/** What is true of e-mails only: paper has no attachment, and offices read their post. */
const mailOnly = /^(Le fichier joint|The attached file|Ce message est automatique|This is an auto)/;

/** The letter that a message makes. Pure. */
export function letterOf(
  name: string,
  address: readonly string[],
  { language, subject, text, data }: RenderedMessage,
): Letter {
  const link = data.acceptUrl ?? data.entryUrl;
  const signed = [data.acceptUrl, data.declineUrl].filter((url) => typeof url === 'string');
  return {
    language,
    name,
    address: [...address],
    subject,
    paragraphs: text
      .split('\n\n')
      .map((paragraph) => printable(paragraph.replace(/^---\n/, ''), signed))
      .filter((paragraph) => paragraph !== ''),
    link: typeof link === 'string' ? link : '',
  };
}

/** A paragraph without what is of no use on paper: addresses that are too long to be typed, above all. */
function printable(paragraph: string, signed: readonly string[]): string {
  const isSigned = (line: string | undefined) => signed.some((url) => line?.includes(url));
  const lines = paragraph.split('\n');
  const kept = lines.filter((line, at) => {
    const announces = line.endsWith(':') && isSigned(lines[at + 1]);
    return !announces && !isSigned(line) && !mailOnly.test(line);
  });
  return kept.join('\n');
}
