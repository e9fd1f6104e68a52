import { dayMs } from '../../base/units.ts';
import {
  type Finding,
  findAbuse,
  type Signal,
  type Thresholds,
} from '../../domain/abuse/report.ts';
import { personContext } from '../../identity/person/context.ts';
import type { UseCaseDeps } from '../deps.ts';
import { domainOf } from './signals.ts';

const MOST_FINDINGS = 200;
/** Entries whose contact is opened to name the domain that many share. */
const MOST_OPENED = 5;

type Deps = Pick<UseCaseDeps, 'store' | 'vault'>;

/** How many days back, and from how much on something is listed. */
export interface InquiryTerms extends Thresholds {
  readonly days: number;
}

export interface NamedFinding extends Finding {
  /** Of mail domains: the domain, if an entry still tells. */
  readonly name?: string;
}

/** What a report is made from, and what it found. */
export interface Inquiry {
  readonly prefecture: string;
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly terms: InquiryTerms;
  /** All that were read, in no order. */
  readonly signals: readonly Signal[];
  /** There were more than are kept, or read, at once. */
  readonly isCut: boolean;
  /** Entries by the way they came. */
  readonly origins: Readonly<Record<string, number>>;
  /** The largest first, at most two hundred. */
  readonly findings: readonly NamedFinding[];
  /** Of all that were found. */
  readonly findingCount: number;
}

/** Reads the signals of the last days and lists what stands out among them. */
export async function inquire(
  deps: Deps,
  prefecture: string,
  terms: InquiryTerms,
  nowMs: number,
): Promise<Inquiry> {
  const sinceMs = nowMs - terms.days * dayMs;
  const { signals, isCut } = await deps.store.signals.read(prefecture, sinceMs, nowMs);
  const all = findAbuse(signals, terms);
  const findings: NamedFinding[] = [];
  for (const finding of all.slice(0, MOST_FINDINGS)) {
    findings.push(await named(deps, prefecture, finding));
  }
  const origins = originsOf(signals);
  const findingCount = all.length;
  return { prefecture, sinceMs, nowMs, terms, signals, isCut, origins, findings, findingCount };
}

function originsOf(signals: readonly Signal[]): Record<string, number> {
  const origins: Record<string, number> = {};
  for (const { kind, origin = 'online' } of signals) {
    if (kind === 'join') origins[origin] = (origins[origin] ?? 0) + 1;
  }
  return origins;
}

async function named(deps: Deps, prefecture: string, finding: Finding): Promise<NamedFinding> {
  if (finding.kind !== 'mail_domain') return finding;
  const name = await domainNameOf(deps, prefecture, finding.entries);
  return name === undefined ? finding : { ...finding, name };
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
