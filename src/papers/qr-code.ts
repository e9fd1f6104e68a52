import { create } from 'qrcode';

/** A rectangle of dark modules, counted in modules from the upper left corner. */
export interface DarkRun {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** The dark modules of a QR code, row by row. */
export interface QrCode {
  /** Modules on each side, without the quiet zone of four that must surround them. */
  readonly size: number;
  readonly runs: readonly DarkRun[];
}

/**
 * Encodes a text, with error correction M: folded and copied paper stays readable. Pure.
 *
 * @throws Error for a text that is too long for any code (2,331 bytes).
 */
export function encodeQr(text: string): QrCode {
  // One segment of bytes: looking for a shorter mixture takes long, and base64url has none.
  const segment = { mode: 'byte' as const, data: Buffer.from(text) };
  // Random text looks alike under all masks; weighing the eight takes most of the time.
  const { modules } = create([segment], { errorCorrectionLevel: 'M', maskPattern: 0 });
  const runs: DarkRun[] = [];
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      const start = x;
      while (x < modules.size && modules.get(y, x)) x += 1;
      if (x > start) runs.push({ x: start, y, length: x - start });
    }
  }
  return { size: modules.size, runs };
}
