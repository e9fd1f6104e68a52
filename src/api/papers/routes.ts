import type { IRouter, Response } from 'express';
import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { certifiableDraws, certify, signCertificate } from '../../usecases/certificates/certify.ts';
import { needEntry } from '../../usecases/entries/hands.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { certificatePaper, nameOf } from './certificate-paper.ts';
import {
  listCertificates,
  readCertificate,
  readCertificatePaper,
  readReceiptPaper,
} from './operations.ts';
import { receiptPaper } from './receipt-paper.ts';
import { certificateLine } from './view.ts';

/** Receipts on paper, for people and for desks. */
export function mountReceiptPaper(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, readReceiptPaper, async ({ res, prefecture, params, nowMs }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    await sendReceipt(deps, { prefecture, entry, nowMs }, res);
  });
}

/** What proves that an entry took part in draws in vain. */
export function mountCertificates(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, listCertificates, async ({ res, prefecture, params }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    const { attempts, draws } = await certifiableDraws(deps, prefecture, entry);
    res.setHeader('Cache-Control', 'no-store');
    res.json({ entry: entry.id, attempts, draws: draws.map(certificateLine) });
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
      const asked = { prefecture, entry, draw: query.draw, isNamed, nowMs };
      await sendCertificate(deps, asked, res);
    },
  );
}

interface Asked {
  readonly prefecture: Prefecture;
  readonly entry: EntryRecord;
  readonly nowMs: number;
}

/** Sends the receipt of an entry on paper, to who was let through. */
export async function sendReceipt(deps: RouteDeps, asked: Asked, res: Response): Promise<void> {
  const { prefecture, entry, nowMs } = asked;
  sendPaper(res, `preuve-${entry.id}.pdf`, await receiptPaper(deps, prefecture, entry, nowMs));
}

/**
 * Sends a certificate on paper, to who was let through; of all draws, or of one.
 *
 * @throws DomainError as `certify`
 */
export async function sendCertificate(
  deps: RouteDeps,
  asked: Asked & { readonly draw?: string | undefined; readonly isNamed: boolean },
  res: Response,
): Promise<void> {
  const { prefecture, entry, draw, isNamed, nowMs } = asked;
  const claims = await certify(deps, prefecture, entry, { draw, nowMs });
  const name = isNamed ? nameOf(deps, prefecture.id, entry) : undefined;
  const file = `attestation-${entry.id}${draw === undefined ? '' : `-${draw}`}.pdf`;
  sendPaper(res, file, await certificatePaper(deps, prefecture, claims, name));
}

/** Sends a PDF about people: to be kept by its reader alone. */
export function sendPaper(res: Response, name: string, pdf: Buffer): void {
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  res.type('application/pdf').end(pdf);
}
