import { z } from 'zod';
import type { Language } from '../../base/languages.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { requestLinks } from '../../usecases/entries/links.ts';
import type { FormRefusal } from '../../web/join/values.ts';
import { linkSentPage, lostLinkPage, type ShownLostLink } from '../../web/lost-link/page.ts';
import { textsOf } from '../entries/join-form.ts';
import { requestLink } from '../entries/routes.ts';
import { LinkRequest } from '../entries/schemas.ts';
import type { RouteDeps } from '../http/deps.ts';
import { type PageReply, page } from '../http/page.ts';
import { tell, tells } from '../http/told.ts';
import { solutionOf, workOf } from './form-work.ts';

// The page where who lost the link to an entry has it sent again, as through the API.

type Typed = Omit<ShownLostLink, 'work'>;

export const showLostLinkPage = page({
  id: 'showLostLinkPage',
  get: '/p/{prefecture}/lost-link',
  budget: 'read',
  async run({ prefecture, lang }, deps) {
    return formPage(deps, 200, typedIn(deps, prefecture, lang, {}));
  },
});

export const sendLostLinkPage = page({
  id: 'sendLostLinkPage',
  post: '/p/{prefecture}/lost-link',
  budget: 'change',
  // Whatever was typed is shown again: it is read field by field.
  fields: z.looseObject({}),
  hasWork: true,
  keepsForm: true,
  async run({ prefecture, fields, lang, nowMs, client, stopped }, deps) {
    const typed = typedIn(deps, prefecture, lang, fields);
    if (stopped !== undefined) return refusedForm(deps, typed, stopped);
    const solution = solutionOf(fields);
    const contact = contactOf(typed);
    if (contact === undefined) {
      const faulty = { ...typed, refusal: 'fields', fault: faultOf(typed) } as const;
      return formPage(deps, 422, faulty, solution);
    }
    const { address } = client;
    const asking = { prefecture, address, contact, solution, nowMs };
    const asked = await requestLinks(deps, asking).catch((error: unknown) => ({ error }));
    if ('error' in asked) return refusedForm(deps, typed, asked.error);
    return { status: 202, html: linkSentPage(typed), afterwards: asked };
  },
});

const linkTells = tells({
  route: requestLink,
  also: ['store_unavailable'],
  told: {
    requests_too_many: 'too_many',
    store_unavailable: 'down',
    work_expired: 'work',
    work_invalid: 'work',
    work_missing: 'work',
    work_spent: 'work',
  } satisfies Record<string, FormRefusal>,
  bug: 'down',
});

async function formPage(
  deps: RouteDeps,
  status: number,
  typed: Typed,
  solution = '',
): Promise<PageReply> {
  const { work, policy } = await workOf(deps, solution);
  return { status, html: lostLinkPage({ ...typed, work }), policy };
}

/** The form again, with what stands in the way. Who is stopped by a limit gets it, too. */
async function refusedForm(deps: RouteDeps, typed: Typed, error: unknown): Promise<PageReply> {
  const { status, said, headers } = tell(deps.logger, linkTells, error);
  return { ...(await formPage(deps, status, { ...typed, refusal: said })), headers };
}

function typedIn(
  { hasSms }: RouteDeps,
  prefecture: Prefecture,
  lang: Language,
  fields: unknown,
): Typed {
  const [email = ''] = textsOf(fields, 'email');
  const [phone = ''] = hasSms ? textsOf(fields, 'phone') : [];
  return { prefecture, lang, email, phone, hasSms };
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
