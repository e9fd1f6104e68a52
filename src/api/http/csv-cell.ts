/** What a spreadsheet takes for the beginning of a formula, full-width forms too. */
const FORMULA = /(^|[;,|\t\r\n])([\s"']*)(?=[=+\-@＝＋－＠])/g;

/**
 * A cell of a CSV file (RFC 4180) that no spreadsheet takes for a formula: an apostrophe goes
 * before what could begin one. Also after a semicolon, a comma or a tab within the text: which of them parts
 * cells is a setting of the reader's country. Pure.
 */
export function csvCell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  if (value === undefined) return '';
  const safe = value.replaceAll(FORMULA, "$1$2'").replaceAll('"', '""');
  return `"${safe}"`;
}
