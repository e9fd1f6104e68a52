import type { Response } from 'express';
import type { Prefecture } from '../../store/types.ts';
import { certify } from '../certificate.ts';
import { certificatePaper, nameOf } from '../certificate-paper.ts';
import { needEntry } from '../entry-hands.ts';
import type { RouteDeps } from '../mount.ts';
import { receiptPaper } from '../receipt-paper.ts';
import { certificateFile, receiptFile, sendPaper } from './papers.ts';

interface Asked {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly nowMs: number;
  readonly action: 'receipt_paper' | 'certificate_paper';
  /** Whether the person wants the name printed. */
  readonly isNamed: boolean;
}

/**
 * Sends what the person asked for on the page of an entry, after its token was checked.
 *
 * @throws DomainError as `certify`
 */
export async function sendEntryPaper(deps: RouteDeps, asked: Asked, res: Response): Promise<void> {
  const { prefecture, entryId, nowMs, action, isNamed } = asked;
  const entry = await needEntry(deps, prefecture.id, entryId);
  if (action === 'receipt_paper') {
    const pdf = await receiptPaper(deps, prefecture, entry, nowMs);
    return sendPaper(res, receiptFile(entry.id), pdf);
  }
  const claims = await certify(deps, prefecture, entry, { draw: undefined, nowMs });
  const name = isNamed ? nameOf(deps, prefecture.id, entry) : undefined;
  sendPaper(res, certificateFile(entry.id), await certificatePaper(deps, prefecture, claims, name));
}
