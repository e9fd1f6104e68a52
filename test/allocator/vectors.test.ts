import { describe, expect, test } from 'vitest';
import { parseDrawFile, runDrawFile } from '#src/allocator/record/draw-file.ts';
import { buildManifest } from '#src/allocator/record/manifest.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { drawFiles, drawFiles2 } from './support/draw-files.ts';

describe.each([...drawFiles, ...drawFiles2])('$name', ({ file, expected }) => {
  test('comes out bit for bit', () => {
    const result = runDrawFile(parseDrawFile(file), nodeSha256);
    expect(JSON.stringify(result)).toBe(JSON.stringify(expected));
  });

  test('is committed to by its manifest, whatever the order of its lists', () => {
    const { manifest, entries, slots } = file;
    const shuffled = { entries: entries.toReversed(), slots: slots.toReversed() };
    expect(buildManifest({ ...manifest, ...shuffled }, nodeSha256)).toEqual(manifest);
  });
});
