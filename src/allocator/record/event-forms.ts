import { checkInstant } from '../../base/parse-times.ts';
import { type Members, malformed, parseIdentifier, parseMembers } from '../../base/parse-values.ts';
import { type Algorithm, CAUSES, HANDS, REJECTIONS, type RecordEvent } from '../types.ts';

type Check = (value: unknown, path: string) => void;

/** The members of an event beside `at` and `type`, in the order in which they are checked. */
interface Form {
  readonly needed: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
}

const entry = { entry: parseIdentifier };
const place = { entry: parseIdentifier, slot: parseIdentifier };
const offer = { ...place, until: checkInstant };
const by = { by: oneOf(HANDS) };
const cause = { cause: oneOf(CAUSES) };

const firstForms = {
  accepted: { needed: place },
  declined: { needed: place },
  expired: { needed: place },
  cancelled: { needed: place },
  revoked: { needed: place },
  withdrawn: { needed: entry },
  refilled: { needed: place },
  void: { needed: {} },
} satisfies Readonly<Record<string, Form>>;

/** The types of events that a record of each definition knows (§7). */
const forms: Readonly<Record<Algorithm, Readonly<Record<string, Form>>>> = {
  'lottery/v1': firstForms,
  'lottery/v2': {
    offered: { needed: offer },
    extended: { needed: offer },
    accepted: { needed: place, optional: by },
    declined: { needed: place, optional: by },
    expired: { needed: place },
    cancelled: { needed: place, optional: by },
    revoked: { needed: { ...place, ...cause } },
    withdrawn: { needed: entry, optional: by },
    rejected: { needed: { ...entry, cause: oneOf(REJECTIONS) } },
    closed: { needed: { slot: parseIdentifier, ...cause } },
    refilled: { needed: offer },
    void: { needed: {} },
  } satisfies Readonly<Record<RecordEvent['type'], Form>>,
};

/**
 * Checks the form of an event without its `at`. Pure.
 *
 * @throws DomainError `input_malformed` naming the member at fault.
 */
export function parseEvent(members: Members, algorithm: Algorithm): RecordEvent {
  const { type } = members;
  const known = forms[algorithm];
  const form = typeof type === 'string' && Object.hasOwn(known, type) ? known[type] : undefined;
  if (!form) malformed('must be a known type of event', 'event.type');
  const { needed, optional = {} } = form;
  parseMembers(members, 'event', ['type', ...Object.keys(needed), ...Object.keys(optional)]);
  for (const [name, check] of Object.entries(needed)) check(members[name], `event.${name}`);
  for (const [name, check] of Object.entries(optional)) {
    if (Object.hasOwn(members, name)) check(members[name], `event.${name}`);
  }
  return members as unknown as RecordEvent; // checked member by member above
}

function oneOf(words: readonly unknown[]): Check {
  return (value, path) => {
    if (!words.includes(value)) malformed(`must be one of ${words.join(', ')}`, path);
  };
}
