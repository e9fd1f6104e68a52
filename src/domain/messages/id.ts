import { MESSAGE_KINDS, type MessageKind, type SubjectOf } from './kinds.ts';

/**
 * Names one message for ever: `<kind>.<entry>.<subject>`. Job id and Message-ID are derived from it,
 * so that a repeated step sends nothing twice. Made and read here, and nowhere else.
 */
export type MessageId = string;

/** The parts of an id, whatever kind it names: one of an older release may be unknown. */
export interface MessageParts {
  readonly kind: string;
  readonly entry: string;
  readonly subject: string;
}

/** The same of a kind that we send. */
export interface KnownParts extends MessageParts {
  readonly kind: MessageKind;
}

/** The id of a message. The table of kinds says what the subject of each kind is. Pure. */
export function messageId<Kind extends MessageKind>(
  kind: Kind,
  entry: string,
  subject: SubjectOf<Kind>,
): MessageId {
  return `${kind}.${entry}.${subject}`;
}

/** The parts of an id, empty where they are missing: for what was stored, or typed. Pure. */
export function messageParts(id: MessageId): MessageParts {
  const [, kind = '', entry = '', subject = ''] = /^([^.]*)\.?([^.]*)\.?(.*)$/s.exec(id) ?? [];
  return { kind, entry, subject };
}

/** Takes an id apart; undefined where it is none of a kind that we send. Pure. */
export function parseMessageId(id: MessageId): KnownParts | undefined {
  const { kind: word, entry, subject } = messageParts(id);
  const kind = MESSAGE_KINDS.find((known) => known === word);
  return kind && entry !== '' && subject !== '' ? { kind, entry, subject } : undefined;
}
