import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { z } from 'zod';

export interface EmbeddedRedisOptions {
  /** Where the append-only file lives; made if missing. One server at a time may use it. */
  readonly directory: string;
  /** Absent: any free port. */
  readonly port?: number;
  /** Default `always`: what was acknowledged survives a power cut. */
  readonly appendfsync?: 'always' | 'everysec' | 'no';
  /** Further options of redis-server; they win over the ones set here. */
  readonly extraArgs?: readonly string[];
}

export interface EmbeddedRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Asks the server to write everything and end, and waits for it. Safe to repeat. */
  stop(): Promise<void>;
}

/** Left beside the data while a server uses it. */
const noteFile = 'embedded.json';
const Note = z.object({ owner: z.int(), pid: z.int(), port: z.int() });

/**
 * Starts a redis-server child on 127.0.0.1 that keeps its data in `directory` and evicts nothing.
 * Resolves when it answers, all data loaded. A server that a killed process left behind on the
 * same directory is stopped first: two would spoil the append-only file.
 *
 * @throws Error with one clear line when redis-server is missing, or the directory is in use.
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  await mkdir(options.directory, { recursive: true });
  // Without links, as the server itself will name it.
  const directory = await realpath(options.directory);
  await stopLeftover(directory);

  const port = options.port ?? (await freePort());
  const child = spawn('redis-server', serverArgs(directory, port, options), {
    cwd: directory,
    // A group of its own: Ctrl-C in a terminal reaches us only, and we stop it when we are done.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const note = join(directory, noteFile);
  const [pid] = await Promise.all([
    untilAnswers(child, port),
    // At once: should this process be killed before the child answers, the next start must find it.
    writeFile(note, JSON.stringify({ owner: process.pid, pid: child.pid, port })),
  ]).catch(async (error: Error) => {
    await rm(note, { force: true });
    throw error;
  });

  const stop = async () => {
    const stopped = child.exitCode !== null || child.signalCode !== null;
    if (!stopped) {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    }
    await rm(note, { force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, port, pid, stop };
}

function serverArgs(directory: string, port: number, options: EmbeddedRedisOptions): string[] {
  return [
    ...['--bind', '127.0.0.1', '--port', String(port), '--dir', directory],
    ...['--appendonly', 'yes', '--appendfsync', options.appendfsync ?? 'always'],
    ...['--maxmemory-policy', 'noeviction', '--save', ''],
    ...(options.extraArgs ?? []),
  ];
}

/** Waits until the child itself answers on the port; another server there must not fool us. */
async function untilAnswers(child: ChildProcess, port: number): Promise<number> {
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output = (output + chunk).slice(-4000);
  });
  child.stderr?.on('data', (chunk) => {
    output = (output + chunk).slice(-4000);
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'ENOENT'
          ? new Error(
              'redis-server is not installed: install it (Debian: apt install redis-server)',
            )
          : new Error(`redis-server did not start: ${cause.message}`, { cause }),
      ),
    );
    child.once('exit', (code, signal) =>
      reject(new Error(`redis-server ended at once (${code ?? signal}): ${lastLine(output)}`)),
    );
  });
  // The promise outlives the race: an exit years later is no unhandled rejection.
  failed.catch(() => {});
  const redis = localClient(port, () => 25);
  try {
    const info = await Promise.race([redis.info('server'), failed]);
    const pid = Number(/process_id:(\d+)/.exec(info)?.[1]);
    if (pid === child.pid) return pid;
    await failed;
    throw new Error(`port ${port} is answered by another server`);
  } finally {
    redis.disconnect();
  }
}

async function stopLeftover(directory: string): Promise<void> {
  const note = await readNote(directory);
  if (!note) return;
  const redis = localClient(note.port, () => null);
  try {
    const [, dir] = (await redis.config('GET', 'dir').catch(() => [])) as string[]; // reply of CONFIG GET
    if (dir !== directory) return;
    if (isAlive(note.owner)) {
      throw new Error(`${directory} is in use by process ${note.owner}: stop that one first`);
    }
    // The server answers nothing and closes the connection once everything is on disk.
    await redis.shutdown().catch(() => {});
  } finally {
    redis.disconnect();
  }
}

/** The note of the last start; undefined if there is none, or a crash left half of it. */
async function readNote(directory: string): Promise<z.infer<typeof Note> | undefined> {
  try {
    return Note.parse(JSON.parse(await readFile(join(directory, noteFile), 'utf8')));
  } catch {
    return undefined;
  }
}

function localClient(port: number, retryStrategy: () => number | null): Redis {
  const redis = new Redis(port, '127.0.0.1', { retryStrategy, maxRetriesPerRequest: null });
  redis.on('error', () => {});
  return redis;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** A TCP port of this machine that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has no other form of address
  server.close();
  await once(server, 'close');
  return port;
}
