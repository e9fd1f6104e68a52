/** SHA-256, handed in: Node's on the server, another one in a browser. Text is hashed as UTF-8. */
export interface Sha256 {
  /** 64 lowercase hex digits. */
  hex(message: string | Uint8Array): string;
  /** 32 characters, one for each byte: half the text of hex, for what nobody reads. */
  latin1(message: string | Uint8Array): string;
  /** 32 bytes. */
  bytes(message: string | Uint8Array): Uint8Array;
}
