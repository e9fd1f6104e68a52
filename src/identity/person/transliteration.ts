/**
 * Letters of other scripts in Latin, after the tables of ICAO Doc 9303-3 (what stands in the
 * machine-readable zone of passports), without their X for letters that Latin lacks. Vowel signs
 * and accents are gone before: `й` and `и`, `أ` and `ا` are one.
 */
const CYRILLIC: Readonly<Record<string, string>> = {
  ...pairs('абвгдезиклмнопрстуфыэіјѕґѐ', 'abvgdeziklmnoprstufyeijzge'),
  ...{ ж: 'zh', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: 'ie', ь: '', ю: 'iu', я: 'ia' },
  ...{ є: 'ie', ђ: 'd', љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz', ә: 'a', ө: 'o', ү: 'u', ұ: 'u' },
  ...{ қ: 'k', ғ: 'g', ң: 'n', һ: 'h' },
};

const GREEK: Readonly<Record<string, string>> = {
  ...pairs('αβγδεζηικλμνξοπρσςτυφω', 'avgdeziiklmnxoprsstyfo'),
  ...{ θ: 'th', χ: 'ch', ψ: 'ps' },
};

const ARABIC: Readonly<Record<string, string>> = {
  ...pairs('ابتجحدرزسصضطظعغفقكلمنهويىةگپچڤیک', 'abtjhdrzssdtzagfqklmnhwyahgpcvyk'),
  ...{ ث: 'th', خ: 'kh', ذ: 'dh', ش: 'sh', ژ: 'zh', ء: '' },
};

/** Letters of the Latin script that Unicode does not take apart into a plain one and an accent. */
const LATIN: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', đ: 'd', ħ: 'h', ı: 'i', ł: 'l', ŧ: 't', þ: 'th' },
  ...{ ß: 'ss', ə: 'a', ŋ: 'n', ɓ: 'b', ɗ: 'd', ƙ: 'k', ɛ: 'e', ɔ: 'o', ɲ: 'n', ƴ: 'y' },
};

const TABLE = new Map(Object.entries({ ...CYRILLIC, ...GREEK, ...ARABIC, ...LATIN }));

/** Cyrillic and Greek capitals that look like Latin ones: what a keyboard of theirs types. */
const LOOKALIKES = new Map(
  Object.entries({
    ...pairs('АВЕКМНОРСТХУІЅЈ', 'ABEKMHOPCTXYISJ'),
    ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
  }),
);

/** Writes lower-case text without accents in Latin letters; what no table has stays. Pure. */
export function toLatin(text: string): string {
  return replaceAll(text.replaceAll('ου', 'ou'), TABLE);
}

/** Capitals of other scripts that look like Latin ones, as those. Pure. */
export function latinLookalikes(text: string): string {
  return replaceAll(text, LOOKALIKES);
}

/** Decimal digits of any script as 0 to 9: their blocks begin at zero and hold ten. Pure. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

function replaceAll(text: string, table: ReadonlyMap<string, string>): string {
  let replaced = '';
  for (const letter of text) replaced += table.get(letter) ?? letter;
  return replaced;
}

function pairs(from: string, to: string): Record<string, string> {
  const letters = [...from];
  if (letters.length !== to.length) throw new Error('a table of letters is lopsided');
  return Object.fromEntries(letters.map((letter, index) => [letter, to.charAt(index)]));
}
