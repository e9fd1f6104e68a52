import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Sha256 } from '../../../base/sha256.ts';

const encoder = new TextEncoder();
/** A character takes three bytes at most. */
const longestShortText = 1365;

/**
 * SHA-256 in plain JavaScript, because a browser's own is asynchronous. One hasher and one buffer
 * serve all messages, which halves the time: records are made of millions of short ones.
 */
export function createBrowserSha256(): Sha256 {
  const blank = sha256.create();
  const hasher = sha256.create();
  const buffer = new Uint8Array(3 * longestShortText);

  const bytesOf = (message: string | Uint8Array): Uint8Array => {
    if (typeof message !== 'string') return message;
    if (message.length > longestShortText) return encoder.encode(message);
    return buffer.subarray(0, encoder.encodeInto(message, buffer).written);
  };
  const digestInto = (message: string | Uint8Array, digest: Uint8Array): Uint8Array => {
    blank._cloneInto(hasher);
    hasher.update(bytesOf(message)).digestInto(digest);
    return digest;
  };
  const reused = new Uint8Array(32);
  return {
    hex: (message) => bytesToHex(digestInto(message, reused)),
    latin1: (message) => String.fromCharCode(...digestInto(message, reused)),
    bytes: (message) => digestInto(message, new Uint8Array(32)),
  };
}
