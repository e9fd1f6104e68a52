import type { Answer, Finding, Request } from './finding.ts';
import { type Source, unpack } from './source.ts';

/** How far a check has come. */
export interface Progress {
  /** Bytes as they came, packed or not. */
  readonly bytes: number;
  readonly lines: number;
  /** Whether everything is read: what remains is the draw itself. */
  readonly isRead: boolean;
}

interface Options {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** How many chunks may wait in the worker: it is never idle, and never buried. */
const mostWaiting = 4;

/**
 * Checks one record in a worker of its own, which is gone when this ends.
 *
 * @throws the signal's reason when cancelled; Error when it cannot be read, or the worker fails,
 * for want of memory for example.
 */
export async function checkRecord(
  worker: Worker,
  source: Source,
  options: Options,
): Promise<Finding> {
  const { signal } = options;
  const cancelled = new Promise<never>((_resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([converse(worker, source, options), cancelled]);
  } finally {
    worker.terminate();
    // Already read to its end, or of no more use: a failure changes nothing.
    if (!source.bytes.locked) source.bytes.cancel().catch(() => {});
  }
}

async function converse(worker: Worker, source: Source, options: Options): Promise<Finding> {
  const counts = { bytes: 0, lines: 0, isRead: false };
  let waiting = 0;
  let wake = () => {};
  let isSettled = false;
  const found = new Promise<Finding>((resolve, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'found') resolve(data.finding);
      else counts.lines = data.lines;
      waiting -= 1;
      wake();
      options.onProgress(counts);
    });
  });
  const settle = () => {
    isSettled = true;
    wake();
  };
  found.then(settle, settle);
  const post = (request: Request, transfer: Transferable[] = []) => {
    waiting += 1;
    worker.postMessage(request, transfer);
  };

  const reader = (await unpack(source.bytes, (bytes) => (counts.bytes += bytes))).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      post(next.value, [next.value.buffer]);
      while (waiting >= mostWaiting && !isSettled) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      options.signal.throwIfAborted();
      if (isSettled) return await found;
    }
  } finally {
    // Whoever sends may stop; that it had more to say is no failure.
    reader.cancel().catch(() => {});
  }
  counts.isRead = true;
  options.onProgress(counts);
  post('end');
  return await found;
}
