import type { Registry } from 'prom-client';
import { counter, gauge } from './labelled.ts';

// Nothing of ours is imported here: a test holds these lists to those of messages and queues.

const KINDS = [
  'code',
  'welcome',
  'offer',
  'reminder',
  'booked',
  'expired',
  'revoked',
  'cancelled',
  'duplicate',
  'acted_for',
  'rejected',
  'link',
  'party',
  'absence',
  'absence_decided',
] as const;
const QUEUES = [
  'draws',
  'offers',
  'dispatch',
  'notifications',
  'register',
  'witnesses',
  'retention',
] as const;

/** What is erased because its time is over. */
export function retentionMetrics(registers: Registry[]) {
  return {
    retention: counter({
      name: 'tirage_retention_total',
      help: 'What was erased because it is kept no longer, by what it was.',
      labels: { outcome: ['unverified', 'ended', 'dropped', 'dead_letter', 'file', 'flagged_set'] },
      registers,
    }),
    retentionPass: gauge({
      name: 'tirage_retention_pass_timestamp_seconds',
      help: 'When the last pass over all entries of a prefecture ended.',
      labels: { prefecture: 'bounded' },
      registers,
    }),
  };
}

/** Messages on their way to people, letters among them. */
export function messageMetrics(registers: Registry[]) {
  return {
    notifications: counter({
      name: 'tirage_notifications_total',
      help: 'Messages to people, by channel, kind and outcome.',
      labels: {
        channel: ['email', 'sms', 'webhook', 'letter', 'none'],
        kind: KINDS,
        outcome: ['sent', 'retried', 'dead', 'bounced', 'skipped'],
      },
      registers,
    }),
    lettersWaiting: gauge({
      name: 'tirage_letters_waiting',
      help: 'Letters that wait to be printed and posted.',
      labels: { prefecture: 'bounded' },
      registers,
    }),
    queueJobs: gauge({
      name: 'tirage_queue_jobs',
      help: 'Jobs in a queue, by state, when these metrics were read.',
      labels: { queue: QUEUES, state: ['waiting', 'active', 'delayed', 'failed'] },
      registers,
    }),
  };
}
