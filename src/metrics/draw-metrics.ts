import type { Registry } from 'prom-client';
import { counter, gauge, histogram, plainCounter, plainGauge } from './labelled.ts';

const MOST_RELAYS = 20;
/** A test holds them to the steps of draws. */
const STEPS = [
  'close',
  'return-places',
  'count-misses',
  'partings',
  'freeze',
  'snapshot',
  'manifest',
  'allocate',
  'seal',
  'offers',
  'publish',
  'unwind',
  'reminders',
  'expiries',
  'closures',
  'refills',
  'dispatch',
] as const;

/** What tells of draws. */
export function drawMetrics(registers: Registry[]) {
  return {
    draws: counter({
      name: 'tirage_draws_total',
      help: 'Draws that came to an end, by outcome.',
      labels: { outcome: ['published', 'void', 'superseded', 'skipped'] },
      registers,
    }),
    drawDuration: histogram({
      name: 'tirage_draw_step_duration_seconds',
      help: 'Time that one step of a draw took.',
      labels: { step: STEPS },
      buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120],
      registers,
    }),
    drawEntries: counter({
      name: 'tirage_draw_entries_total',
      help: 'Entries that took part in draws, by request type.',
      labels: { request_type: 'bounded' },
      registers,
    }),
    drawPlaces: plainCounter({
      name: 'tirage_draw_places_total',
      help: 'Places that draws had to give.',
      registers,
    }),
    drawLeftOut: plainCounter({
      name: 'tirage_draw_left_out_places_total',
      help: 'Places of slots that stayed out of draws, their site serving none of their request types.',
      registers,
    }),
    drawUnfilled: plainCounter({
      name: 'tirage_draw_unfilled_places_total',
      help: 'Places that draws could not give to anyone.',
      registers,
    }),
    clockOffset: plainGauge({
      name: 'tirage_clock_offset_seconds',
      help: 'By how much the clock of this process is ahead of that of Redis; negative: behind.',
      registers,
    }),
    entropyWait: gauge({
      name: 'tirage_entropy_wait_seconds',
      help: 'How long a frozen draw has waited for randomness that ought to be known.',
      labels: { prefecture: 'bounded' },
      registers,
    }),
    relayFailures: counter({
      name: 'tirage_relay_failures_total',
      help: 'Answers of drand relays that were passed over, by host and reason.',
      labels: {
        relay: { atMost: MOST_RELAYS },
        reason: [
          'unreachable',
          'timeout',
          'status',
          'too_large',
          'malformed',
          'other_round',
          'unverified',
        ],
      },
      registers,
    }),
    chance: gauge({
      name: 'tirage_draw_chance_ratio',
      help: 'Entries drawn / entries waiting in the latest draw, by request type.',
      labels: { prefecture: 'bounded', request_type: 'bounded' },
      registers,
    }),
  };
}
