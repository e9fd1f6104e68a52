import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Document } from '../../identity/person/person.ts';
import type { UseCaseDeps } from '../deps.ts';
import { requestTypeOf } from './application.ts';

/** A person whom an agent looks for. */
export interface Sought {
  /** Absent: a child, who is known by name and birth date. */
  readonly document?: Document | undefined;
  readonly birthDate?: string | undefined;
  /** Needed for a person without a document. */
  readonly name?: string | undefined;
  /** Left out: all request types. */
  readonly requestType?: string | undefined;
}

/**
 * The live entries of a person, at most one for each request type.
 *
 * @throws DomainError `request_type_unknown`
 */
export async function findByDocument(
  { store, identityKeys }: Pick<UseCaseDeps, 'store' | 'identityKeys'>,
  prefecture: Prefecture,
  { document, birthDate = '', name = '', requestType }: Sought,
): Promise<EntryRecord[]> {
  const types =
    requestType === undefined ? prefecture.requestTypes : [requestTypeOf(prefecture, requestType)];
  const identities = types.flatMap(({ id }) =>
    document
      ? identityKeys.allKeysOf(prefecture.id, id, document, name)
      : identityKeys.childKeysOf(prefecture.id, id, { name, birthDate }),
  );
  const ids = await Promise.all(
    identities.map((identity) => store.entries.findByIdentity(prefecture.id, identity)),
  );
  const found = await store.entries.getMany(
    prefecture.id,
    ids.filter((id) => id !== undefined),
  );
  return found.filter((stored) => stored !== undefined).map(({ value }) => value);
}
