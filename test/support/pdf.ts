import jsQR from 'jsqr';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { z } from 'zod';

/** What another program than ours reads in a PDF. */
export interface ReadPdf {
  readonly title: unknown;
  readonly lang: unknown;
  readonly pages: number;
  /** All text, in reading order, on one line. */
  readonly text: string;
  /** Structure as `Sect[fr-FR](H1,P)`, page after page. */
  readonly tags: string;
  readonly alternatives: string[];
  /** What a camera reads in the QR codes. */
  readonly codes: string[];
  /** Names of the embedded fonts. */
  readonly fonts: string[];
}

const Node = z.looseObject({ role: z.string().optional(), lang: z.string().optional() });
type Node = z.infer<typeof Node> & { children?: unknown[]; alt?: string };

/** Reads a PDF with pdf.js, and its QR codes with jsQR. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { info } = await pdf.getMetadata();
  const found = {
    text: '',
    tags: [] as string[],
    alternatives: [] as string[],
    codes: [] as string[],
  };
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    found.text += items
      .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
      .join('');
    found.tags.push(tagsOf(await page.getStructTree(), found.alternatives));
    found.codes.push(...(await codesOf(page)));
  }
  await pdf.loadingTask.destroy();
  const { Title: title, Language: lang } = info as Record<string, unknown>; // its types say Object
  const fonts =
    Buffer.from(bytes)
      .toString('latin1')
      .match(/(?<=\/FontName \/)\S+/g) ?? [];
  const text = found.text.replaceAll(/\s+/g, ' ');
  return { ...found, text, title, lang, pages: pdf.numPages, tags: found.tags.join(' '), fonts };
}

function tagsOf(value: unknown, alternatives: string[]): string {
  const { role, lang, alt, children = [] } = Node.parse(value) as Node; // a tree of nodes
  if (typeof alt === 'string') alternatives.push(alt);
  const inside = children.map((child) => tagsOf(child, alternatives)).filter(Boolean);
  if (role === undefined) return inside.join(',');
  return `${role}${lang ? `[${lang}]` : ''}${inside.length > 0 ? `(${inside.join(',')})` : ''}`;
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>;

/** Each path of many rectangles is taken for a code, painted, and read. */
async function codesOf(page: Page): Promise<string[]> {
  const { OPS } = await getResolvedPDFJS();
  const { fnArray, argsArray } = await page.getOperatorList();
  const codes: string[] = [];
  for (const [index, operator] of fnArray.entries()) {
    if (operator !== OPS.constructPath) continue;
    const [, [path]] = argsArray[index];
    const rectangles = rectanglesOf(Array.from(Object.values(path as Record<string, number>)));
    if (rectangles.length > 100) codes.push(read(rectangles));
  }
  return codes;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** `0 x y 1 x y 1 x y 1 x y 4`: from a corner around, and closed. */
function rectanglesOf(numbers: readonly number[]): Rectangle[] {
  const rectangles: Rectangle[] = [];
  for (let at = 0; at + 13 <= numbers.length; at += 13) {
    const xs = [1, 4, 7, 10].map((offset) => numbers[at + offset] ?? 0);
    const ys = [2, 5, 8, 11].map((offset) => numbers[at + offset] ?? 0);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    rectangles.push({ left, right, top: Math.min(...ys), bottom: Math.max(...ys) });
  }
  return rectangles;
}

function read(rectangles: readonly Rectangle[]): string {
  const scale = 5;
  const quiet = 40;
  const left = Math.min(...rectangles.map((one) => one.left));
  const top = Math.min(...rectangles.map((one) => one.top));
  const width = Math.max(...rectangles.map((one) => one.right)) - left;
  const side = Math.ceil(width * scale) + 2 * quiet;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  const at = (value: number, from: number) => Math.round((value - from) * scale) + quiet;
  for (const one of rectangles) {
    for (let y = at(one.top, top); y < at(one.bottom, top); y += 1) {
      const row = y * side;
      pixels.fill(0, (row + at(one.left, left)) * 4, (row + at(one.right, left)) * 4);
    }
  }
  for (let alpha = 3; alpha < pixels.length; alpha += 4) pixels[alpha] = 255;
  return jsQR.default(pixels, side, side)?.data ?? 'not readable';
}
