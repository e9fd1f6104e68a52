import { DomainError } from '../../base/errors.ts';
import { languages } from '../../base/languages.ts';
import { dayFactor } from '../../domain/limits/day-load.ts';
import { recentlyAsked, workFactor } from '../../domain/limits/work-load.ts';
import type { Pseudonyms } from '../../identity/keys/pseudonyms.ts';
import { mailDomainOf } from '../../identity/person/mail-domain.ts';
import type { WorkContext, WorkDesk } from '../../identity/proof-of-work.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { JoinGuard, WorkLoads } from '../../store/entries/join-guard.ts';
import type { LimitStore } from '../../store/limits/store.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { addressBlock, BLOCKS_PER_WIDE_BLOCK, networkOf, wideBlock } from './address-block.ts';
import type { Limits } from './limits.ts';

/** The header a solution comes in. */
const WORK_HEADER = 'Proof-Of-Work';

const WINDOW_SECONDS = 600;
/** A block that asks in ten minutes for less than a quarter of what it may in one is calm. */
const CALM_SHARE = 1 / 4;

type WorkFault = 'missing' | 'invalid' | 'expired' | 'spent' | 'light';

interface WorkDeps {
  readonly work: WorkSettings;
  readonly counts: LimitStore;
  readonly limits: Limits;
  readonly pseudonyms: Pseudonyms;
  readonly metrics: Pick<Metrics, 'workChecks'>;
}

/** Joins of about a day that are no load yet: by default sixty of a network or a mail domain. */
const CALM_DAY_SHARE = 1 / 2;

/** How much work is asked for before a join or a link. */
export interface WorkSettings {
  readonly desk: WorkDesk;
  /** Tries on average while the address block is calm. 0: none is asked for. */
  readonly tries: number;
}

export interface ProofOfWork {
  /**
   * Tries that the device which asks is given, by how much its block asks and what joined lately from
   * its network, and with the mail domain if it says that; 0 for none.
   */
  tries(asking: WorkAsking): Promise<number>;
  /** What the work of a join is held against; undefined where none is asked for. */
  loads(address: string, email: string | undefined): WorkLoads | undefined;
  /**
   * Checks the solution that came with a request; empty: none came. What it returns must be taken,
   * once, in the step that does what the request asks.
   *
   * @throws DomainError `work_missing`, `work_invalid`, `work_expired`
   */
  check(solution: string, context: WorkContext): JoinGuard['work'];
  /** The refusal of a solution that was taken before. */
  spent(): DomainError;
  /** The refusal of a solution of too little work. */
  light(): DomainError;
}

/** Who asks for a challenge. */
export interface WorkAsking {
  readonly prefecture: string;
  readonly address: string;
  /** Of the address that will be given when joining, as far as it is known. */
  readonly domain?: string | undefined;
  readonly nowMs: number;
}

/** Asks for a proof of work: more of those whose neighbours ask for much. */
export function createProofOfWork(deps: WorkDeps): ProofOfWork {
  const { work, metrics, limits } = deps;
  const calm = Math.max(1, limits.requestsPerMinute * CALM_DAY_SHARE);
  const loadsOf = (address: string, domain: string | undefined): WorkLoads => ({
    network: deps.pseudonyms.of('block', networkOf(address)),
    ...(domain === undefined ? {} : { domain: deps.pseudonyms.of('domain', domain) }),
    calm,
  });
  const refuse = (outcome: WorkFault) => {
    metrics.workChecks.inc({ outcome });
    return new DomainError(`work_${outcome}`, detailOf(outcome), WORK_HEADER);
  };
  return {
    async tries({ prefecture, address, domain, nowMs }) {
      if (work.tries === 0) return 0;
      const named = domain === undefined ? undefined : mailDomainOf(domain);
      const loads = loadsOf(address, named);
      const names = [loads.network, ...(loads.domain === undefined ? [] : [loads.domain])];
      const block = addressBlock(address);
      const wide = wideBlock(block);
      const [joined, asked, askedWide] = await Promise.all([
        deps.counts.readLoad(prefecture, names, nowMs),
        askedOf(deps, block, nowMs),
        wide === undefined ? 0 : askedOf(deps, wide, nowMs),
      ]);
      const load = Math.max(asked, askedWide / BLOCKS_PER_WIDE_BLOCK);
      const burst = workFactor(load, limits.requestsPerMinute * CALM_SHARE);
      return work.tries * Math.max(burst, dayFactor(joined, calm));
    },
    loads(address, email) {
      if (work.tries === 0) return undefined;
      return loadsOf(address, email === undefined ? undefined : mailDomainOf(email));
    },
    check(solution, context) {
      if (work.tries === 0) return undefined;
      if (solution === '') throw refuse('missing');
      const checked = work.desk.check(context, solution);
      if (checked.outcome !== 'valid') throw refuse(checked.outcome);
      metrics.workChecks.inc({ outcome: 'valid' });
      const { id, ttlSeconds, tries } = checked;
      return { id, ttlSeconds, effort: tries / work.tries };
    },
    spent: () => refuse('spent'),
    light: () => refuse('light'),
  };
}

/** Why, and what else there is for people whose device cannot do it, in every language. */
function detailOf(outcome: WorkFault): string {
  const said = languages.map((language) => {
    const text = textsOf('workRefusals', language);
    return `${text(outcome)} ${text('otherWays')}`;
  });
  return said.join(' / ');
}

async function askedOf(deps: WorkDeps, block: string, nowMs: number): Promise<number> {
  const counted = {
    name: `work:${deps.pseudonyms.of('block', block)}`,
    windowSeconds: WINDOW_SECONDS,
    keepSeconds: 2 * WINDOW_SECONDS,
    nowMs,
  };
  const windowMs = WINDOW_SECONDS * 1000;
  const [current, previous] = await Promise.all([
    deps.counts.add(counted, 1),
    deps.counts.read({ ...counted, nowMs: nowMs - windowMs }),
  ]);
  return recentlyAsked({ current, previous, elapsed: (nowMs % windowMs) / windowMs });
}
