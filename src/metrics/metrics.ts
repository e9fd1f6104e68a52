import { collectDefaultMetrics, Registry } from 'prom-client';
import { boundedLabel } from './bounded-label.ts';
import { drawMetrics } from './draw-metrics.ts';
import { JOIN_OUTCOMES } from './join-outcomes.ts';
import { counter, gauge, histogram, plainCounter, plainGauge } from './labelled.ts';
import { messageMetrics, retentionMetrics } from './message-metrics.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** Most prefectures, and most request types, that get a label of their own. */
const MOST_LABELS = 100;
/** More than there are routes and pages. */
const MOST_ROUTES = 500;
const MOST_WITNESSES = 20;

/**
 * Builds every metric on its own registry, so tests never share counts. Labels come from closed
 * unions, which their types are, or are bounded: by `requestType` and `prefecture`, or by the metric.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    /** Label of a configured request type. Hand in only ids that a prefecture has. */
    requestType: boundedLabel(MOST_LABELS),
    /** Label of an existing prefecture. */
    prefecture: boundedLabel(MOST_LABELS),
    ...requestMetrics(registers),
    ...drawMetrics(registers),
    ...offerMetrics(registers),
    ...messageMetrics(registers),
    ...registerMetrics(registers),
    ...retentionMetrics(registers),
  };
}

function requestMetrics(registers: Registry[]) {
  return {
    joins: counter({
      name: 'tirage_joins_total',
      help: 'Requests to join a waitlist, by outcome and request type.',
      labels: { outcome: JOIN_OUTCOMES, request_type: 'bounded' },
      registers,
    }),
    /** Entries that joined together with a set for an agent to look at. */
    flags: counter({
      name: 'tirage_flagged_sets_total',
      help: 'Sets of entries that may be one person, by outcome: raised, or how they were settled.',
      labels: {
        outcome: ['raised', 'same_person', 'different_people', 'document_good', 'document_bad'],
      },
      registers,
    }),
    registryChecks: counter({
      name: 'tirage_registry_checks_total',
      help: 'Questions to the registry of AGDREF numbers, by answer.',
      labels: { outcome: ['known', 'unknown', 'unavailable'] },
      registers,
    }),
    verifications: counter({
      name: 'tirage_verifications_total',
      help: 'Verification codes handed in, by outcome.',
      labels: { outcome: ['verified', 'code_wrong', 'code_expired', 'settled'] },
      registers,
    }),
    /** Route is the pattern, never the path. Status is the class: 2xx, 3xx, 4xx, 5xx. */
    requestDuration: histogram({
      name: 'tirage_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer.',
      labels: {
        method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'],
        route: { atMost: MOST_ROUTES },
        status: ['1xx', '2xx', '3xx', '4xx', '5xx'],
      },
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
      registers,
    }),
    auditOutcomesLost: plainCounter({
      name: 'tirage_audit_outcomes_lost_total',
      help: 'Outcomes of what agents did that could not be written to the audit log.',
      registers,
    }),
    requestsRefused: plainCounter({
      name: 'tirage_requests_limited_total',
      help: 'Requests refused because there were too many.',
      registers,
    }),
    workChecks: counter({
      name: 'tirage_work_checks_total',
      help: 'Proofs of work handed in, or missing, by outcome.',
      labels: { outcome: ['valid', 'missing', 'invalid', 'expired', 'spent', 'light'] },
      registers,
    }),
    limitsUnshared: plainGauge({
      name: 'tirage_limits_unshared',
      help: 'Counts of limits that this process kept for itself because Redis did not answer.',
      registers,
    }),
  };
}

function offerMetrics(registers: Registry[]) {
  return {
    offers: counter({
      name: 'tirage_offers_total',
      help: 'Offers by what became of them.',
      labels: {
        outcome: ['opened', 'accepted', 'declined', 'expired', 'revoked', 'cancelled', 'undone'],
      },
      registers,
    }),
    refills: counter({
      name: 'tirage_refills_total',
      help: 'Places that a draw could not give or got back, by where they went next.',
      labels: { outcome: ['refilled', 'later_draw'] },
      registers,
    }),
    impediments: counter({
      name: 'tirage_impediments_total',
      help: 'What people said that kept them from coming.',
      labels: { impediment: ['health', 'work', 'school', 'family', 'transport', 'other'] },
      registers,
    }),
    attendance: counter({
      name: 'tirage_attendance_total',
      help: 'Appointments by whether the person came.',
      labels: { outcome: ['attended', 'unchecked', 'no_show', 'refused'] },
      registers,
    }),
  };
}

function registerMetrics(registers: Registry[]) {
  return {
    registerHeads: plainCounter({
      name: 'tirage_register_heads_total',
      help: 'Heads of public registers that were signed.',
      registers,
    }),
    /** Anything but zero is an alert. */
    registerRefusals: counter({
      name: 'tirage_register_refusals_total',
      help: 'Heads that were not signed because the stored register does not fit the last one.',
      labels: { reason: ['leaves_missing', 'origin_differs', 'root_differs', 'tile_differs'] },
      registers,
    }),
    /** The witness is one of at most twenty that are configured. */
    witnessLag: gauge({
      name: 'tirage_witness_lag_leaves',
      help: 'Signed leaves that a witness has not taken yet.',
      labels: { prefecture: 'bounded', witness: { atMost: MOST_WITNESSES } },
      registers,
    }),
    witnessPushes: counter({
      name: 'tirage_witness_pushes_total',
      help: 'Heads sent to witnesses, by outcome.',
      labels: { outcome: ['accepted', 'refused', 'failed'] },
      registers,
    }),
  };
}
