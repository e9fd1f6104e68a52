import { encodeQr } from './qr-code.ts';
import { add, type Doc, keepTogether, margin, type Parent } from './sheet.ts';

/** A QR code, what stands below it, and what it is to those who cannot see it. */
export interface PrintedCode {
  readonly text: string;
  readonly caption: string;
  readonly alternative: string;
}

const codeSide = 220;
const codeGap = 20;
/** Modules of nothing that a reader needs around a code. */
const quietZone = 4;

/** Two in a row, each with its caption. */
export function writeCodes(doc: Doc, parent: Parent, codes: readonly PrintedCode[]): void {
  doc.font('regular').fontSize(8.5);
  for (let at = 0; at < codes.length; at += 2) {
    const pair = codes.slice(at, at + 2);
    const captions = pair.map(({ caption }) => doc.heightOfString(caption, { width: codeSide }));
    keepTogether(doc, codeSide + Math.max(...captions) + 8);
    const top = doc.y;
    for (const [index, { text, caption, alternative }] of pair.entries()) {
      const x = margin + index * (codeSide + codeGap);
      const figure = doc.struct(
        'Figure',
        { alt: alternative, bbox: [x, top, x + codeSide, top + codeSide] } as object,
        () => drawCode(doc, text, x, top),
      );
      parent.add(figure);
      figure.end();
      add(doc, parent, 'P', () => doc.text(caption, x, top + codeSide + 2, { width: codeSide }));
    }
    doc.x = margin;
    doc.y = top + codeSide + Math.max(...captions) + 12;
  }
}

function drawCode(doc: Doc, text: string, x: number, y: number): void {
  const { size, runs } = encodeQr(text);
  const modules = size + 2 * quietZone;
  // In modules, and past the formatting of each number: a code has some thousands of them.
  const rectangles = runs.map((run) => `${run.x} ${run.y} ${run.length} 1 re`).join('\n');
  doc.save();
  doc
    .translate(x, y)
    .scale(codeSide / modules)
    .translate(quietZone, quietZone);
  doc.addContent(rectangles);
  doc.fill('#000');
  doc.restore();
}
