import type { Accepts } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import type { Language } from '../../base/languages.ts';
import { localDate } from '../../domain/local-time.ts';
import type { Prefecture, RequestType } from '../../domain/prefectures/prefecture.ts';
import { documentsOf } from '../../identity/person/people.ts';
import type { Member, Person } from '../../identity/person/person.ts';
import { checkOthers } from './party.ts';

/** What a person asks for, its form checked. */
export interface Application {
  readonly requestType: string;
  readonly person: Pick<Person, 'name' | 'document' | 'otherDocuments' | 'birthDate'>;
  /** Who comes along with the person; absent: nobody. */
  readonly others?: readonly Member[];
  readonly contact: Pick<Person, 'email' | 'phone' | 'webhook' | 'postal'>;
  readonly language: Language;
  readonly accepts?: Accepts;
}

/**
 * Checks what a person asks for against what the prefecture offers.
 *
 * @throws DomainError `request_type_unknown`, `document_refused`, `party_too_large`,
 *   `member_repeated`, `site_unknown`
 */
export function checkApplication(
  prefecture: Prefecture,
  application: Pick<Application, 'requestType' | 'person' | 'others' | 'accepts'>,
  nowMs: number,
): void {
  const requestType = requestTypeOf(prefecture, application.requestType);
  const hasAgdref = documentsOf(application.person).some(({ kind }) => kind === 'agdref');
  if (requestType.agdrefRequired && !hasAgdref) {
    throw new DomainError(
      'document_refused',
      'this request type needs an AGDREF number',
      'person.document.kind',
    );
  }
  const people = { ...application.person, others: application.others };
  checkOthers(requestType, people, localDate(nowMs, prefecture.settings.timeZone));
  checkSites(requestType, application.accepts);
}

/** @throws DomainError `request_type_unknown` */
export function requestTypeOf(prefecture: Prefecture, id: string): RequestType {
  const found = prefecture.requestTypes.find((requestType) => requestType.id === id);
  if (found) return found;
  throw new DomainError('request_type_unknown', 'there is no such request type', 'requestType');
}

/**
 * Refuses sites that do not serve a request type: a person who waits for them would wait in vain.
 *
 * @throws DomainError `site_unknown`
 */
export function checkSites(requestType: RequestType, accepts: Accepts | undefined): void {
  const index = accepts?.sites?.findIndex((site) => !requestType.sites.includes(site)) ?? -1;
  if (index === -1) return;
  // What was sent is not repeated in any refusal: it may be anything, a name too.
  throw new DomainError(
    'site_unknown',
    `this site does not serve ${requestType.id}`,
    `accepts.sites[${index}]`,
  );
}
