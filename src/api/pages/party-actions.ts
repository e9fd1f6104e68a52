import { DomainError } from '../../base/errors.ts';
import { addMember } from '../../usecases/entries/change-party.ts';
import { removeMember } from '../../usecases/entries/party-people.ts';
import { partFromParty } from '../../usecases/entries/split-party.ts';
import { documentsOf } from '../entries/join-documents.ts';
import { addPartyMember, removePartyMember, splitParty } from '../entries/party-routes.ts';
import { MemberInput } from '../entries/people-schemas.ts';
import type { RouteDeps } from '../http/deps.ts';
import { tells } from '../http/told.ts';
import type { EntryAction, EntryFields } from './entry-fields.ts';

// Who comes together, on the page of an entry.

const bug = 'unknown';
const changeRefusals = {
  requests_too_many: 'too_many',
  entry_frozen: 'frozen',
  entry_not_found: 'unknown',
  entry_settled: 'settled',
  party_changed: 'party_changed',
} as const;

/** What the page does with a party. */
export const partyActions = {
  add_member: {
    refusals: tells({
      route: addPartyMember,
      also: ['input_malformed'],
      told: {
        ...changeRefusals,
        document_refused: 'member',
        document_unknown: 'member',
        entry_duplicate: 'member_taken',
        input_malformed: 'member',
        party_too_large: 'party_full',
        request_type_unknown: 'unknown',
      },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }, fields) {
      const change = { prefecture, entryId, isOwn: true, nowMs };
      await addMember(deps, change, await memberOf(deps, fields));
      return {};
    },
  },
  remove_member: {
    refusals: tells({
      route: removePartyMember,
      told: { ...changeRefusals, member_not_found: 'unknown' },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }, { member, people }) {
      await removeMember(deps, { prefecture, entryId, isOwn: true, nowMs }, { member, people });
      return {};
    },
  },
  split_member: {
    refusals: tells({
      route: splitParty,
      told: { ...changeRefusals, document_refused: 'member_alone', member_not_found: 'unknown' },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }, { member, people }) {
      await partFromParty(deps, prefecture, entryId, { member, people, nowMs });
      return { notice: 'parted' };
    },
  },
} satisfies Readonly<Record<string, EntryAction>>;

/** @throws DomainError `input_malformed`, which does not repeat what was typed */
async function memberOf(deps: RouteDeps, fields: EntryFields): Promise<MemberInput> {
  const { memberName: name, memberBirthDate: birthDate } = fields;
  const [first, ...others] = documentsOf(
    {
      agdref: fields.memberAgdref,
      passport: fields.memberPassport,
      passportCountry: fields.memberPassportCountry,
      consular: fields.memberConsular,
      consularCountry: fields.memberConsularCountry,
    },
    await deps.countries(),
  );
  const read = MemberInput.safeParse({
    name,
    ...(birthDate === '' ? {} : { birthDate }),
    ...(first ? { document: first.document } : {}),
    ...(others.length > 0 ? { otherDocuments: others.map(({ document }) => document) } : {}),
  });
  if (!read.success) throw new DomainError('input_malformed', 'a field is wrong', 'member');
  return read.data;
}
