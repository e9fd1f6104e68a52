/**
 * Lines of cells as a table for people: texts to the left, all other columns to the right.
 * `textColumns` are numbered from 0.
 */
export function alignTable(
  lines: readonly (readonly string[])[],
  textColumns: readonly number[] = [0],
): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const pad = (cell: string, column: number) =>
    textColumns.includes(column)
      ? cell.padEnd(widths[column] ?? 0)
      : cell.padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
