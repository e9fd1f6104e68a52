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
import { checkInput } from '../http/request-error.ts';
import { Identifier, instant } from '../http/schemas.ts';
import type { ServiceRoute } from '../http/service-route.ts';

// Agents who sign in with the provider of their administration, in a browser.

const CALLBACK = '/v1/agents/callback';
const Query = z.strictObject({ prefecture: Identifier });
const redirectUri = ({ publicUrl }: RouteDeps) => `${publicUrl()}${CALLBACK}`;

export const beginLogin: ServiceRoute = {
  id: 'beginLogin',
  method: 'get',
  path: '/v1/agents/login',
  async run({ query, nowMs, setCookie }, deps) {
    const oidc = need(deps);
    const { prefecture } = checkInput(Query, query);
    await deps.prefectures.get(prefecture);
    const { url, ...secrets } = await beginAtProvider(deps, oidc, prefecture, redirectUri(deps));
    setCookie(loginCookie(deps.vault, { ...secrets, prefecture, untilMs: nowMs + LOGIN_MS }));
    return { status: 303, headers: { Location: url } };
  },
};

export const finishLogin: ServiceRoute = {
  id: 'finishLogin',
  method: 'get',
  path: CALLBACK,
  async run({ address, cookies, nowMs, setCookie }, deps) {
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
};

function need({ oidc }: RouteDeps): Oidc {
  if (!oidc) throw new DomainError('sign_in_unavailable', 'no provider is set up');
  return oidc;
}
