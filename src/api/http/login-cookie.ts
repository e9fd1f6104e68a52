import { z } from 'zod';
import type { Vault } from '../../identity/keys/vault.ts';
import { LOGIN_MS } from '../../usecases/agents/sign-in.ts';

const NAME = '__Host-tirage-login';
const CONTEXT = 'agent login';

const Login = z.strictObject({
  prefecture: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  untilMs: z.int(),
});
export type Login = z.infer<typeof Login>;

/** Ties a login to the browser it began in: sealed, so that nobody can make or read one. */
export function loginCookie(vault: Vault, login: Login): string {
  return cookie(vault.sealText(JSON.stringify(login), CONTEXT), LOGIN_MS / 1000);
}

/** The login of a browser, from its `Cookie` header. Undefined: none, or too old. */
export function readLogin(header: string, vault: Vault, nowMs: number): Login | undefined {
  const cookies = header.split(/; */);
  const sealed = cookies.find((one) => one.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  if (!sealed) return undefined;
  try {
    const login = Login.parse(JSON.parse(vault.openText(sealed, CONTEXT)));
    return nowMs < login.untilMs ? login : undefined;
  } catch {
    return undefined; // not ours, or altered
  }
}

/** Takes the login out of the browser. */
export const NO_LOGIN = cookie('', 0);

/** Lax: the provider sends the person back here from another site. */
function cookie(value: string, seconds: number): string {
  return `${NAME}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;
}
