/** Speaks to the service as its users do: over HTTP, by the public API. */
export interface Client {
  /**
   * Sends one request and returns the parsed answer.
   *
   * @throws Error naming route, status and problem code unless the status is 2xx or in `allow`.
   */
  request<T>(method: string, path: string, options?: RequestOptions): Promise<Reply<T>>;
  /** Whether no job waits or runs, as `/metrics` tells. */
  isIdle(): Promise<boolean>;
}

export interface RequestOptions {
  readonly token?: string;
  readonly json?: unknown;
  readonly csv?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly allow?: readonly number[];
}

export interface Reply<T> {
  readonly status: number;
  readonly body: T;
}

/** What sends a request: `fetch`, or one that also measures. */
export type Send = (url: string, init?: RequestInit) => Promise<Response>;

/** A client of one prefecture's part of the API. `origin` is `http://host:port`. */
export function createClient(origin: string, prefecture: string, send: Send = fetch): Client {
  return {
    async request<T>(method: string, path: string, options: RequestOptions = {}) {
      const { token, json, csv, headers = {}, allow = [] } = options;
      const response = await send(`${origin}/v1/prefectures/${prefecture}${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          // Agents say why; of applicants nobody asks it, and nobody reads it.
          'audit-reason': 'demo',
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(csv === undefined ? {} : { 'content-type': 'text/csv' }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(csv === undefined ? {} : { body: csv }),
      });
      const text = await response.text();
      if (!response.ok && !allow.includes(response.status)) {
        throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
      }
      // The demo reads answers of its own service, whose shapes the API's tests hold fast.
      return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
    },
    async isIdle() {
      const metrics = await (await send(`${origin}/metrics`)).text();
      const jobs = /^tirage_queue_jobs\{queue="\w+",state="(?:waiting|active)"\} (\d+)$/gm;
      return [...metrics.matchAll(jobs)].every(([, count]) => count === '0');
    },
  };
}
