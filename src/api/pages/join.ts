import { randomUUID } from 'node:crypto';
import type { IRouter, Request, Response } from 'express';
import type { Language } from '../../base/languages.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { createFindCountry } from '../../identity/person/countries.ts';
import type { Application } from '../../usecases/entries/application.ts';
import { joinPerson } from '../../usecases/entries/join.ts';
import { joinedPage } from '../../web/join/joined-page.ts';
import { joinPage, type ShownJoin } from '../../web/join/page.ts';
import type { JoinFaults, JoinValues } from '../../web/join/values.ts';
import type { WorkScript } from '../../web/join/work-script.ts';
import { refusalOf, refusals, solutionOf, workForm, workOf } from '../entries/form-refusal.ts';
import { applicationOf, readJoinValues, textsOf } from '../entries/join-form.ts';
import type { RouteDeps } from '../http/deps.ts';
import { madeOnce } from '../http/made-once.ts';
import { clientOf } from '../http/mount.ts';
import { type Problem, type ProblemCode, problemOf, setRetryAfter } from '../http/problem.ts';
import { IdempotencyKey } from '../http/schemas.ts';
import { langOf, sendPersonalPage } from './public.ts';

/** One person at the form. */
interface Visit {
  readonly prefecture: Prefecture;
  readonly lang: Language;
  readonly values: JoinValues;
  readonly idempotencyKey: string;
  readonly solution: string;
}

type Refused = Pick<ShownJoin, 'refusal' | 'faults'>;

/** The page on which a person joins, the same way as through the API. */
export function mountJoinPage(
  router: IRouter,
  deps: RouteDeps,
  workScript: () => Promise<WorkScript>,
): void {
  const countries = madeOnce(async () => createFindCountry());
  const show = async (res: Response, status: number, visit: Visit, refused: Refused) => {
    const { solution, ...rest } = visit;
    const { work, policy } = await workOf(deps, workScript, solution);
    sendPersonalPage(
      res,
      status,
      joinPage({ ...rest, ...refused, work, hasSms: deps.hasSms }),
      policy,
    );
  };

  router.get('/p/:prefecture/join', async (req, res) => {
    res.locals.operation = 'showJoinPage';
    await deps.rateLimits.block(req, res, 'read');
    await show(res, 200, await visitOf(deps, req), { refusal: undefined, faults: {} });
  });

  router.post('/p/:prefecture/join', workForm, async (req, res) => {
    res.locals.operation = 'sendJoinPage';
    // Who is stopped gets the form back as well: nothing that was typed may be lost.
    const stopped = await refusalOf(() => deps.rateLimits.block(req, res, 'change'));
    const visit = await visitOf(deps, req);
    const read = applicationOf(visit.values, await countries(), deps);
    if (stopped === undefined && read.outcome === 'faulty') {
      return show(res, 422, visit, { refusal: 'fields', faults: read.faults });
    }
    const error =
      stopped ??
      (await refusalOf(async () => {
        if (read.outcome === 'complete') await join(deps, req, res, visit, read.application);
      }));
    if (error === undefined) return;
    const problem = problemOf(error);
    setRetryAfter(res, error);
    await show(res, problem.status, nextVisit(visit, problem), refusedOf(problem));
  });
}

async function visitOf(deps: RouteDeps, req: Request): Promise<Visit> {
  const prefecture = await deps.prefectures.get(String(req.params.prefecture));
  const lang = langOf(req);
  const [key] = textsOf(req.body, 'key');
  return {
    prefecture,
    lang,
    values: readJoinValues(req.body, { lang, hasSms: deps.hasSms }),
    idempotencyKey: IdempotencyKey.safeParse(key).data ?? randomUUID(),
    solution: solutionOf(req.body),
  };
}

async function join(
  deps: RouteDeps,
  req: Request,
  res: Response,
  { prefecture, lang, idempotencyKey, solution }: Visit,
  application: Application,
): Promise<void> {
  const nowMs = deps.clock();
  const client = clientOf(req);
  const joining = { client, prefecture, application, idempotencyKey, solution, nowMs };
  const { entry, token, isReplayed } = await joinPerson(deps, joining);
  if (isReplayed) res.setHeader('Idempotency-Replayed', 'true');
  sendPersonalPage(res, 201, joinedPage({ prefecture, lang, entryId: entry, token }));
}

/** Refusals of one field. They come before the work is taken. */
const faultsByCode: { readonly [code in ProblemCode]?: JoinFaults } = {
  request_type_unknown: { requestType: 'type' },
  document_refused: { agdref: 'agdref_needed' },
  document_unknown: { agdref: 'agdref_unknown' },
  site_unknown: { sites: 'site' },
};

function refusedOf({ code, member }: Problem): Refused {
  if (code === 'contact_exhausted') {
    const field = member === 'contact.phone' ? 'phone' : 'email';
    return { refusal: 'fields', faults: { [field]: 'contact_full' } };
  }
  const faults = faultsByCode[code];
  if (faults !== undefined) return { refusal: 'fields', faults };
  return { refusal: refusals[code] ?? 'down', faults: {} };
}

/** The same person at the form again: what was taken, or is of no use, is asked for anew. */
function nextVisit(visit: Visit, { code }: Problem): Visit {
  return {
    ...visit,
    solution: faultsByCode[code] === undefined ? '' : visit.solution,
    idempotencyKey: refusals[code] === 'repeated' ? randomUUID() : visit.idempotencyKey,
  };
}
