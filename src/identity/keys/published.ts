/**
 * Keys that anybody can read: test vectors and examples of standards and documentation, in base64.
 * Whoever pastes one has a key that looks random and that all the world knows. A key printed in
 * our own files (compose.yaml, docs, examples) must stand here too; a test reads them all.
 */
const PUBLISHED = [
  // RFC 8032 §7.1, secret keys of the test vectors
  'nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=',
  'TM0Imyj/ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U+4pvs=',
  'xaqN9D+fg3vtt0QvMdy3sWbThTUHbwlLhc46LgtEWPc=',
  // NIST SP 800-38A, key of the AES-256 examples
  'YD3rEBXKcb4rc67whX13gR81LAc7YQjXLZgQowkU3/Q=',
  // Fernet, key of its specification
  'cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4=',
  // Standard Webhooks and Svix, secrets of their documentation
  'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
];

const published = new Set(PUBLISHED.map((key) => Buffer.from(key, 'base64').toString('hex')));

/** Whether a key stands in public documentation. Pure. */
export function isPublishedKey(bytes: Uint8Array): boolean {
  return published.has(Buffer.from(bytes).toString('hex'));
}
