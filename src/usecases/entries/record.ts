import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { UseCaseDeps } from '../deps.ts';
import type { Application } from './application.ts';
import { personMembers } from './person-keys.ts';

/** How an entry begins: by its person, with a code to be handed in, or by who answers for it. */
export type Beginning = Pick<EntryRecord, 'id' | 'state' | 'origin'> &
  Partial<Pick<EntryRecord, 'code' | 'waitingSinceMs' | 'letter'>>;

interface At {
  readonly prefecture: string;
  readonly nowMs: number;
  /** Whether the registry of documents must be asked again. */
  readonly checkLater: boolean;
}

/**
 * An entry about to be added, its people sealed; the keys by which the same people would have been
 * known before, which must be free too; and whose each key is.
 */
export function newEntry(
  deps: Pick<UseCaseDeps, 'vault' | 'identityKeys'>,
  { requestType, person, others, contact, language, accepts }: Application,
  { id, state, origin, ...begun }: Beginning,
  { prefecture, nowMs, checkLater }: At,
) {
  const of = { prefecture, requestType, id };
  const whole = { ...person, ...(others ? { others: [...others] } : {}), ...contact };
  const { members, former, holderOf } = personMembers(deps, of, whole);
  const entry: EntryRecord = {
    id,
    state,
    requestType,
    missed: 0,
    language,
    origin,
    ...members,
    joinedAtMs: nowMs,
    ...begun,
    ...(accepts === undefined ? {} : { accepts }),
    ...(checkLater ? { documentCheck: 'due' } : {}),
  };
  return { entry, former, holderOf };
}
