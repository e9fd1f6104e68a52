import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { createVerifier } from '../../../allocator/record/verify.ts';
import { recordInstant } from '../../../base/instants.ts';
import { type Answer, createFingerprinter, type Finding, type Request } from './finding.ts';
import { createLineCutter } from './lines.ts';
import { createBrowserSha256 } from './sha256.ts';

// A Web Worker: verifies one record with the allocator itself, and ends.

const hasher = createBrowserSha256();
// What the record says of times to come, by the clock of this machine, is told.
const now = recordInstant(Date.now());
const verifier = createVerifier({ sha256: hasher, now });
const fingerprinter = createFingerprinter(hasher);
const cutter = createLineCutter();
const whole = sha256.create();
let lines = 0;
let isMalformed = false;

function push(text: string): void {
  if (isMalformed) return;
  lines += 1;
  fingerprinter.see(text);
  isMalformed = !verifier.push(text);
}

function find(): Finding {
  const verdict = verifier.end();
  if (verdict.verdict !== 'verified') return { verdict };
  return { verdict, fingerprints: fingerprinter.end(bytesToHex(whole.digest())) };
}

function answer(message: Answer): void {
  self.postMessage(message);
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data === 'end') {
    for (const line of cutter.end()) push(line);
  } else {
    whole.update(data);
    for (const line of cutter.push(data)) push(line);
  }
  if (data === 'end' || isMalformed) answer({ kind: 'found', finding: find() });
  else answer({ kind: 'read', lines });
});
