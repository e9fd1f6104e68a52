import type { Config } from './config/config.ts';
import type { Channel } from './notifications/channels/channel.ts';
import { createEmailChannel } from './notifications/channels/email.ts';
import { createSignedPost } from './notifications/channels/signed-post.ts';
import { createSmsChannel } from './notifications/channels/sms.ts';
import { createWebhookChannel } from './notifications/channels/webhook.ts';
import { createLetterChannel, type LetterOptions } from './notifications/render/letter.ts';
import { createWitnesses, type Witness } from './usecases/register/witnesses.ts';

/** Those outside who are sent each new head of a register; none without a secret to sign with. */
export function openWitnesses(
  { webhookSecret, witnessUrls }: Config,
  clock: () => number,
): Witness[] {
  if (webhookSecret === undefined) return [];
  return createWitnesses(witnessUrls, createSignedPost({ secret: webhookSecret, clock }));
}

/** The ways in which messages reach people, as far as they are configured. */
export function createChannels(
  config: Config,
  clock: () => number,
  letters: LetterOptions,
): Channel[] {
  return [
    createEmailChannel({ url: config.smtpUrl, from: config.mailFrom }),
    ...(config.sms ? [createSmsChannel(config.sms)] : []),
    ...(config.webhookSecret === undefined
      ? []
      : [createWebhookChannel({ secret: config.webhookSecret, clock })]),
    createLetterChannel(letters),
  ];
}
