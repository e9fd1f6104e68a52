import { manifestHash } from '../../../allocator/record/manifest.ts';
import type { Verdict } from '../../../allocator/record/verdict.ts';
import { readRecordLine } from '../../../allocator/record/verify-line.ts';
import type { Sha256 } from '../../../base/sha256.ts';

/** What one can compare with what was published elsewhere, each 64 lowercase hex digits. */
export interface Fingerprints {
  /** What `sha256sum` prints for the unpacked record. */
  readonly record: string;
  readonly manifest: string;
  /** Undefined where the draw was void before it had one. */
  readonly outcome: string | undefined;
}

/** What the page has to show in the end. */
export interface Finding {
  readonly verdict: Verdict;
  /** Only of a record that is verified. */
  readonly fingerprints?: Fingerprints;
}

/** What the worker is sent: the unpacked bytes in order, then `end`. */
export type Request = Uint8Array<ArrayBuffer> | 'end';

/** What the worker answers: how many lines it has read, once for each chunk, then the finding. */
export type Answer =
  | { readonly kind: 'read'; readonly lines: number }
  | { readonly kind: 'found'; readonly finding: Finding };

/** Remembers, of the lines of a record, the two whose hashes are published. */
export function createFingerprinter(sha256: Sha256) {
  let [manifest, outcome] = ['', ''];
  return {
    /** Looks at a line of a record. */
    see(line: string): void {
      // Members are sorted, so only the outcome begins with its hash.
      if (manifest === '') manifest = line;
      else if (line.startsWith('{"hash":')) outcome = line;
    },
    /** The hashes of a record that was verified. */
    end(record: string): Fingerprints {
      const first = readRecordLine(manifest);
      const last = outcome === '' ? undefined : readRecordLine(outcome);
      if (first.kind !== 'manifest' || (last && last.kind !== 'outcome')) {
        throw new Error('a verified record has a manifest, and an outcome if any');
      }
      return { record, manifest: manifestHash(first.manifest, sha256), outcome: last?.hash };
    },
  };
}
