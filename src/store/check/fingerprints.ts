import { hash } from 'node:crypto';

/** What is known of a text that was seen before. */
export type Seen = 'same' | 'changed' | 'new' | 'again';

/**
 * Remembers texts by 52 bits of their name and 32 of what they say: 13 bytes a place, of which at
 * most half are taken. Two names that share a place make a text look changed, never the same.
 */
export class Fingerprints {
  readonly #names: Float64Array;
  readonly #texts: Uint32Array;
  readonly #visited: Uint8Array;
  #size = 0;
  #met = 0;

  /** @param most names that there is room for */
  constructor(most: number) {
    const places = 2 ** Math.ceil(Math.log2(2 * Math.max(most, 8)));
    this.#names = new Float64Array(places);
    this.#texts = new Uint32Array(places);
    this.#visited = new Uint8Array(places);
  }

  /** Remembers a text. False, and nothing remembered, once there is no more room. */
  add(name: string, text: string): boolean {
    if (2 * this.#size >= this.#names.length) return false;
    const key = keyOf(name);
    const at = this.#placeOf(key);
    if (this.#names[at] === 0) this.#size += 1;
    this.#names[at] = key;
    this.#texts[at] = textOf(text);
    return true;
  }

  /** Compares with what was remembered; `again` for one that was compared before. */
  meet(name: string, text: string): Seen {
    const key = keyOf(name);
    const at = this.#placeOf(key);
    if (this.#names[at] === 0) return 'new';
    const isSame = this.#texts[at] === textOf(text);
    if (this.#visited[at] === 1) return isSame ? 'again' : 'changed';
    this.#visited[at] = 1;
    this.#met += 1;
    return isSame ? 'same' : 'changed';
  }

  /** How many were remembered and never met. */
  get unmet(): number {
    return this.#size - this.#met;
  }

  #placeOf(key: number): number {
    const mask = this.#names.length - 1;
    let at = key % this.#names.length;
    while (this.#names[at] !== 0 && this.#names[at] !== key) at = (at + 1) & mask;
    return at;
  }
}

/** 1 to 2^52. */
function keyOf(name: string): number {
  return Number.parseInt(hash('sha1', name).slice(0, 13), 16) + 1;
}

function textOf(text: string): number {
  return Number.parseInt(hash('sha1', text).slice(0, 8), 16);
}
