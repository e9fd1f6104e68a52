import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { boundedLabel } from './bounded-label.ts';
import { messageMetrics, retentionMetrics } from './message-metrics.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** Most prefectures, and most request types, that get a label of their own. */
const MOST_LABELS = 100;

/**
 * Builds every metric on its own registry, so tests never share counts. Labels come from closed
 * unions, or go through `requestType` and `prefecture`, which bound them.
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
    /** joined, replayed, mismatch, duplicate, spent, crowded, exhausted; desk entries as others. */
    joins: new Counter({
      name: 'tirage_joins_total',
      help: 'Requests to join a waitlist, by outcome and request type.',
      labelNames: ['outcome', 'request_type'] as const,
      registers,
    }),
    /** Entries that joined together with a set for an agent to look at. */
    flags: new Counter({
      name: 'tirage_flagged_sets_total',
      help: 'Sets of entries that may be one person, by outcome: raised, or how they were settled.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    /** known, unknown, unavailable. */
    registryChecks: new Counter({
      name: 'tirage_registry_checks_total',
      help: 'Questions to the registry of AGDREF numbers, by answer.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    /** verified, code_wrong, code_expired. */
    verifications: new Counter({
      name: 'tirage_verifications_total',
      help: 'Verification codes handed in, by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    /** Route is the pattern, never the path. Status is the class: 2xx, 3xx, 4xx, 5xx. */
    requestDuration: new Histogram({
      name: 'tirage_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
      registers,
    }),
    auditOutcomesLost: new Counter({
      name: 'tirage_audit_outcomes_lost_total',
      help: 'Outcomes of what agents did that could not be written to the audit log.',
      registers,
    }),
    requestsRefused: new Counter({
      name: 'tirage_requests_limited_total',
      help: 'Requests refused because there were too many.',
      registers,
    }),
    /** valid, missing, invalid, expired, spent. */
    workChecks: new Counter({
      name: 'tirage_work_checks_total',
      help: 'Proofs of work handed in, or missing, by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    limitsUnshared: new Gauge({
      name: 'tirage_limits_unshared',
      help: 'Counts of limits that this process kept for itself because Redis did not answer.',
      registers,
    }),
  };
}

function drawMetrics(registers: Registry[]) {
  return {
    /** published, void. */
    draws: new Counter({
      name: 'tirage_draws_total',
      help: 'Draws that came to an end, by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    drawDuration: new Histogram({
      name: 'tirage_draw_step_duration_seconds',
      help: 'Time that one step of a draw took.',
      labelNames: ['step'] as const,
      buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120],
      registers,
    }),
    drawEntries: new Counter({
      name: 'tirage_draw_entries_total',
      help: 'Entries that took part in draws, by request type.',
      labelNames: ['request_type'] as const,
      registers,
    }),
    drawPlaces: new Counter({
      name: 'tirage_draw_places_total',
      help: 'Places that draws had to give.',
      registers,
    }),
    drawUnfilled: new Counter({
      name: 'tirage_draw_unfilled_places_total',
      help: 'Places that draws could not give to anyone.',
      registers,
    }),
    entropyWait: new Gauge({
      name: 'tirage_entropy_wait_seconds',
      help: 'How long a frozen draw has waited for randomness that ought to be known.',
      labelNames: ['prefecture'] as const,
      registers,
    }),
    /** unreachable, timeout, status, too_large, malformed, other_round, unverified. */
    relayFailures: new Counter({
      name: 'tirage_relay_failures_total',
      help: 'Answers of drand relays that were passed over, by host and reason.',
      labelNames: ['relay', 'reason'] as const,
      registers,
    }),
    chance: new Gauge({
      name: 'tirage_draw_chance_ratio',
      help: 'Entries drawn / entries waiting in the latest draw, by request type.',
      labelNames: ['prefecture', 'request_type'] as const,
      registers,
    }),
  };
}

function offerMetrics(registers: Registry[]) {
  return {
    /** opened, accepted, declined, expired, revoked, cancelled. */
    offers: new Counter({
      name: 'tirage_offers_total',
      help: 'Offers by what became of them.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    /** refilled, later_draw. */
    refills: new Counter({
      name: 'tirage_refills_total',
      help: 'Places that a draw could not give or got back, by where they went next.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    /** health, work, school, family, transport, other. */
    impediments: new Counter({
      name: 'tirage_impediments_total',
      help: 'What people said that kept them from coming.',
      labelNames: ['impediment'] as const,
      registers,
    }),
    /** attended, unchecked, no_show, refused. */
    attendance: new Counter({
      name: 'tirage_attendance_total',
      help: 'Appointments by whether the person came.',
      labelNames: ['outcome'] as const,
      registers,
    }),
  };
}

function registerMetrics(registers: Registry[]) {
  return {
    registerHeads: new Counter({
      name: 'tirage_register_heads_total',
      help: 'Heads of public registers that were signed.',
      registers,
    }),
    /** leaves_missing, root_differs, tile_differs. Anything but zero is an alert. */
    registerRefusals: new Counter({
      name: 'tirage_register_refusals_total',
      help: 'Heads that were not signed because the stored register does not fit the last one.',
      labelNames: ['reason'] as const,
      registers,
    }),
    /** The witness is one of at most twenty that are configured. */
    witnessLag: new Gauge({
      name: 'tirage_witness_lag_leaves',
      help: 'Signed leaves that a witness has not taken yet.',
      labelNames: ['prefecture', 'witness'] as const,
      registers,
    }),
    /** accepted, refused, failed. */
    witnessPushes: new Counter({
      name: 'tirage_witness_pushes_total',
      help: 'Heads sent to witnesses, by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
  };
}
