import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { createMailReader } from '../demo/mail-reader.ts';
import { createMailbox, type Mailbox } from '../demo/mailbox.ts';
import { Refusal, reasonOf } from './refusal.ts';

const RESCAN_MS = 2000;

export interface WatchedMail {
  readonly mailbox: Mailbox;
  /** Files that could not be read. */
  readonly failures: readonly unknown[];
  close(): void;
}

/**
 * Reads each .eml file that appears in a folder from now on; what lies there already is left alone.
 *
 * @throws Refusal if there is no such folder.
 */
export function watchMail(directory: string): WatchedMail {
  const mailbox = createMailbox();
  const { onMessage, failures } = createMailReader(mailbox);
  const seen = new Set(list(directory));
  const meet = (name: string | null) => {
    if (name === null || !name.endsWith('.eml') || seen.has(name)) return;
    seen.add(name);
    onMessage(join(directory, name));
  };
  const watcher = watch(directory, (_event, name) => meet(name));
  watcher.on('error', (error) => failures.push(error));
  // A system tells of files as they come, but may lose some when very many come at once.
  const rescan = setInterval(() => {
    for (const name of readdirSync(directory)) meet(name);
  }, RESCAN_MS);
  return {
    mailbox,
    failures,
    close() {
      clearInterval(rescan);
      watcher.close();
    },
  };
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    throw new Refusal(`--mail: cannot be read (${reasonOf(error)})`, { cause: error });
  }
}
