import { hash } from 'node:crypto';
import { languages } from '../../base/languages.ts';
import { catalogueOf } from '../../texts/catalogues.ts';
import { bundleForBrowser } from '../kit/browser-bundle.ts';
import { pagePolicy } from '../kit/layout.ts';

/** The script that does the work of a form, and what its page must be served with. */
export interface WorkScript {
  readonly text: string;
  /** Content-Security-Policy: this script, its worker and its questions to us, and nothing else. */
  readonly policy: string;
}

/**
 * Makes the script that solves the proof of work of a form.
 *
 * @throws Error where esbuild cannot run.
 */
export async function createWorkScript(): Promise<WorkScript> {
  const texts = languages.map((language) => [language, catalogueOf(language).workInBrowser]);
  const text = await bundleForBrowser('join', Object.fromEntries(texts));
  const policy = [
    pagePolicy,
    `script-src 'sha256-${hash('sha256', text, 'base64')}'`,
    'worker-src blob:',
    "connect-src 'self'",
  ].join('; ');
  return { text, policy };
}
