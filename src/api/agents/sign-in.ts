import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { Oidc } from '../../identity/oidc/oidc.ts';
import {
  beginLogin as beginAtProvider,
  finishLogin as finishAtProvider,
  LOGIN_MS,
  signInRefused,
} from '../../usecases/agents/sign-in.ts';
import type { RouteDeps } from '../http/deps.ts';
import { loginCookie, NO_LOGIN, readLogin } from '../http/login-cookie.ts';
import { Identifier, instant } from '../http/schemas.ts';
import { serviceRoute } from '../http/service-route.ts';
import { SignedIn } from './schemas.ts';

// Agents who sign in with the provider of their administration, in a browser.

const CALLBACK = '/v1/agents/callback';
const Query = z.strictObject({ prefecture: Identifier });
const redirectUri = ({ publicUrl }: RouteDeps) => `${publicUrl()}${CALLBACK}`;

export const beginLogin = serviceRoute({
  id: 'beginLogin',
  get: '/v1/agents/login',
  tag: 'Service',
  summary: 'Sign in as an agent, in a browser',
  description: 'Sends the browser to the identity provider, if one is set up.',
  query: Query,
  answers: { 303: { description: 'To the provider.' } },
  refusals: {
    request_invalid: '',
    sign_in_unavailable: '',
    prefecture_not_found: '',
    requests_too_many: '',
    provider_unavailable: '',
  },
  async run({ query: { prefecture }, setCookie }, deps: RouteDeps) {
    const oidc = need(deps);
    const nowMs = deps.clock();
    await deps.prefectures.get(prefecture);
    const { url, ...secrets } = await beginAtProvider(deps, oidc, prefecture, redirectUri(deps));
    setCookie(loginCookie(deps.vault, { ...secrets, prefecture, untilMs: nowMs + LOGIN_MS }));
    return { status: 303, headers: { Location: url } };
  },
});

export const finishLogin = serviceRoute({
  id: 'finishLogin',
  get: CALLBACK,
  tag: 'Service',
  summary: 'Where the provider sends the browser back',
  answers: { 200: { description: 'Signed in.', schema: SignedIn } },
  refusals: {
    sign_in_refused: 'begin again',
    person_unmapped: 'no role here',
    sign_in_unavailable: '',
    requests_too_many: '',
    provider_unavailable: '',
  },
  async run({ address, cookies, setCookie }, deps: RouteDeps) {
    const nowMs = deps.clock();
    const oidc = need(deps);
    // It is good for one return, however that ends.
    setCookie(NO_LOGIN);
    const login = readLogin(cookies, deps.vault, nowMs);
    if (!login) throw signInRefused();
    const returned = new URL(redirectUri(deps));
    returned.search = new URL(address, returned).search;
    const { expiresAtMs, ...begun } = await finishAtProvider(deps, oidc, login, returned);
    return { status: 200, body: { ...begun, expiresAt: instant(expiresAtMs) } };
  },
});

function need({ oidc }: RouteDeps): Oidc {
  if (!oidc) throw new DomainError('sign_in_unavailable', 'no provider is set up');
  return oidc;
}
