/** 32 bytes in lowercase hex, such as a SHA-256 value. */
export const HEX_256 = /^[0-9a-f]{64}$/;

/** The bytes of a text of hex digits, two each. Pure. */
export function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}
