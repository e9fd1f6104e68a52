import { csvCell } from '../../src/api/http/csv-cell.ts';

/** What policies, request types and figures are called, `lottery+ageing` too. */
const name = /^[A-Za-z0-9._][A-Za-z0-9._+-]*$/;

/**
 * A field of a CSV file (RFC 4180), quoted only where it must be, so that numbers and names stand as
 * they are for other programs. A text that a spreadsheet could take for a formula does not begin one. Pure.
 */
export function csvField(field: string): string {
  const isNumber = field !== '' && Number.isFinite(Number(field)) && field.trim() === field;
  if (isNumber || name.test(field)) return field;
  const quoted = `"${field.replaceAll('"', '""')}"`;
  const safe = csvCell(field);
  if (safe !== quoted) return safe;
  return /[",\r\n]/.test(field) ? quoted : field;
}

/** An identifier as lottery/v1 knows it: at worst `-A1`, which reads a cell and does no more. */
const identifier = /^[A-Za-z0-9._-]{1,48}$/;

/**
 * A field of the contract's file, where identifiers stand as they are, also those that begin with a
 * dash: other programs look them up. All else is as `csvField` writes it. Pure.
 */
export function contractField(field: string): string {
  return identifier.test(field) ? field : csvField(field);
}
