import type { IRouter } from 'express';
import { mount, type RouteDeps } from '../mount.ts';
import { resendCode, verify } from '../operations/entries.ts';
import { signReceipt } from '../receipt.ts';
import { instant } from '../schemas/common.ts';
import { sendNewCode, verifyEntry } from '../verify-entry.ts';

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
