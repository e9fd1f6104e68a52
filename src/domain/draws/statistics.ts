import type { DrawRecord, RequestTypeStatistics } from './draw.ts';

/** What a draw did for one request type, if it knew it. Pure. */
export function typeStatistics(
  draw: DrawRecord | undefined,
  requestType: string,
): RequestTypeStatistics | undefined {
  const rows = draw?.statistics?.requestTypes;
  return rows && Object.hasOwn(rows, requestType) ? rows[requestType] : undefined;
}
