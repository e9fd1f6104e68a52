import type { Response } from 'express';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { printCertificate } from '../../usecases/certificates/print.ts';
import { printReceipt } from '../../usecases/certificates/print-receipt.ts';
import type { PrintedPaper } from '../../usecases/certificates/printed.ts';
import { needEntry } from '../../usecases/entries/hands.ts';
import { entropyNotes } from '../draws/notes.ts';
import type { RouteDeps } from '../http/deps.ts';
import { attachment } from '../http/headers.ts';
import { send } from '../http/send.ts';

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
  const { name, pdf } = await entryPaper(deps, asked);
  await send(
    res.req,
    res,
    { status: 200, headers: attachment(name), body: pdf },
    'application/pdf',
  );
}

async function entryPaper(deps: RouteDeps, asked: Asked): Promise<PrintedPaper> {
  const { prefecture, entryId, nowMs, action, isNamed } = asked;
  const entry = await needEntry(deps, prefecture.id, entryId);
  if (action === 'receipt_paper') return printReceipt(deps, prefecture, entry, nowMs);
  const weakerNote = entropyNotes.weaker;
  return printCertificate(deps, prefecture, { entry, isNamed, nowMs, weakerNote });
}
