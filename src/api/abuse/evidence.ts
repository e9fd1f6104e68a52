import { dayMs } from '../../base/units.ts';
import type { Signer } from '../../identity/keys/signer.ts';
import { SIGNAL_DAYS } from '../../store/abuse/signals.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import { auditLine, noLines } from '../../transparency/audit-chain.ts';
import type { Inquiry } from '../../usecases/abuse/inquire.ts';
import { instant } from '../http/schemas.ts';
import { reportView } from './view.ts';

const EVIDENCE_TYPE = 'tirage-evidence+jwt';

/**
 * The evidence: the report, then each finding with all of its entries, then every signal of these
 * entries; each line with the hash of the one before, the last one signed. Kept nowhere.
 */
export function* evidenceOf(inquiry: Inquiry, signer: Pick<Signer, 'signJws'>): Generator<string> {
  const { findings, signals } = inquiry;
  const { prefecture, asOf, findings: views, ...rest } = reportView(inquiry);
  let head = noLines;
  const next = (members: object) => {
    const line = auditLine({ prefecture, ...members }, head, nodeSha256);
    head = line.head;
    return `${line.text}\n`;
  };
  const keptUntil = instant(inquiry.sinceMs + SIGNAL_DAYS * dayMs);
  yield next({ kind: 'report', format: 'tirage-evidence/v1', asOf, keptUntil, ...rest });
  for (const [index, view] of views.entries()) {
    const entries = findings[index]?.entries ?? [];
    yield next({ ...view, kind: 'finding', finding: view.kind, entries });
  }
  const concerned = new Set(findings.flatMap(({ entries }) => entries));
  for (const signal of signals) {
    if (!concerned.has(signal.entry)) continue;
    const { kind, atMs, ...members } = signal;
    yield next({ kind: 'signal', act: kind, at: instant(atMs), ...members });
  }
  const claims = { v: 1, prefecture, size: head.size, hash: head.hash };
  const iat = Math.floor(inquiry.nowMs / 1000);
  yield next({ kind: 'signature', jws: signer.signJws(EVIDENCE_TYPE, { ...claims, iat }) });
}
