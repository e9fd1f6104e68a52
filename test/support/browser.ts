import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = process.env.TIRAGE_CHROMIUM ?? usual.find((path) => existsSync(path));

/**
 * Whether tests in a browser run here. They are left out, and said to be, where there is no
 * Chromium, unless TIRAGE_BROWSER is `required`: then they run and fail.
 */
export const hasBrowser = (() => {
  if (executable !== undefined || process.env.TIRAGE_BROWSER === 'required') return true;
  console.log('skipped: the tests in a browser (there is no Chromium; TIRAGE_CHROMIUM names one)');
  return false;
})();

/** Starts Chromium without a window. Close it. */
export function openBrowser(): Promise<Browser> {
  if (executable === undefined) throw new Error('no Chromium: install one, or set TIRAGE_CHROMIUM');
  return chromium.launch({
    executablePath: executable,
    args: ['--no-sandbox', '--disable-background-networking'],
  });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with a page: each rule, and the elements that break it. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))`);
}
