import { domainToASCII } from 'node:url';
import { asciiDigits, latinLookalikes, toLatin } from './transliteration.ts';

// docs/identity.md says in words what is done here, and why. Changing a rule makes other keys: the
// people who are entered already would not be recognised.

/**
 * A document number in one spelling: compatibility forms unfolded, digits of any script as 0 to 9,
 * capitals, Cyrillic and Greek letters that look Latin as Latin, only A–Z and 0–9 kept, and the
 * look-alikes O and I as 0 and 1.
 */
export function normaliseNumber(text: string): string {
  return plainNumber(text)
    .replace(/[^A-Z0-9]/g, '')
    .replaceAll('O', '0')
    .replaceAll('I', '1');
}

/** A document number as people see it, typed on whatever keyboard: letters and digits as Latin. */
export function plainNumber(text: string): string {
  return latinLookalikes(asciiDigits(text.normalize('NFKC')).toUpperCase())
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
}

/**
 * A name in one spelling: Latin letters without accents, words sorted, for forms ask for given name
 * and surname in either order. What transliterations disagree on is folded away: `ae oe ue` are
 * `a o u` (Müller, Mueller, Muller), `y` is `i`, doubled letters are one.
 */
export function normaliseName(text: string): string {
  return wordsOf(text)
    .map((word) =>
      word
        .replace(/([aou])e+/g, '$1')
        .replaceAll('y', 'i')
        .replace(/(\p{L})\1+/gu, '$1'),
    )
    .sort()
    .join(' ');
}

/**
 * What is left of a name where vowels are not trusted: Arabic is written without them, and Mohamed,
 * Mouhamed and Muhammad are one name. For clues that an agent looks at, never to refuse anybody.
 */
export function nameSkeleton(text: string): string {
  return wordsOf(text).map(skeletonOf).sort().join(' ');
}

function skeletonOf(word: string): string {
  const consonants = word
    .replace(/s?ch/g, 's')
    .replace(/([kstdgz])h/g, '$1')
    .replaceAll('ph', 'f')
    .replaceAll('dj', 'j')
    .replace(/[qc]/g, 'k')
    .replace(/[aeiouyw]/g, '')
    .replace(/h$/, '')
    .replace(/(\p{L})\1+/gu, '$1');
  return consonants === '' ? word.charAt(0) : consonants;
}

/**
 * The words of a name in lower-case Latin letters. NFKD takes ligatures and accented letters apart.
 * Apostrophes and points join what they stand between, anything else that is neither letter nor
 * digit parts words.
 */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return toLatin(plain.replace(/['’‘ʼʿʾ`´.ـ]/g, ''))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Mail services whose addresses are the same with and without dots, by the name that we keep. */
const DOTLESS: Readonly<Record<string, string>> = {
  'gmail.com': 'gmail.com',
  'googlemail.com': 'gmail.com',
};

/**
 * The mailbox behind an e-mail address: lower case, no `+tag`, no dots where the service ignores
 * them, the domain as DNS knows it. Never to write to: only to count with.
 */
export function normaliseEmail(address: string): string {
  const text = address.normalize('NFKC').toLowerCase();
  const at = text.lastIndexOf('@');
  const [untagged = ''] = text.slice(0, at).split('+');
  const given = text.slice(at + 1).replace(/\.$/, '');
  const domain = domainToASCII(given) || given;
  const service = DOTLESS[domain];
  // An address that is all tag is kept: nothing would be left of it.
  const box = untagged === '' ? text.slice(0, at) : untagged;
  return service === undefined ? `${box}@${domain}` : `${box.replaceAll('.', '')}@${service}`;
}
