import { DomainError } from '../../base/errors.ts';
import type { Sha256 } from '../../base/sha256.ts';
import type { Algorithm } from '../types.ts';
import { Difference, Incomplete, type Verdict } from './verdict.ts';
import { type RecordLine, readRecordLine } from './verify-line.ts';
import { checkRecord, type RecordObserver } from './verify-record.ts';

export type { RecomputedDraw, RecordObserver } from './verify-record.ts';

export interface VerifierDeps {
  readonly sha256: Sha256;
  readonly observer?: RecordObserver;
  /** `YYYY-MM-DDTHH:MM:SSZ`. Events of v2 after it are counted as `future`; absent: none are. */
  readonly now?: string;
}

/** Verifies a record line by line, so that it need not be in memory as text. */
export interface Verifier {
  /** Takes the next line with its line feed. False: the verdict is settled, the rest cannot change it. */
  push(line: string): boolean;
  /** The verdict, once every line has been pushed. */
  end(): Verdict;
}

/**
 * Recomputes a record of lottery/v1 or v2 (§7), whichever its first line says, and compares (see `checkRecord` for the line that is named
 * when something differs). Synchronous, deterministic, no I/O.
 *
 * Malformed comes before different: a line that is not JSON, not its own RFC 8785 serialisation
 * followed by a line feed, of an unknown kind, or with a wrong member, is `malformed` even when an
 * earlier line differs, because such a record is refused as a whole. So is a record that is right
 * up to its end but stops before its outcome; the line named is then the one that is missing.
 */
export function createVerifier(deps: VerifierDeps): Verifier {
  const check = checkRecord(deps);
  check.next();
  let count = 0;
  /** Without a manifest in front, which is a difference, lines are read as those of v1. */
  let algorithm: Algorithm = 'lottery/v1';
  let settled: Verdict | undefined;

  const judge = (line: RecordLine | undefined): void => {
    try {
      const step = check.next(line);
      if (step.done) settled = { verdict: 'verified', ...step.value };
    } catch (error) {
      settled = verdictOf(error, count);
    }
  };

  return {
    push(text) {
      if (settled?.verdict === 'malformed') return false;
      count++;
      const line = readLine(text, algorithm);
      if (count === 1 && 'kind' in line && line.kind === 'manifest') {
        algorithm = line.manifest.algorithm;
      }
      if (line instanceof DomainError) {
        settled = { verdict: 'malformed', line: count, reason: describe(line) };
        return false;
      }
      // After a difference the other lines only have to be well formed.
      if (!settled) judge(line);
      return true;
    },
    end() {
      if (!settled) {
        count++;
        judge(undefined);
      }
      if (!settled) throw new Error('a verification ends with its record');
      return settled;
    },
  };
}

/** Verifies a record that is at hand as lines, each with its line feed. See `createVerifier`. */
export function verifyRecord(lines: Iterable<string>, deps: VerifierDeps): Verdict {
  const verifier = createVerifier(deps);
  for (const line of lines) if (!verifier.push(line)) break;
  return verifier.end();
}

function readLine(text: string, algorithm: Algorithm): RecordLine | DomainError {
  try {
    return readRecordLine(text, algorithm);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

function verdictOf(error: unknown, line: number): Verdict {
  if (error instanceof Difference) {
    return { verdict: 'differs', line: error.line, reason: error.message };
  }
  if (error instanceof Incomplete) return { verdict: 'malformed', line, reason: error.message };
  throw error;
}

function describe({ member, message }: DomainError): string {
  return member === undefined ? message : `${member}: ${message}`;
}
