import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

/** How many bundles are being made: esbuild's process, of which there is one, ends with the last. */
let making = 0;

/**
 * Bundles what runs in a browser: one script, with its worker and its texts in it. The same source
 * and packages give the same bytes. `texts`: what the script finds as `TEXTS`. Takes about a tenth of a second, in a process of esbuild's own,
 * which is ended.
 *
 * @throws Error where esbuild cannot run.
 */
export async function bundleForBrowser(page: 'verifier' | 'join', texts: unknown): Promise<string> {
  const folder = new URL(`../${page}/browser/`, import.meta.url);
  making += 1;
  try {
    const worker = await bundle(new URL('worker.ts', folder), {});
    const put = { WORKER_SOURCE: JSON.stringify(worker), TEXTS: JSON.stringify(texts) };
    return await bundle(new URL('page.ts', folder), put);
  } finally {
    making -= 1;
    if (making === 0) await stop();
  }
}

async function bundle(entry: URL, define: Readonly<Record<string, string>>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'eof',
    logLevel: 'silent',
    define,
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild made no file');
  return file.text;
}
