import type { RequestType } from '../../src/store/types.ts';

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
  const all = [head, ...cells];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const isText = (column: number) => column === 0 || column === head.length - 1;
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
