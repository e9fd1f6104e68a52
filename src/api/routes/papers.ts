import type { IRouter, Response } from 'express';
import { needEntry } from '../entry-hands.ts';
import { mount, type RouteDeps } from '../mount.ts';
import { readReceiptPaper } from '../operations/papers.ts';
import { receiptPaper } from '../receipt-paper.ts';

/** Receipts on paper, for people and for desks. */
export function mountReceiptPaper(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, readReceiptPaper, async ({ res, prefecture, params, nowMs }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    sendPaper(res, `preuve-${entry.id}.pdf`, await receiptPaper(deps, prefecture, entry, nowMs));
  });
}

/** Sends a PDF about one entry: to be kept by its reader alone. */
export function sendPaper(res: Response, name: string, pdf: Buffer): void {
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  res.type('application/pdf').end(pdf);
}
