import type { IRouter } from 'express';
import { signReceipt } from '../../usecases/entries/receipt.ts';
import { sendNewCode, verifyEntry } from '../../usecases/entries/verify.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { instant } from '../http/schemas.ts';
import { resendCode, verify } from './operations.ts';

/** The code that proves a contact: handing it in, and asking for another. */
export function mountVerification(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, verify, async ({ res, prefecture, params, body, nowMs }) => {
    const attempt = { code: body.code, nowMs };
    const entry = await verifyEntry(deps, prefecture, params.entryId, attempt);
    const receipt = signReceipt(deps.signer, prefecture.id, entry);
    res.json({ id: entry.id, state: entry.state, receipt });
  });

  mount(router, deps, resendCode, async ({ res, prefecture, params, nowMs }) => {
    const expiresAtMs = await sendNewCode(deps, prefecture, params.entryId, nowMs);
    res.status(202).json({ id: params.entryId, expiresAt: instant(expiresAtMs) });
  });
}
