/** A record to be read: its bytes as they come, and how many, where that is known. */
export interface Source {
  readonly name: string;
  readonly bytes: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** In bytes as they come, packed or not. */
  readonly size: number | undefined;
}

/** Why there is nothing to read: a status of HTTP. */
export class SourceRefused extends Error {
  readonly status: number;

  /** `detail`: what the service says about it (RFC 9457). */
  constructor(status: number, detail?: string) {
    super(detail === undefined ? `HTTP ${status}` : `HTTP ${status}: ${detail}`);
    this.name = 'SourceRefused';
    this.status = status;
  }
}

const recordPath = /^\/v1\/prefectures\/[\w.~-]{1,64}\/draws\/[\w.~-]{1,64}\/record$/;

/** The record that the page's address names after `#`: a path of this very service, or nothing. */
export function recordPathOf(hash: string): string | undefined {
  const path = hash.slice(1);
  return recordPath.test(path) ? path : undefined;
}

/** The record of a draw of this service. @throws SourceRefused; TypeError when nothing answers. */
export async function fetchRecord(path: string, signal: AbortSignal): Promise<Source> {
  const response = await fetch(path, { signal, credentials: 'omit' });
  if (!response.ok || !response.body) {
    throw new SourceRefused(response.status, await detailOf(response));
  }
  // Content-Length is of the packed bytes, and these are not.
  return { name: path, bytes: response.body, size: undefined };
}

async function detailOf(response: Response): Promise<string | undefined> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) {
    return undefined;
  }
  const { detail }: { detail?: unknown } = await response.json().catch(() => ({}));
  return typeof detail === 'string' ? detail : undefined;
}

/** A file that somebody chose. */
export function fileSource(file: File): Source {
  return { name: file.name, bytes: file.stream(), size: file.size };
}

/**
 * The bytes of a record, unpacked where they begin as gzip does. `onRead` is told of every chunk of
 * bytes as they came.
 */
export async function unpack(
  bytes: Source['bytes'],
  onRead: (bytes: number) => void,
): Promise<Source['bytes']> {
  const reader = bytes.getReader();
  const first = await reader.read();
  const head = first.value ?? new Uint8Array();
  const counted = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      onRead(head.length);
      controller.enqueue(head);
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      onRead(value.length);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  return isGzip ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
}
