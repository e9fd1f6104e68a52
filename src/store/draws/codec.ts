import { z } from 'zod';
import {
  ALGORITHMS,
  type EntropySource,
  type Manifest,
  type PlannedEntropy,
  type Quota,
  type Rules,
} from '../../allocator/types.ts';
import type { DrawRecord, DrawStatistics, RequestTypeStatistics } from '../../domain/draws/draw.ts';
import { DRAW_STATES, SKIP_REASONS } from '../../domain/draws/state.ts';
import { Identifier } from '../../domain/values.ts';

const Whole = z.int().min(0);
const Hex256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * An object whose keys are identifiers. Unlike `z.record` it hands back the very object it was
 * given: `__proto__` is an identifier like others, and a rebuilt manifest must hash the same.
 */
function byIdentifier<Value>(schema: z.ZodType<Value>) {
  return z.custom<Record<string, Value>>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((item) => schema.safeParse(item).success),
    'must be an object of valid members',
  );
}

const QuotaText: z.ZodType<Quota> = z.strictObject({
  min: Whole.exactOptional(),
  max: Whole.exactOptional(),
});

const RulesText: z.ZodType<Rules> = z.strictObject({
  quotas: byIdentifier(QuotaText).exactOptional(),
  priorityMax: Whole.exactOptional(),
  ageing: z
    .strictObject({
      ticketsPerMiss: Whole.exactOptional(),
      maxTickets: Whole.exactOptional(),
      guaranteeAfter: Whole.exactOptional(),
      guaranteeRest: Whole.exactOptional(),
    })
    .exactOptional(),
});

const EntropyText: z.ZodType<EntropySource> = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('drand'), chain: Hex256, round: Whole }),
  z.strictObject({ source: z.literal('operator'), commitment: Hex256 }),
]);

const PlannedEntropyText: z.ZodType<PlannedEntropy> = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('drand'), chain: Hex256 }),
  z.strictObject({ source: z.literal('operator'), commitment: Hex256 }),
]);

const RootText = z.strictObject({ count: Whole, root: Hex256 });

const ManifestText: z.ZodType<Manifest> = z.strictObject({
  algorithm: z.enum(ALGORITHMS),
  draw: Identifier,
  prefecture: Identifier,
  frozenAt: z.string(),
  rules: RulesText,
  entries: RootText,
  slots: RootText,
  entropy: EntropyText,
});

const RequestTypeStatisticsText: z.ZodType<RequestTypeStatistics> = z.strictObject({
  waiting: Whole,
  places: Whole,
  drawn: Whole,
  medianWaitDraws: z.number().min(0).nullable(),
});

const StatisticsText: z.ZodType<DrawStatistics> = z.strictObject({
  entries: Whole,
  places: Whole,
  drawn: Whole,
  requestTypes: byIdentifier(RequestTypeStatisticsText),
});

const DrawText: z.ZodType<DrawRecord> = z.strictObject({
  id: Identifier,
  state: z.enum(DRAW_STATES),
  requestTypes: z.array(Identifier).min(1).exactOptional(),
  ended: z.array(Identifier).exactOptional(),
  atMs: Whole,
  schedule: z.string().exactOptional(),
  scheduledAtMs: Whole,
  agent: z.string().exactOptional(),
  entropy: PlannedEntropyText,
  replaces: Identifier.exactOptional(),
  repeatedBy: Identifier.exactOptional(),
  afterVoid: z.array(Identifier).min(1).exactOptional(),
  sealedSecret: z.string().exactOptional(),
  number: z.int().min(1).exactOptional(),
  frozenAtMs: Whole.exactOptional(),
  manifest: ManifestText.exactOptional(),
  manifestHash: Hex256.exactOptional(),
  seed: Hex256.exactOptional(),
  outcomeHash: Hex256.exactOptional(),
  statistics: StatisticsText.exactOptional(),
  drawnAtMs: Whole.exactOptional(),
  publishedAtMs: Whole.exactOptional(),
  closedAtMs: Whole.exactOptional(),
  superseded: z
    .strictObject({ atMs: Whole, reason: z.string(), agent: z.string() })
    .exactOptional(),
  skipped: z.strictObject({ atMs: Whole, reason: z.enum(SKIP_REASONS) }).exactOptional(),
  voided: z.strictObject({ atMs: Whole, reason: z.string(), agent: z.string() }).exactOptional(),
});

/**
 * The text of a draw as stored. What a script compares stands beside it: its state, the draw that
 * repeats it, the request types that have ended.
 */
export function encodeDraw(draw: DrawRecord): string {
  const { state: _state, repeatedBy: _by, ended: _ended, ...rest } = draw;
  return JSON.stringify(rest);
}

/** The fields of a draw's hash, in the order that `decodeDraw` takes them. */
export const DRAW_FIELDS = ['state', 'json', 'repeated_by', 'ended'] as const;

/** The draw that the fields of its hash stand for. Anything unexpected in the store is a bug. */
export function decodeDraw(
  state: string,
  json: string,
  repeatedBy?: string | null,
  ended?: string | null,
): DrawRecord {
  return DrawText.parse({
    ...JSON.parse(json),
    state,
    ...(repeatedBy ? { repeatedBy } : {}),
    ...(ended ? { ended: decodeTypes(ended) } : {}),
  });
}

/** Request types in one text, spaces between; '' for none. Pure. */
export function encodeTypes(requestTypes: readonly string[] = []): string {
  return requestTypes.join(' ');
}

/** Reads what `encodeTypes` wrote. Pure. */
export function decodeTypes(text: string | null): string[] {
  return (text ?? '').split(' ').filter((requestType) => requestType !== '');
}
