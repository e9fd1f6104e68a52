import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create } from 'fontkit';

/** The two faces of DejaVu Sans, opened. Every paper embeds the part of them that it needs. */
export interface Fonts {
  readonly regular: object;
  readonly bold: object;
}

let opened: Fonts | undefined;

/** Opened once: reading the tables of a font takes longer than writing a paper with it. */
export function openFonts(): Fonts {
  opened ??= { regular: open('DejaVuSans'), bold: open('DejaVuSans-Bold') };
  return opened;
}

function open(name: string): object {
  const path = fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  const font = create(readFileSync(path)); // one face, no collection
  // A glyph keeps the letter that it is first met as, for every paper after. One that is first met as a
  // part of another (the s of ş) would be no letter at all to who listens or copies.
  for (const codePoint of font.characterSet) font.glyphForCodePoint(codePoint);
  return font;
}

/** Scripts that run from left to right, letter by letter, and that DejaVu Sans has whole. */
const printable =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Mn}\d .,'’ʼ()/-]+$/u;

/**
 * Whether a name can be printed as it is written. Arabic, Hebrew, Chinese, Devanagari and the like
 * need shaping, direction or glyphs that we do not have: boxes or torn letters would be worse than
 * no name. Pure.
 */
export function isPrintableName(name: string): boolean {
  return printable.test(name.normalize('NFC'));
}
