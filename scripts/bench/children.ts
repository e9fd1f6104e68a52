import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A keyring of one new key, as an environment variable has it. */
export const newKey = () => `k1:${randomBytes(32).toString('base64')}`;

/** Starts a script of this repository; its errors are shown. */
export function startNode(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  stdin: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  return spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: [stdin, 'pipe', 'inherit'],
  });
}

/** The path of a script beside this one, or `../../src/main.ts`. */
export function scriptPath(name: string): string {
  return new URL(name, import.meta.url).pathname;
}

/** The first line that is wanted; `onLine` is handed all that follow. @throws Error if it ends before. */
export function firstLine(
  child: ChildProcess,
  wanted: (line: string) => boolean,
  onLine: (line: string) => void = () => {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    let found = false;
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => {
      if (found) onLine(line);
      else if (wanted(line)) {
        found = true;
        resolve(line);
      }
    });
    lines.on('close', () => reject(new Error('a process of the benchmark ended early')));
  });
}

/** Asks a process to end, and waits for it. Safe to repeat. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
