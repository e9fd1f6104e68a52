import type { ApiDeps } from '#src/api/http/deps.ts';
import type { Channel, OutgoingMessage } from '#src/notifications/channels/channel.ts';
import { createLetterChannel } from '#src/notifications/render/letter.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { deliver as sendMessage } from '#src/usecases/messages/deliver.ts';
import { createLetterKeeper } from '#src/usecases/messages/letter-keeper.ts';

/** Sends what is due in a prefecture, as a worker does: letters to their batch, the rest to `sent`. */
export async function deliverDue(
  deps: ApiDeps,
  prefecture: string,
  sent: OutgoingMessage[],
): Promise<void> {
  const { store, vault, tokens, logger, metrics, clock } = deps;
  const open = (name: 'email' | 'sms', member: 'email' | 'phone'): Channel => ({
    name,
    accepts: (to) => to[member] !== undefined,
    send: async (message) => void sent.push(message),
    close: async () => {},
  });
  const channels = [
    open('email', 'email'),
    open('sms', 'phone'),
    createLetterChannel(createLetterKeeper({ store, vault, clock })),
  ];
  const renderer = createRenderer({ organizerEmail: 'rdv@example.org' });
  const due = await store.messages.due(prefecture, 1000);
  for (const message of due) {
    await sendMessage(
      {
        ...{ store, vault, tokens, logger, metrics, clock, channels, renderer },
        publicUrl: 'https://rdv.example.org',
        readPrefecture: (id) => store.prefectures.get(id),
      },
      { prefecture, message, attempt: 1, lastAttempt: 1 },
    );
  }
  await store.messages.done(prefecture, due);
}
