import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasPython } from '../support/python.ts';

interface Example {
  readonly command: string;
  readonly output: string;
}

/** Every block of shell in docs/audit.md, with the block of text after it: what it prints. */
const text = readFileSync('docs/audit.md', 'utf8');
const examples: Example[] = [...text.matchAll(/```sh\n(.*?)```\n\n```text\n(.*?)```/gs)]
  .map(([, command = '', output = '']) => ({ command, output }))
  .filter(({ command }) => hasPython || !command.includes('python3'));

describe('docs/audit.md', () => {
  test('says of each command what it prints', () => {
    expect(text.match(/```sh\n/g)?.length).toBeGreaterThan(8);
    expect(text.match(/```sh\n/g)).toHaveLength(text.match(/```text\n/g)?.length ?? 0);
  });

  test.each(examples)('prints what it says: $command', ({ command, output }) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', command], {
      encoding: 'utf8',
      // With a socket for its input bash may believe that somebody logged in, and read their profile.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TZ: 'Pacific/Auckland' },
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: output, stderr: '' });
  });
});
