import type { IRouter, Request, Response } from 'express';
import { requestLinks } from '../../usecases/entries/links.ts';
import type { WorkScript } from '../../web/join/work-script.ts';
import { linkSentPage, lostLinkPage, type ShownLostLink } from '../../web/lost-link/page.ts';
import { refusalOf, refusals, solutionOf, workForm, workOf } from '../entries/form-refusal.ts';
import { textsOf } from '../entries/join-form.ts';
import { LinkRequest } from '../entries/schemas.ts';
import type { RouteDeps } from '../http/deps.ts';
import { problemOf, setRetryAfter } from '../http/problem.ts';
import { langOf, sendPersonalPage } from './public.ts';

type Typed = Omit<ShownLostLink, 'work'>;

/** The page where who lost the link to an entry has it sent again, as through the API. */
export function mountLostLinkPage(
  router: IRouter,
  deps: RouteDeps,
  workScript: () => Promise<WorkScript>,
): void {
  const show = async (res: Response, status: number, typed: Typed, solution = '') => {
    const { work, policy } = await workOf(deps, workScript, solution);
    sendPersonalPage(res, status, lostLinkPage({ ...typed, work }), policy);
  };

  router.get('/p/:prefecture/lost-link', async (req, res) => {
    res.locals.operation = 'showLostLinkPage';
    await deps.rateLimits.block(req, res, 'read');
    await show(res, 200, await typedIn(deps, req));
  });

  router.post('/p/:prefecture/lost-link', workForm, async (req, res) => {
    res.locals.operation = 'sendLostLinkPage';
    const stopped = await refusalOf(() => deps.rateLimits.block(req, res, 'change'));
    const typed = await typedIn(deps, req);
    const solution = solutionOf(req.body);
    const contact = contactOf(typed);
    if (stopped === undefined && contact === undefined) {
      return show(res, 422, { ...typed, refusal: 'fields', fault: faultOf(typed) }, solution);
    }
    const nowMs = deps.clock();
    const { prefecture } = typed;
    const refused =
      stopped ??
      (await refusalOf(async () => {
        if (contact === undefined) return;
        const sendLinks = await requestLinks(deps, { prefecture, contact, solution, nowMs });
        sendPersonalPage(res, 202, linkSentPage(typed));
        await sendLinks();
      }));
    if (refused === undefined || res.headersSent) return;
    const { status, code } = problemOf(refused);
    setRetryAfter(res, refused);
    await show(res, status, { ...typed, refusal: refusals[code] ?? 'down' });
  });
}

async function typedIn(deps: RouteDeps, req: Request): Promise<Typed> {
  const prefecture = await deps.prefectures.get(String(req.params.prefecture));
  const [email = ''] = textsOf(req.body, 'email');
  const { hasSms } = deps;
  const [phone = ''] = hasSms ? textsOf(req.body, 'phone') : [];
  return { prefecture, lang: langOf(req), email, phone, hasSms };
}

/** The address if there is one, or else the telephone. */
function contactOf({ email, phone }: Typed): LinkRequest | undefined {
  return LinkRequest.safeParse(email.trim() === '' ? { phone } : { email }).data;
}

function faultOf({ email, phone, hasSms }: Typed): NonNullable<Typed['fault']> {
  if (email.trim() !== '') return { field: 'email', is: 'email' };
  if (!hasSms) return { field: 'email', is: 'email_needed' };
  return phone.trim() === ''
    ? { field: 'email', is: 'contact_needed' }
    : { field: 'phone', is: 'phone' };
}
