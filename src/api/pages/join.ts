import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Language } from '../../base/languages.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { FindCountry } from '../../identity/person/countries.ts';
import { joinPerson } from '../../usecases/entries/join.ts';
import { joinedPage } from '../../web/join/joined-page.ts';
import { joinPage, type ShownJoin } from '../../web/join/page.ts';
import type { JoinFaults, JoinValues } from '../../web/join/values.ts';
import { applicationOf, readJoinValues, textsOf } from '../entries/join-form.ts';
import { refusedOther } from '../entries/join-form-others.ts';
import { join } from '../entries/routes.ts';
import type { RouteDeps } from '../http/deps.ts';
import { type PageReply, page } from '../http/page.ts';
import type { Problem } from '../http/problem.ts';
import { IdempotencyKey } from '../http/schemas.ts';
import { tell, tells } from '../http/told.ts';
import { solutionOf, workOf } from './form-work.ts';

// The page on which a person joins, the same way as through the API.

/** One person at the form. */
interface Visit {
  readonly prefecture: Prefecture;
  readonly lang: Language;
  readonly values: JoinValues;
  readonly idempotencyKey: string;
  readonly solution: string;
}

type Refused = Pick<ShownJoin, 'refusal' | 'faults'>;

export const showJoinPage = page({
  id: 'showJoinPage',
  get: '/p/{prefecture}/join',
  budget: 'read',
  async run({ prefecture, lang }, deps) {
    const visit = visitOf(deps, prefecture, lang, {});
    return formPage(deps, 200, visit, { refusal: undefined, faults: {} });
  },
});

export const sendJoinPage = page({
  id: 'sendJoinPage',
  post: '/p/{prefecture}/join',
  budget: 'change',
  // Whatever was typed is shown again: it is read field by field.
  fields: z.looseObject({}),
  hasWork: true,
  keepsForm: true,
  async run({ prefecture, fields, lang, nowMs, client, stopped }, deps) {
    const visit = visitOf(deps, prefecture, lang, fields);
    if (stopped !== undefined) return refusedForm(deps, visit, stopped);
    const read = applicationOf(visit.values, await deps.countries(), deps);
    if (read.outcome === 'faulty') {
      return formPage(deps, 422, visit, { refusal: 'fields', faults: read.faults });
    }
    const { application } = read;
    const { idempotencyKey, solution } = visit;
    const joining = { client, prefecture, application, idempotencyKey, solution, nowMs };
    const joined = await joinPerson(deps, joining).catch((error: unknown) => ({ error }));
    if ('error' in joined) return refusedForm(deps, visit, joined.error);
    const headers = joined.isReplayed ? { 'Idempotency-Replayed': 'true' } : {};
    const { entry: entryId, token } = joined;
    return { status: 201, headers, html: joinedPage({ prefecture, lang, entryId, token }) };
  },
});

const ofForm = (refusal: NonNullable<Refused['refusal']>): Refused => ({ refusal, faults: {} });
const ofField = (faults: JoinFaults): Refused => ({ refusal: 'fields', faults });
const work = ofForm('work');

const joinTells = tells({
  route: join,
  also: ['store_unavailable'],
  told: {
    contact_exhausted: ofField({ email: 'contact_full' }),
    document_refused: ofField({ agdref: 'agdref_needed' }),
    document_unknown: ofField({ agdref: 'agdref_unknown' }),
    entry_duplicate: ofForm('duplicate'),
    entry_not_found: ofForm('repeated'),
    idempotency_mismatch: ofForm('repeated'),
    member_repeated: ofForm('fields'),
    party_too_large: ofField({ requestType: 'party' }),
    request_type_unknown: ofField({ requestType: 'type' }),
    requests_too_many: ofForm('too_many'),
    site_unknown: ofField({ sites: 'site' }),
    store_unavailable: ofForm('down'),
    work_expired: work,
    work_invalid: work,
    work_light: work,
    work_missing: work,
    work_spent: work,
  },
  bug: ofForm('down'),
});

function visitOf(
  { hasSms }: RouteDeps,
  prefecture: Prefecture,
  lang: Language,
  fields: unknown,
): Visit {
  const [key] = textsOf(fields, 'key');
  return {
    prefecture,
    lang,
    values: readJoinValues(fields, { lang, hasSms }),
    idempotencyKey: IdempotencyKey.safeParse(key).data ?? randomUUID(),
    solution: solutionOf(fields),
  };
}

async function formPage(
  deps: RouteDeps,
  status: number,
  visit: Visit,
  refused: Refused,
): Promise<PageReply> {
  const { solution, ...rest } = visit;
  const { work: shown, policy } = await workOf(deps, solution);
  const html = joinPage({ ...rest, ...refused, work: shown, hasSms: deps.hasSms });
  return { status, html, policy };
}

/** The form again, with what stands in the way. Who is stopped by a limit gets it, too. */
async function refusedForm(deps: RouteDeps, visit: Visit, error: unknown): Promise<PageReply> {
  const { status, problem, said, headers } = tell(deps.logger, joinTells, error);
  const next = nextVisit(visit, problem, said);
  const refused = inField(problem, said, visit, await deps.countries());
  return { ...(await formPage(deps, status, next, refused)), headers };
}

/** A refusal of one person among several, or of one contact of two, stands beside the field. */
function inField(
  problem: Problem,
  said: Refused,
  { values }: Visit,
  countries: FindCountry,
): Refused {
  const { code, member } = problem;
  if (code === 'contact_exhausted' && member === 'contact.phone') {
    return ofField({ phone: 'contact_full' });
  }
  if (code === 'entry_duplicate' && member === 'person') return ofField({ name: 'taken' });
  const faults = refusedOther(problem, values, countries);
  return faults ? ofField(faults) : said;
}

/** The same person at the form again: what was taken, or is of no use, is asked for anew. */
function nextVisit(visit: Visit, { code }: Problem, { refusal }: Refused): Visit {
  // Other refusals of one field come before the work is taken.
  const keepsWork = refusal === 'fields' && code !== 'contact_exhausted';
  return {
    ...visit,
    solution: keepsWork ? visit.solution : '',
    idempotencyKey: refusal === 'repeated' ? randomUUID() : visit.idempotencyKey,
  };
}
