import { readFile } from 'node:fs/promises';
import { simpleParser } from 'mailparser';
import type { Mailbox } from './mailbox.ts';

/**
 * Puts each .eml file that arrives into the inbox of its recipient. Returns the function to call
 * with a file's path, and `failures`, which stays empty if every message could be read.
 */
export function createMailReader(mailbox: Mailbox): {
  onMessage: (file: string) => void;
  failures: unknown[];
} {
  const failures: unknown[] = [];
  const read = async (file: string) => {
    const mail = await simpleParser(await readFile(file), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
    });
    const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
    const kind = /^<([a-z_]+)\./.exec(mail.messageId ?? '')?.[1];
    const address = to?.value[0]?.address;
    if (kind === undefined || address === undefined) throw new Error(`unreadable: ${file}`);
    mailbox.deliver({ kind, to: address, text: mail.text ?? '' });
  };
  return {
    failures,
    onMessage: (file) => {
      read(file).catch((error: unknown) => failures.push(error));
    },
  };
}
