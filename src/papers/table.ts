type Doc = PDFKit.PDFDocument;

/** A cell of a row. `heads`: it names its row or its column. */
export interface Cell {
  readonly text: string;
  readonly heads?: 'Row' | 'Column';
}

export interface RowStyle {
  /** Points. */
  readonly size: number;
  /** A line below. */
  readonly rule: boolean;
}

interface Row {
  readonly x: number;
  readonly widths: readonly number[];
  readonly cells: readonly Cell[];
  readonly style: RowStyle;
}

const padding = 3;

/** Points that a row takes from top to bottom. */
export function lengthOf(
  doc: Doc,
  widths: readonly number[],
  cells: readonly Cell[],
  style: RowStyle,
): number {
  const heights = cells.map((cell, index) => {
    useFont(doc, cell, style);
    return doc.heightOfString(cell.text, { width: inner(widths[index]) });
  });
  return Math.max(...heights) + 2 * padding;
}

/** Draws a row below what stands there, each cell tagged as the heading or the value it is. */
export function drawRow(
  doc: Doc,
  table: PDFKit.PDFStructureElement,
  { x, widths, cells, style }: Row,
): void {
  const top = doc.y;
  const bottom = top + lengthOf(doc, widths, cells, style);
  const row = doc.struct('TR');
  table.add(row);
  let left = x;
  for (const [index, cell] of cells.entries()) {
    const at = left + padding;
    // The types leave `scope` out, without which a heading heads nothing.
    const options = { ...(cell.heads ? { scope: cell.heads } : {}) } as object;
    const drawn = doc.struct(cell.heads ? 'TH' : 'TD', options, () => {
      useFont(doc, cell, style);
      doc.text(cell.text, at, top + padding, { width: inner(widths[index]) });
    });
    row.add(drawn);
    drawn.end();
    left += widths[index] ?? 0;
  }
  row.end();
  doc.y = bottom;
  if (style.rule) drawRule(doc, x, left, bottom);
}

function drawRule(doc: Doc, from: number, to: number, y: number): void {
  doc.markContent('Artifact', { type: 'Layout' });
  doc.moveTo(from, y).lineTo(to, y).lineWidth(0.5).stroke('#888');
  doc.endMarkedContent();
}

function useFont(doc: Doc, { heads }: Cell, { size }: RowStyle): void {
  doc.font(heads ? 'bold' : 'regular').fontSize(size);
}

function inner(width = 0): number {
  return width - 2 * padding;
}
