import { RequestError } from './request-error.ts';

/** Nothing that we take nests deeper than eight. */
const DEEPEST = 16;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Checks how deep JSON nests and how many values it has at most, without parsing it: one look at
 * each byte, and nothing is made. What is no JSON is for the parser to refuse. Pure.
 *
 * @throws RequestError `body_too_large`
 */
export function checkJsonBounds(bytes: Uint8Array, mostValues: number): void {
  let [depth, values, isText] = [0, 1, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth++;
      values++;
      if (depth > DEEPEST) throw new RequestError('body_too_large', `nests deeper than ${DEEPEST}`);
    } else if (byte === COMMA) values++;
    if (values > mostValues) {
      throw new RequestError('body_too_large', `has more than ${mostValues} values`);
    }
  }
}
