import { z } from 'zod';
import {
  bounceMessage as bounce,
  replayMessage as replay,
} from '../../usecases/messages/undelivered.ts';
import { route } from '../http/route.ts';
import { instantOrNull, MessageId } from '../http/schemas.ts';
import { Bounced, DeadLetterList } from './schemas.ts';
import { deadLetterView } from './view.ts';

// Messages that did not reach their person.

const tag = 'Messages';
const messageParams = z.strictObject({ messageId: MessageId });

export const listMessages = route({
  id: 'listMessages',
  get: '/messages',
  tag,
  summary: 'Messages that could not be delivered',
  access: { agent: 'readMessages', audit: 'none' },
  query: z.strictObject({
    state: z.literal('dead').default('dead'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  answers: { 200: { description: 'The latest first.', schema: DeadLetterList } },
  async run({ prefecture, query: { limit } }, { store }) {
    const letters = await store.messages.deadLetters(prefecture.id, { limit });
    return { status: 200, body: { messages: letters.map(deadLetterView) } };
  },
});

export const replayMessage = route({
  id: 'replayMessage',
  post: '/messages/{messageId}/replay',
  tag,
  summary: 'Try to deliver a message once more',
  access: { agent: 'settleMessages' },
  params: messageParams,
  answers: { 202: { description: 'The message is due again.' } },
  refusals: ['message_not_found'],
  async run({ prefecture, params: { messageId }, agent }, deps) {
    await replay(deps, prefecture.id, messageId, agent());
    return { status: 202 };
  },
});

export const bounceMessage = route({
  id: 'bounceMessage',
  post: '/messages/{messageId}/bounce',
  tag,
  summary: 'Report that a message came back',
  description: 'For the mail system. The deadline of an open offer is extended, once in its life.',
  access: { agent: 'settleMessages' },
  params: messageParams,
  answers: { 200: { description: 'What changed.', schema: Bounced } },
  refusals: ['message_not_found'],
  async run({ prefecture, params: { messageId: id }, nowMs }, deps) {
    const { before, after } = (await bounce(deps, prefecture, id, nowMs)) ?? {};
    const extended = after?.deadlineMs !== before?.deadlineMs;
    return { status: 200, body: { id, extended, deadline: instantOrNull(after?.deadlineMs) } };
  },
});
