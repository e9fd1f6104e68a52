import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Vault } from '../../identity/keys/vault.ts';

const NAME = '__Host-tirage-login';
const CONTEXT = 'agent login';
/** How long signing in at the provider may take. */
export const LOGIN_MS = 600_000;

const Login = z.strictObject({
  prefecture: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  untilMs: z.int(),
});
export type Login = z.infer<typeof Login>;

/** Ties a login to the browser it began in: sealed, so that nobody can make or read one. */
export function setLogin(res: Response, vault: Vault, login: Login): void {
  const value = vault.sealText(JSON.stringify(login), CONTEXT);
  setCookie(res, value, LOGIN_MS / 1000);
}

/** Takes the login out of the browser: it is good for one return. Undefined: none, or too old. */
export function takeLogin(req: Request, res: Response, vault: Vault, nowMs: number) {
  setCookie(res, '', 0);
  const cookies = (req.headers.cookie ?? '').split(/; */);
  const sealed = cookies.find((one) => one.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  if (!sealed) return undefined;
  try {
    const login = Login.parse(JSON.parse(vault.openText(sealed, CONTEXT)));
    return nowMs < login.untilMs ? login : undefined;
  } catch {
    return undefined; // not ours, or altered
  }
}

/** Lax: the provider sends the person back here from another site. */
function setCookie(res: Response, value: string, seconds: number): void {
  const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;
  res.setHeader('Set-Cookie', `${NAME}=${value}; ${attributes}`);
}
