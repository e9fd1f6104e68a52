import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { MessageId } from '../http/schemas.ts';
import { Bounced, DeadLetterList } from './schemas.ts';

const tag = 'Messages';

const messageParams = z.strictObject({ messageId: MessageId });

export const listMessages = operation({
  id: 'listMessages',
  method: 'get',
  path: '/messages',
  tag,
  summary: 'Messages that could not be delivered',
  access: { agent: 'readMessages', audit: 'none' },
  query: z.strictObject({
    state: z.literal('dead').default('dead'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  answers: { 200: { description: 'The latest first.', schema: DeadLetterList } },
});

export const replayMessage = operation({
  id: 'replayMessage',
  method: 'post',
  path: '/messages/{messageId}/replay',
  tag,
  summary: 'Try to deliver a message once more',
  access: { agent: 'settleMessages' },
  params: messageParams,
  answers: { 202: { description: 'The message is due again.' } },
  refusals: ['message_not_found'],
});

export const bounceMessage = operation({
  id: 'bounceMessage',
  method: 'post',
  path: '/messages/{messageId}/bounce',
  tag,
  summary: 'Report that a message came back',
  description: 'For the mail system. The deadline of an open offer is extended, once in its life.',
  access: { agent: 'settleMessages' },
  params: messageParams,
  answers: { 200: { description: 'What changed.', schema: Bounced } },
  refusals: ['message_not_found'],
});
