import type { Origin } from '../../domain/entries/entry.ts';
import type { PseudonymKind, Pseudonyms } from '../../identity/keys/pseudonyms.ts';
import type { SignalStore } from '../../store/abuse/signals.ts';
import { addressBlock, wideBlock } from '../limits/address-block.ts';

/** Pseudonyms remembered: the same blocks, domains and programs come again and again. */
const MOST_REMEMBERED = 10_000;
/** What programs call themselves may be of any length. */
const LONGEST_SOFTWARE = 500;

/** Where a request came from: looked at for limits and signals, never kept. */
export interface Client {
  readonly address: string;
  /** What its program calls itself; empty: nothing. */
  readonly software: string;
}

/** Who joined, and how to reach them. */
interface JoinedPerson {
  readonly entry: string;
  readonly origin: Origin;
  readonly contact: { readonly email?: string | undefined; readonly phone?: string | undefined };
  readonly nowMs: number;
}

/** Notes what the abuse report is made from. Never throws, and nothing waits for it. */
export interface Signals {
  /** Somebody joined by themselves. */
  joined(prefecture: string, client: Client, person: JoinedPerson): void;
  /** An agent or a helper entered somebody: their address says nothing of the person. */
  entered(prefecture: string, helper: string, person: JoinedPerson): void;
  happened(
    prefecture: string,
    kind: 'verify' | 'decline' | 'cancel',
    entry: string,
    nowMs: number,
  ): void;
}

/** Makes the notes: pseudonyms of all that could be traced to somebody. */
export function createSignals(pseudonyms: Pseudonyms, store: SignalStore): Signals {
  const known = new Map<string, string>();
  const hidden = (kind: PseudonymKind, text: string): string => {
    const name = `${kind} ${text}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const pseudonym = pseudonyms.of(kind, text);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(name, pseudonym);
    return pseudonym;
  };
  const person = ({ entry, origin, contact: { email, phone }, nowMs }: JoinedPerson) => ({
    kind: 'join' as const,
    atMs: nowMs,
    entry,
    origin,
    ...(email === undefined ? {} : { domain: hidden('domain', domainOf(email)) }),
    ...(phone === undefined ? {} : { phone: pseudonyms.of('phone', phone) }),
  });
  return {
    joined(prefecture, client, joined) {
      const block = addressBlock(client.address);
      const wide = wideBlock(block);
      const software = client.software.slice(0, LONGEST_SOFTWARE);
      store.note(prefecture, {
        ...person(joined),
        block: hidden('block', block),
        ...(wide === undefined ? {} : { wide: hidden('block', wide) }),
        software: hidden('software', software),
      });
    },
    entered: (prefecture, helper, entered) =>
      store.note(prefecture, { ...person(entered), helper }),
    happened: (prefecture, kind, entry, nowMs) =>
      store.note(prefecture, { kind, entry, atMs: nowMs }),
  };
}

/** The domain of an e-mail address, in lower case. Pure. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
