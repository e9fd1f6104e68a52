import type { RequestType } from '../../src/domain/prefectures/prefecture.ts';
import { alignTable } from '../align-table.ts';

export interface TypeRow {
  readonly requestType: string;
  readonly waiting: number;
  readonly places: number;
  readonly drawn: number;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/**
 * The result of a draw for people: a line per request type, beside the share of attempts that
 * failed in 2019 where that was measured.
 */
export function drawTable(
  rows: readonly TypeRow[],
  requestTypes: readonly RequestType[],
  failureRates2019: Readonly<Record<string, number>>,
): string {
  const labels = new Map(requestTypes.map(({ id, labels }) => [id, labels.en]));
  const cells = rows.map(({ requestType, waiting, places, drawn }) => [
    requestType,
    String(waiting),
    String(places),
    String(drawn),
    waiting === 0 ? '—' : percent(drawn / waiting),
    Object.hasOwn(failureRates2019, requestType)
      ? percent(failureRates2019[requestType] ?? 0)
      : 'not measured',
    labels.get(requestType) ?? '',
  ]);
  const head = ['request type', 'waiting', 'places', 'drawn', 'chance', 'failed in 2019', ''];
  return alignTable([head, ...cells], [0, head.length - 1]);
}
