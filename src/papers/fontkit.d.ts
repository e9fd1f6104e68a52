/** The parts of fontkit that we use; it comes without types. */
declare module 'fontkit' {
  export function create(bytes: Uint8Array): {
    readonly characterSet: readonly number[];
    glyphForCodePoint(codePoint: number): object;
  };
}
