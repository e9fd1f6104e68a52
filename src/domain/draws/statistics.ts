import type { DrawRecord, DrawStatistics, RequestTypeStatistics } from './draw.ts';

/** What a draw did for one request type, if it knew it. Pure. */
export function typeStatistics(
  draw: DrawRecord | undefined,
  requestType: string,
): RequestTypeStatistics | undefined {
  const rows = draw?.statistics?.requestTypes;
  return rows && Object.hasOwn(rows, requestType) ? rows[requestType] : undefined;
}

/**
 * The figures of a draw without the request types that it is not for: its slots may serve them too.
 * Pure.
 */
export function ownStatistics(
  { requestTypes }: Pick<DrawRecord, 'requestTypes'>,
  statistics: DrawStatistics,
): DrawStatistics {
  if (!requestTypes) return statistics;
  const rows = Object.entries(statistics.requestTypes);
  const own = rows.filter(([requestType]) => requestTypes.includes(requestType));
  return { ...statistics, requestTypes: Object.fromEntries(own) };
}
