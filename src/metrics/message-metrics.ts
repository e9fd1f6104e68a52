import { Counter, Gauge, type Registry } from 'prom-client';

/** What is erased because its time is over. */
export function retentionMetrics(registers: Registry[]) {
  return {
    /** unverified, ended, dropped, dead_letter, file, flagged_set. */
    retention: new Counter({
      name: 'tirage_retention_total',
      help: 'What was erased because it is kept no longer, by what it was.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    retentionPass: new Gauge({
      name: 'tirage_retention_pass_timestamp_seconds',
      help: 'When the last pass over all entries of a prefecture ended.',
      labelNames: ['prefecture'] as const,
      registers,
    }),
  };
}

/** Messages on their way to people, letters among them. */
export function messageMetrics(registers: Registry[]) {
  return {
    /** Channel email, sms, webhook or none; outcome sent, retried, dead, bounced, skipped. */
    notifications: new Counter({
      name: 'tirage_notifications_total',
      help: 'Messages to people, by channel, kind and outcome.',
      labelNames: ['channel', 'kind', 'outcome'] as const,
      registers,
    }),
    lettersWaiting: new Gauge({
      name: 'tirage_letters_waiting',
      help: 'Letters that wait to be printed and posted.',
      labelNames: ['prefecture'] as const,
      registers,
    }),
    queueJobs: new Gauge({
      name: 'tirage_queue_jobs',
      help: 'Jobs in a queue, by state, when these metrics were read.',
      labelNames: ['queue', 'state'] as const,
      registers,
    }),
  };
}
