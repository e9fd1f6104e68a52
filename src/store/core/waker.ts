import { type Queues, type WakeName, wake } from './queues.ts';

/** Tells workers that a prefecture has something to do, without making a request wait for it. */
export interface Waker {
  /** Wakes soon; calls within the next moment are one. Never throws: the sweep finds it anyway. */
  soon(name: WakeName, prefecture: string): void;
  /** Sends what is still to be sent. */
  close(): Promise<void>;
}

/** Long enough to gather a burst of joins, short enough for nobody to notice. */
const GATHER_MS = 25;

interface WakerDeps {
  readonly queues: Pick<Queues, WakeName>;
  readonly onError: (error: unknown) => void;
}

/** Makes a waker. Close it after the server and before the queues. */
export function createWaker({ queues, onError }: WakerDeps): Waker {
  const timers = new Map<string, { readonly timer: NodeJS.Timeout; readonly send: () => void }>();
  const sending = new Set<Promise<void>>();

  const send = async (name: WakeName, prefecture: string) => {
    await wake(queues, name, prefecture).catch(onError);
  };

  return {
    soon(name, prefecture) {
      const key = `${name} ${prefecture}`;
      if (timers.has(key)) return;
      const start = () => {
        timers.delete(key);
        const sent = send(name, prefecture).then(() => {
          sending.delete(sent);
        });
        sending.add(sent);
      };
      timers.set(key, { timer: setTimeout(start, GATHER_MS), send: start });
    },
    async close() {
      for (const { timer, send: now } of [...timers.values()]) {
        clearTimeout(timer);
        now();
      }
      await Promise.all(sending);
    },
  };
}
