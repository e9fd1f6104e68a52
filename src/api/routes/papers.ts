import type { IRouter, Response } from 'express';
import { DomainError } from '../../allocator/errors.ts';
import { attemptsOf } from '../../papers/claims.ts';
import {
  certificateLine,
  certifiedDraws,
  certify,
  participationsOf,
  signCertificate,
} from '../certificate.ts';
import { certificatePaper, nameOf } from '../certificate-paper.ts';
import { needEntry } from '../entry-hands.ts';
import { mount, type RouteDeps } from '../mount.ts';
import {
  listCertificates,
  readCertificate,
  readCertificatePaper,
  readReceiptPaper,
} from '../operations/papers.ts';
import { receiptPaper } from '../receipt-paper.ts';

/** Receipts on paper, for people and for desks. */
export function mountReceiptPaper(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, readReceiptPaper, async ({ res, prefecture, params, nowMs }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    sendPaper(res, receiptFile(entry.id), await receiptPaper(deps, prefecture, entry, nowMs));
  });
}

/** What proves that an entry took part in draws in vain. */
export function mountCertificates(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, listCertificates, async ({ res, prefecture, params }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    const found = await participationsOf(deps.store, prefecture, entry);
    res.setHeader('Cache-Control', 'no-store');
    res.json({
      entry: entry.id,
      attempts: attemptsOf({ draws: certifiedDraws(prefecture, found) }),
      draws: found.map((one) => certificateLine(prefecture, one)),
    });
  });

  mount(router, deps, readCertificate, async ({ res, prefecture, params, query, nowMs }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    const claims = await certify(deps, prefecture, entry, { draw: query.draw, nowMs });
    res.setHeader('Cache-Control', 'no-store');
    res.type('application/jwt').end(signCertificate(deps, claims));
  });

  mount(
    router,
    deps,
    readCertificatePaper,
    async ({ req, res, prefecture, params, query, nowMs }) => {
      const isNamed = query.name === 'true';
      // Agents see no names anywhere else either.
      if (isNamed && req.agentId !== undefined) {
        throw new DomainError(
          'role_insufficient',
          'only the person may have the name printed',
          'name',
        );
      }
      const entry = await needEntry(deps, prefecture.id, params.entryId);
      const claims = await certify(deps, prefecture, entry, { draw: query.draw, nowMs });
      const name = isNamed ? nameOf(deps, prefecture.id, entry) : undefined;
      const pdf = await certificatePaper(deps, prefecture, claims, name);
      sendPaper(res, certificateFile(entry.id, query.draw), pdf);
    },
  );
}

/** What a receipt is called on a person's disk. Pure. */
export function receiptFile(entry: string): string {
  return `preuve-${entry}.pdf`;
}

/** What a certificate is called on a person's disk. Pure. */
export function certificateFile(entry: string, draw?: string): string {
  return `attestation-${entry}${draw === undefined ? '' : `-${draw}`}.pdf`;
}

/** Sends a PDF about one entry: to be kept by its reader alone. */
export function sendPaper(res: Response, name: string, pdf: Buffer): void {
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  res.type('application/pdf').end(pdf);
}
