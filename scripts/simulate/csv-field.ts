import { csvCell } from '../../src/api/csv-cell.ts';

/**
 * A field of a CSV file (RFC 4180), quoted only where it must be. Numbers and plain words stand as they
 * are; what a spreadsheet could take for a formula does not begin one. Pure.
 */
export function csvField(field: string): string {
  const isNumber = field !== '' && Number.isFinite(Number(field)) && field.trim() === field;
  return isNumber || /^[\p{L}\p{N}_][\p{L}\p{N}_. ()/%-]*$|^$/u.test(field)
    ? field
    : csvCell(field);
}
