import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { DrawFile, DrawResult } from '#src/allocator/record/draw-file.ts';

export interface DrawExample {
  readonly name: string;
  readonly file: DrawFile;
  readonly expected: DrawResult;
}

/** The worked examples of lottery/v1, as files of the offline draw and what they must print. */
export const drawFiles: readonly DrawExample[] = globSync('test/vectors/*.json')
  .sort()
  .map((path) => {
    const { manifest, entries, slots, entropy, expected } = JSON.parse(readFileSync(path, 'utf8'));
    return { name: basename(path, '.json'), file: { manifest, entries, slots, entropy }, expected };
  });

/** Of drand quicknet's round 1000, which the examples use. */
export const signature =
  'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';

/** An example by its name. */
export function drawExample(name: string): DrawExample {
  const example = drawFiles.find((candidate) => candidate.name === name);
  if (!example) throw new Error(`no example ${name}`);
  return example;
}
