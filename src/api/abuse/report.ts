import { dayMs } from '../../base/units.ts';
import { type Finding, findAbuse, type Signal } from '../../domain/abuse/report.ts';
import { personContext } from '../../identity/person/context.ts';
import { SIGNAL_DAYS } from '../../store/abuse/signals.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import { auditLine, noLines } from '../../transparency/audit-chain.ts';
import { domainOf } from '../../usecases/abuse/signals.ts';
import type { ApiDeps } from '../http/deps.ts';
import { instant } from '../http/schemas.ts';
import type { AbuseQuery, AbuseReport } from './schemas.ts';
import { notice, whyListed } from './texts.ts';

const MOST_FINDINGS = 200;
const MOST_ENTRIES = 50;
/** Entries whose contact is opened to name the domain that many share. */
const MOST_OPENED = 5;

export const EVIDENCE_TYPE = 'tirage-evidence+jwt';

type Deps = Pick<ApiDeps, 'store' | 'vault'>;

/** What a report is made from, and what it found. */
export interface Inquiry {
  readonly report: AbuseReport;
  readonly findings: readonly Finding[];
  readonly signals: readonly Signal[];
}

/** Reads the signals of the last days and lists what stands out among them. */
export async function inquire(
  deps: Deps,
  prefecture: string,
  query: AbuseQuery,
  nowMs: number,
): Promise<Inquiry> {
  const sinceMs = nowMs - query.days * dayMs;
  const { signals, isCut } = await deps.store.signals.read(prefecture, sinceMs, nowMs);
  const all = findAbuse(signals, query);
  const findings = all.slice(0, MOST_FINDINGS);
  const origins: Record<string, number> = {};
  for (const { kind, origin = 'online' } of signals) {
    if (kind === 'join') origins[origin] = (origins[origin] ?? 0) + 1;
  }
  const views: AbuseReport['findings'] = [];
  for (const finding of findings) views.push(await viewOf(deps, prefecture, finding, query));
  const report: AbuseReport = {
    prefecture,
    asOf: instant(nowMs),
    from: instant(sinceMs),
    thresholds: query,
    notice,
    signals: { read: signals.length, cut: isCut },
    origins,
    findings: views,
    findingCount: all.length,
  };
  return { report, findings, signals };
}

async function viewOf(
  deps: Deps,
  prefecture: string,
  finding: Finding,
  query: AbuseQuery,
): Promise<AbuseReport['findings'][number]> {
  const { kind, subject, count, blocks, fromMs, untilMs, entries } = finding;
  const name =
    kind === 'mail_domain' ? await domainNameOf(deps, prefecture, finding.entries) : undefined;
  return {
    kind,
    subject,
    ...(name === undefined ? {} : { name }),
    count,
    ...(blocks === undefined ? {} : { blocks }),
    from: instant(fromMs),
    until: instant(untilMs),
    why: whyListed(finding, query),
    entries: entries.slice(0, MOST_ENTRIES),
  };
}

/** The domain that these entries share, from one that is still sealed. It names none of them. */
async function domainNameOf(
  { store, vault }: Deps,
  prefecture: string,
  ids: readonly string[],
): Promise<string | undefined> {
  const found = await store.entries.getMany(prefecture, ids.slice(-MOST_OPENED));
  for (const { value } of found.filter((one) => one !== undefined)) {
    if (value.sealed === '') continue;
    const { email } = vault.open(value.sealed, personContext(prefecture, value.id));
    if (email !== undefined) return domainOf(email);
  }
  return undefined;
}

/**
 * The evidence: the report, then each finding with all of its entries, then every signal of these
 * entries; each line with the hash of the one before, the last one signed. Kept nowhere.
 */
export function* evidenceOf(
  { report, findings, signals }: Inquiry,
  signer: Pick<ApiDeps['signer'], 'signJws'>,
): Generator<string> {
  const { prefecture, asOf, findings: views, ...rest } = report;
  let head = noLines;
  const next = (members: object) => {
    const line = auditLine({ prefecture, ...members }, head, nodeSha256);
    head = line.head;
    return `${line.text}\n`;
  };
  const keptUntil = instant(Date.parse(report.from) + SIGNAL_DAYS * dayMs);
  yield next({ kind: 'report', format: 'tirage-evidence/v1', asOf, keptUntil, ...rest });
  for (const [index, view] of views.entries()) {
    yield next({
      ...view,
      kind: 'finding',
      finding: view.kind,
      entries: findings[index]?.entries ?? [],
    });
  }
  const concerned = new Set(findings.flatMap(({ entries }) => entries));
  for (const signal of signals) {
    if (!concerned.has(signal.entry)) continue;
    const { kind, atMs, ...members } = signal;
    yield next({ kind: 'signal', act: kind, at: instant(atMs), ...members });
  }
  const claims = { v: 1, prefecture, size: head.size, hash: head.hash };
  const iat = Math.floor(Date.parse(asOf) / 1000);
  yield next({ kind: 'signature', jws: signer.signJws(EVIDENCE_TYPE, { ...claims, iat }) });
}
