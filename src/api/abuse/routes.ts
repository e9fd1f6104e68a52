import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IRouter } from 'express';
import { isHungUp } from '../draws/send-record.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { readAbuseEvidence, readAbuseReport } from './operations.ts';
import { evidenceOf, inquire } from './report.ts';

/** What to look at, for supervisors and auditors. Reading it is a line of the audit log. */
export function mountAbuse(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, readAbuseReport, async ({ res, prefecture, query, nowMs }) => {
    res.setHeader('Cache-Control', 'no-store');
    res.json((await inquire(deps, prefecture.id, query, nowMs)).report);
  });

  mount(router, deps, readAbuseEvidence, async ({ req, res, prefecture, query, nowMs }) => {
    const inquiry = await inquire(deps, prefecture.id, query, nowMs);
    res.setHeader('Cache-Control', 'no-store');
    res.attachment(`evidence-${prefecture.id}.ndjson`).type('application/x-ndjson');
    if (req.method === 'HEAD') {
      res.end();
      return;
    }
    const lines = Readable.from(evidenceOf(inquiry, deps.signer));
    await pipeline(lines, res).catch((error: unknown) => {
      if (!isHungUp(error)) throw error;
    });
  });
}
