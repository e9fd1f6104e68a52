import { jcs } from '../../base/jcs.ts';
import { checkInstant } from '../../base/parse-times.ts';
import {
  type Members,
  malformed,
  parseHex,
  parseIdentifier,
  parseMembers,
} from '../../base/parse-values.ts';
import type { Hex256 } from '../../base/types.ts';
import type { Algorithm, Entropy, Entry, Manifest, RecordEvent, Slot, Winner } from '../types.ts';
import { parseEvent } from './event-forms.ts';
import { parseEntry, parseManifest, parseSlot } from './parse.ts';
import { entryLine, slotLine } from './record.ts';

/** A line of a record, well formed in itself. */
export type RecordLine =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'slot'; readonly slot: Slot }
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'entropy'; readonly entropy: Entropy }
  | { readonly kind: 'winner'; readonly winner: Winner }
  | { readonly kind: 'outcome'; readonly hash: Hex256 }
  | { readonly kind: 'event'; readonly at: string; readonly event: RecordEvent };

const notCanonical = 'is not its own RFC 8785 serialisation';

/**
 * Reads one line of a record: exactly its own RFC 8785 serialisation and a line feed, of a known
 * kind, with that kind's members and no others. Pure.
 *
 * @param algorithm of the record; a manifest says its own.
 * @throws DomainError `input_malformed` with the member at fault.
 */
export function readRecordLine(text: string, algorithm: Algorithm = 'lottery/v1'): RecordLine {
  if (!text.endsWith('\n')) malformed('must end with a line feed');
  const body = text.slice(0, -1);
  const value = parseJson(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    malformed('must be a JSON object');
  }
  const { kind, ...members } = value as Members; // an object, checked above
  // The many lines. Writing them anew is several times as fast as the general serialisation.
  if (kind === 'entry') {
    const entry = parseEntry(members, kind, algorithm);
    return entryLine(entry) === text ? { kind, entry } : malformed(notCanonical);
  }
  if (kind === 'slot') {
    const slot = parseSlot(members, kind);
    return slotLine(slot) === text ? { kind, slot } : malformed(notCanonical);
  }
  if (canonical(value) !== body) malformed(notCanonical);
  switch (kind) {
    case 'manifest':
      return { kind, manifest: parseManifest(members, kind) };
    case 'entropy':
      return { kind, entropy: readEntropy(members) };
    case 'winner':
      return { kind, winner: readWinner(members) };
    case 'outcome':
      return { kind, hash: readOutcome(members) };
    case 'event':
      return { kind, ...readEvent(members, algorithm) };
    default:
      return malformed('must be a known kind of line', 'kind');
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return malformed('is not JSON');
  }
}

/** Undefined for what RFC 8785 cannot serialise: a lone surrogate, a number beyond a double. */
function canonical(value: unknown): string | undefined {
  try {
    return jcs(value);
  } catch {
    return undefined;
  }
}

function readEntropy(members: Members): Entropy {
  if (Object.hasOwn(members, 'secret')) {
    const { secret } = parseMembers(members, 'entropy', ['secret']);
    return { secret: parseHex(secret, 'entropy.secret', 64) };
  }
  const { randomness, signature } = parseMembers(members, 'entropy', ['randomness', 'signature']);
  return {
    randomness: parseHex(randomness, 'entropy.randomness', 64),
    signature: parseHex(signature, 'entropy.signature', 96),
  };
}

function readWinner(members: Members): Winner {
  const { entry, slot } = parseMembers(members, 'winner', ['entry', 'slot']);
  return {
    entry: parseIdentifier(entry, 'winner.entry'),
    slot: parseIdentifier(slot, 'winner.slot'),
  };
}

function readOutcome(members: Members): Hex256 {
  const { hash } = parseMembers(members, 'outcome', ['hash']);
  return parseHex(hash, 'outcome.hash', 64);
}

function readEvent(
  { at, ...members }: Members,
  algorithm: Algorithm,
): { at: string; event: RecordEvent } {
  checkInstant(at, 'event.at');
  // checkInstant lets nothing but text pass.
  return { at: at as string, event: parseEvent(members, algorithm) };
}
