import { z } from 'zod';
import type { Language } from '../../base/languages.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Client } from '../../usecases/abuse/signals.ts';
import type { RouteDeps } from './deps.ts';
import type { Cache } from './route.ts';

/** What counts against whoever asks: reading costs little. `none`: nothing is looked up. */
export type PageBudget = 'read' | 'change' | 'none';

/** Where a page of a prefecture lies. */
export const PAGES = '/p/{prefecture}';

/** A request for a page: known prefecture, and a language that there is. */
export interface PageCall<Path extends string, Params, Query, Fields> {
  readonly prefecture: Path extends `${typeof PAGES}${string}` ? Prefecture : undefined;
  readonly params: Params;
  readonly query: Query;
  /** The form that was sent. Undefined: none was, or it does not fit. */
  readonly fields: Fields | undefined;
  /** The file that was sent, or the text where there is none. Undefined: the page takes none. */
  readonly upload: Uint8Array | undefined;
  readonly lang: Language;
  readonly nowMs: number;
  readonly client: Client;
  /** What stopped the request, where `keepsForm` says that the page tells it. */
  readonly stopped: unknown;
}

/** What a page answers: a page, or a file to be kept by its reader alone. */
export type PageReply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** Done once the answer is out. Must not throw. */
  readonly afterwards?: () => Promise<void>;
} & (
  | {
      readonly html: string;
      /** What the page may load, where that is more than its style. */
      readonly policy?: string | undefined;
      /** Left out: it is about a person, so nobody keeps, lists or follows it. */
      readonly cache?: Cache;
    }
  | { readonly pdf: Uint8Array }
);

/** A page with what it does. The kit limits, reads, calls and answers; refusals become pages. */
export interface Page {
  readonly id: string;
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it: `/p/{prefecture}/join`. */
  readonly path: string;
  /** Whether an address with a slash at its end is another one. */
  readonly isStrict: boolean;
  readonly budget: (query: Readonly<Record<string, unknown>>) => PageBudget;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly fields: z.ZodObject | undefined;
  readonly hasWork: boolean;
  readonly mostFileBytes: number | undefined;
  readonly keepsForm: boolean;
  run(call: PageCall<string, unknown, unknown, unknown>, deps: RouteDeps): Promise<PageReply>;
}

type Declaration<
  Path extends string,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Fields extends z.ZodObject,
> = {
  readonly id: string;
  readonly budget: PageBudget | ((query: z.output<Query>) => PageBudget);
  readonly isStrict?: true;
  /** Where they do not fit there is no such page. */
  readonly params?: Params;
  readonly query?: Query;
  readonly fields?: Fields;
  /** The form brings a proof of work along: it may be four times as long. */
  readonly hasWork?: true;
  /** The form brings one file, of at most so many bytes. */
  readonly mostFileBytes?: number;
  /** Who is stopped gets the form back as well: nothing that was typed may be lost. */
  readonly keepsForm?: true;
  readonly run: (
    call: PageCall<Path, z.output<Params>, z.output<Query>, z.output<Fields>>,
    deps: RouteDeps,
  ) => Promise<PageReply>;
} & (
  | { readonly get: Path; readonly post?: undefined }
  | { readonly post: Path; readonly get?: undefined }
);

type Nothing = Record<never, never>;

/**
 * Declares one page with its handler. Limits, prefecture, language, headers and refusals follow
 * from it.
 */
export function page<
  const Path extends string,
  Params extends z.ZodObject = z.ZodObject<Nothing>,
  Query extends z.ZodObject = z.ZodObject<Nothing>,
  Fields extends z.ZodObject = z.ZodObject<Nothing>,
>(declared: Declaration<Path, Params, Query, Fields>): Page {
  const { id, get, post, params, query, fields, budget, run } = declared;
  const path = get ?? post;
  if (path === undefined) throw new Error(`${id} has no path`);
  return {
    id,
    method: get === undefined ? 'post' : 'get',
    path,
    isStrict: declared.isStrict ?? false,
    // The kit calls these with what the declaration's own schemas made of the request.
    budget: (typeof budget === 'string' ? () => budget : budget) as Page['budget'],
    params: params ?? z.object({}),
    query: query ?? z.object({}),
    fields,
    hasWork: declared.hasWork ?? false,
    mostFileBytes: declared.mostFileBytes,
    keepsForm: declared.keepsForm ?? false,
    run: run as unknown as Page['run'],
  };
}
