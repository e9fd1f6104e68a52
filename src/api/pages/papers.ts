import type { Response } from 'express';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { needEntry } from '../../usecases/entries/hands.ts';
import type { RouteDeps } from '../http/deps.ts';
import { sendCertificate, sendReceipt } from '../papers/routes.ts';

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
  if (action === 'receipt_paper') return sendReceipt(deps, { prefecture, entry, nowMs }, res);
  await sendCertificate(deps, { prefecture, entry, isNamed, nowMs }, res);
}
