import PDFDocument from 'pdfkit';
import { LANGUAGES, type Language, SOURCE_LANGUAGE } from '../base/languages.ts';
import { openFonts } from './fonts.ts';
import { type PrintedCode, writeCodes } from './paper-codes.ts';
import { add, type Doc, keepTogether, margin, type Parent } from './sheet.ts';
import { type Cell, drawRow, lengthOf, type RowStyle } from './table.ts';

/** An instant as people read it, in the time zone of the prefecture. */
export type WriteDate = (language: Language, atMs: number) => string;

export interface PaperOptions {
  readonly title: string;
  readonly atMs: number;
  /** Stands at the foot of every page. */
  readonly foot: string;
  /** Whether pages are numbered; letters of a batch are not. */
  readonly numbered?: boolean;
}

/** One column of a table: its heading, and its share of the width. */
export interface Column {
  readonly heading: string;
  readonly share: number;
}

/** Everything that can stand on a paper, in one language. Each call writes below the one before. */
export interface Section {
  /** The one title of the paper. */
  title(text: string): void;
  heading(text: string): void;
  /** Where the window of a French envelope is; what follows stands below it. */
  address(lines: readonly string[]): void;
  paragraph(text: string, style?: { readonly small?: boolean; readonly bold?: boolean }): void;
  /** Pairs of a name and a value. */
  facts(rows: readonly (readonly [name: string, value: string])[]): void;
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void;
  codes(codes: readonly PrintedCode[]): void;
}

export interface Paper {
  section(language: Language, write: (section: Section) => void): void;
  /** The whole PDF; nothing can be written after it. */
  end(): Promise<Buffer>;
}

const millimetre = 72 / 25.4;
const addressWindow = {
  x: 105 * millimetre,
  y: 50 * millimetre,
  width: 85 * millimetre,
  below: 95 * millimetre,
};

/**
 * Begins a paper: A4, tagged (PDF/UA-1), fonts embedded. The same calls make the same bytes.
 */
export function createPaper(options: PaperOptions): Paper {
  const { title, atMs, foot, numbered = true } = options;
  const fonts = openFonts();
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    lang: localeOf(SOURCE_LANGUAGE),
    // The types do not know this subset, which pdfkit has.
    subset: 'PDF/UA' as never,
    font: fonts.regular as never, // the types only know of names; pdfkit takes an open font too
    info: { Title: title, Creator: 'Tirage', Producer: 'Tirage', CreationDate: new Date(atMs) },
  });
  doc.registerFont('regular', fonts.regular as never); // as above
  doc.registerFont('bold', fonts.bold as never); // as above
  const root = doc.struct('Document', { lang: localeOf(SOURCE_LANGUAGE) });
  doc.addStructure(root);
  let sections = 0;
  return {
    section(language, write) {
      // Each language on sheets of its own: whoever needs one hands in one.
      if (sections > 0) doc.addPage();
      sections += 1;
      const parent = doc.struct('Sect', { lang: localeOf(language) });
      root.add(parent);
      write(createSection(doc, parent));
      parent.end();
    },
    end() {
      root.end();
      writeFeet(doc, foot, numbered);
      return endOf(doc);
    },
  };
}

function createSection(doc: Doc, parent: Parent): Section {
  const write = (tag: string, text: string, size: number, font = 'regular') => {
    doc.font(font).fontSize(size);
    // Nothing but a line of a heading at the foot of a page would be lost from what it heads.
    if (tag.startsWith('H')) keepTogether(doc, size * 5);
    add(doc, parent, tag, () => doc.text(text, margin, doc.y, { width: widthOf(doc), lineGap: 2 }));
    doc.y += size * 0.6;
  };
  return {
    title: (text) => write('H1', text, 17, 'bold'),
    heading: (text) => write('H2', text, 12, 'bold'),
    address: (lines) => writeAddress(doc, parent, lines),
    paragraph: (text, { small, bold } = {}) =>
      write('P', text, small ? 8.5 : 10, bold ? 'bold' : 'regular'),
    facts: (rows) => {
      const widths = [0.36, 0.64].map((share) => share * widthOf(doc));
      writeTable(doc, parent, widths, (row) => {
        for (const [name, value] of rows) {
          row([{ text: name, heads: 'Row' }, { text: value }], { size: 10, rule: false });
        }
      });
    },
    table: (columns, rows) => {
      const shares = columns.reduce((sum, { share }) => sum + share, 0);
      const widths = columns.map(({ share }) => (share / shares) * widthOf(doc));
      const headings = columns.map(({ heading }): Cell => ({ text: heading, heads: 'Column' }));
      writeTable(doc, parent, widths, (row) => {
        row(headings, { size: 8.5, rule: true });
        for (const cells of rows) {
          row(
            cells.map((text) => ({ text })),
            { size: 9, rule: true },
          );
        }
      });
    },
    codes: (codes) => writeCodes(doc, parent, codes),
  };
}

/** 100 mm from the left and 50 mm from the top: the window of envelopes DL and C5. */
function writeAddress(doc: Doc, parent: Parent, lines: readonly string[]): void {
  const { x, y, width, below } = addressWindow;
  doc.font('regular').fontSize(10);
  add(doc, parent, 'P', () => doc.text(lines.join('\n'), x, y, { width, lineGap: 2 }));
  doc.x = margin;
  doc.y = Math.max(doc.y, below);
}

function writeTable(
  doc: Doc,
  parent: Parent,
  widths: readonly number[],
  rows: (row: (cells: readonly Cell[], style: RowStyle) => void) => void,
): void {
  const table = doc.struct('Table');
  parent.add(table);
  rows((cells, style) => {
    keepTogether(doc, lengthOf(doc, widths, cells, style));
    drawRow(doc, table, { x: margin, widths, cells, style });
  });
  table.end();
  doc.x = margin;
  doc.y += 10;
}

/** What repeats on each page is no content: those who listen are spared it. */
function writeFeet(doc: Doc, foot: string, numbered: boolean): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    doc.markContent('Artifact', { type: 'Pagination' });
    // Below the margin, where text would otherwise begin another page.
    doc.page.margins.bottom = 0;
    const options = { width: widthOf(doc), lineBreak: false };
    doc.font('regular').fontSize(8);
    const number = numbered ? ` – ${page + 1} / ${count}` : '';
    doc.text(`${foot}${number}`, margin, doc.page.height - 40, options);
    doc.page.margins.bottom = margin;
    doc.endMarkedContent();
  }
}

function widthOf(doc: Doc): number {
  return doc.page.width - 2 * margin;
}

function localeOf(language: Language): string {
  return LANGUAGES[language].locale;
}

async function endOf(doc: Doc): Promise<Buffer> {
  doc.end();
  return Buffer.concat(await doc.toArray());
}
