import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { DrawFile, DrawResult } from '#src/allocator/record/draw-file.ts';

export interface DrawExample {
  readonly name: string;
  readonly file: DrawFile;
  readonly expected: DrawResult;
}

const read = (pattern: string): readonly DrawExample[] =>
  globSync(pattern)
    .sort()
    .map((path) => {
      const example = JSON.parse(readFileSync(path, 'utf8'));
      const { manifest, entries, slots, entropy, expected } = example;
      const file = { manifest, entries, slots, entropy };
      return { name: basename(path, '.json'), file, expected };
    });

/** The worked examples of lottery/v1, as files of the offline draw and what they must print. */
export const drawFiles = read('test/vectors/*.json');

/** Those of lottery/v2. */
export const drawFiles2 = read('test/vectors/lottery-v2/*.json');

/** Of drand quicknet's round 1000, which the examples use. */
export const signature =
  'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';

/** An example by its name. */
export function drawExample(name: string): DrawExample {
  const example = [...drawFiles, ...drawFiles2].find((candidate) => candidate.name === name);
  if (!example) throw new Error(`no example ${name}`);
  return example;
}
