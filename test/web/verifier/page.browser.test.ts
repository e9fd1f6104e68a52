import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { catalogueOf } from '#src/texts/catalogues.ts';
import { createVerifyPage, type VerifyPage } from '#src/web/verifier/page.ts';
import {
  changeLine,
  historyOf,
  recordOf,
  vector,
  verify,
} from '../../allocator/support/vector-records.ts';
import { accessibilityFaults, hasBrowser, openBrowser } from '../../support/browser.ts';

/** A text as the page shows it: in each language, one after the other. */
const inEachLanguage = (key: 'verified' | 'fact.entries') =>
  languages.map((language) => catalogueOf(language).verifierInBrowser[key]).join('');

const history = historyOf(vector('crowd-0'), [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]);
const drand = recordOf(vector('crowd-0'), history);
const operator = recordOf(vector('one-of-three'));
const families = recordOf(vector('v2-party'));

let browser: Browser;
let directory = '';
let address = '';
let made: VerifyPage;
let page: Page;
/** Every address that the page asked for, and what the console said. */
const [asked, told]: [string[], string[]] = [[], []];

beforeAll(async () => {
  if (!hasBrowser) return;
  [made, browser] = await Promise.all([createVerifyPage(), openBrowser()]);
  directory = await mkdtemp(join(tmpdir(), 'tirage-page-'));
  await writeFile(join(directory, 'saved.html'), made.text);
  address = pathToFileURL(join(directory, 'saved.html')).href;
  page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  page.setDefaultTimeout(10_000);
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', (error) => told.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  if (directory !== '') await rm(directory, { recursive: true });
});
beforeEach(() => {
  asked.length = 0;
  told.length = 0;
});

const bytesOf = (lines: readonly string[]) => Buffer.from(lines.join(''), 'latin1');

/** Gives the page a file, and answers with what it shows in the end. */
async function check(bytes: Buffer): Promise<{ verdict: string | null; text: string }> {
  await page.locator('#file').setInputFiles({
    name: 'record.ndjson',
    mimeType: 'application/x-ndjson',
    buffer: bytes,
  });
  return shown();
}

async function shown(): Promise<{ verdict: string | null; text: string }> {
  const result = page.locator('[data-verdict]');
  await result.waitFor();
  return {
    verdict: await result.getAttribute('data-verdict'),
    text: (await result.textContent()) ?? '',
  };
}

describe.skipIf(!hasBrowser)('a saved copy, without a network', () => {
  beforeEach(async () => {
    await page.context().setOffline(true);
    await page.goto(address);
  });
  afterEach(async () => {
    await page.context().setOffline(false);
    expect(asked.filter((url) => !/^(file|blob):/.test(url))).toEqual([]);
    expect(told).toEqual([]);
  });

  test('verifies a good record, and shows counts and hashes', async () => {
    const { verdict, text } = await check(bytesOf(drand));
    expect(verdict).toBe('verified');
    for (const shownText of [
      inEachLanguage('verified'),
      'crowd-0',
      `${inEachLanguage('fact.entries')}40`,
      'balise publique drand',
      's’il avait été antidaté',
      vector('crowd-0').expected.outcomeHash,
      nodeSha256.hex(bytesOf(drand)),
    ]) {
      expect(text).toContain(shownText);
    }
    expect(await page.locator('#running').isHidden()).toBe(true);
  });

  test('verifies a draw of lottery/v2 with parties, and tells of events to come', async () => {
    const { verdict, text } = await check(bytesOf(families));
    expect([verdict, text.includes('après l’heure')]).toEqual(['verified', false]);
    const { entry } = JSON.parse(families.find((one) => one.includes('"kind":"winner"')) ?? '');
    const left = { at: '2999-01-01T00:00:00Z', entry, kind: 'event', type: 'withdrawn' };
    const later = await check(bytesOf([...families, `${JSON.stringify(left)}\n`]));
    expect(later.verdict).toBe('verified');
    expect(later.text).toContain('Un événement est daté après l’heure de cet appareil');
    expect(later.text).toContain(`à la ligne ${families.length + 1}`);
  });

  test('reads gzip, and says which randomness is weaker', async () => {
    const { verdict, text } = await check(gzipSync(bytesOf(operator)));
    expect(verdict).toBe('verified');
    expect(text).toContain('source plus faible');
    expect(text).toContain(nodeSha256.hex(bytesOf(operator)));
  });

  test('does not judge what browsers cannot unpack: gzip of two members, or cut short', async () => {
    const half = operator.join('').length >> 1;
    const bytes = bytesOf(operator);
    const two = Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))]);
    for (const packed of [two, gzipSync(bytes).subarray(0, 200)]) {
      const { verdict, text } = await check(packed);
      expect(verdict).toBe('stopped');
      expect(text).toContain('La lecture a échoué');
    }
  });

  test('names the line that differs as the command line does', async () => {
    const line = drand.findIndex((text) => text.includes('"kind":"winner"')) + 1;
    const { slot } = JSON.parse(drand[line - 1] ?? '');
    const other = vector('crowd-0').slots.find(({ id }) => id !== slot)?.id;
    const changed = changeLine(drand, line, { slot: other });
    const expected = verify(changed);
    expect(expected).toMatchObject({ verdict: 'differs', line });

    const { verdict, text } = await check(bytesOf(changed));
    expect(verdict).toBe('differs');
    expect(text).toContain(`Ligne ${line} du fichier`);
    expect(text).toContain(`Line ${line} of the file`);
    expect(text).toContain('reason' in expected ? expected.reason : 'no reason');
  });

  test.each([
    ['cut short', bytesOf(drand.slice(0, -history.length - 1)), drand.length - history.length],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${drand.join('')}`), 1],
    ['without its last line feed', bytesOf(drand).subarray(0, -1), drand.length],
    ['empty', Buffer.alloc(0), 1],
  ])('refuses a record %s as malformed', async (_name, bytes, line) => {
    const { verdict, text } = await check(bytes);
    expect(verdict).toBe('malformed');
    expect(text).toContain(`Ligne ${line} du fichier`);
  });

  test('writes what a hostile record says as text', async () => {
    const { verdict, text } = await check(Buffer.from('{"<img src=x>":1,"kind":"slot"}\n'));
    expect(verdict).toBe('malformed');
    expect(text).toContain('<img src=x>');
    expect(await page.locator('img').count()).toBe(0);
  });

  test('takes a dropped file, and one record after the other', async () => {
    await check(bytesOf(operator));
    const transfer = await page.evaluateHandle(
      `(() => { const t = new DataTransfer(); t.items.add(new File(['{}'], 'x.ndjson')); return t; })()`,
    );
    await page.dispatchEvent('#drop', 'drop', { dataTransfer: transfer });
    await page.locator('[data-verdict=malformed]').waitFor();
  });

  test('fits 320 px, can be used by keyboard, and breaks no rule of axe-core', async () => {
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('file');
    await check(bytesOf(drand));
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await check(bytesOf(drand.slice(1)));
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('served by anyone', () => {
  let server: Server;
  let origin = '';

  beforeEach(async () => {
    server = createServer((req, res) => {
      if (req.url === '/verify') {
        res.setHeader('Content-Security-Policy', made.policy);
        return void res.setHeader('Content-Type', 'text/html').end(made.text);
      }
      if (req.url?.includes('/slow/')) return void res.write(drand.slice(0, 20).join(''));
      if (req.url?.includes('/cut/')) {
        return void res.write(drand[0] ?? '', () => res.destroy());
      }
      res.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const open = (draw: string) =>
    page.goto(`${origin}/verify#/v1/prefectures/92/draws/${draw}/record`);

  test('shows progress while a record comes, and stops when told to', async () => {
    await open('slow');
    await page.getByText('20 lignes lues').waitFor();
    expect(await page.getByRole('progressbar').isVisible()).toBe(true);
    expect(await page.getByRole('status').textContent()).toContain('Vérification en cours');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Arrêter' }).focus();
    await page.keyboard.press('Enter');
    expect(await shown()).toMatchObject({ verdict: 'stopped' });
    expect(await page.evaluate('document.activeElement.id')).toBe('verdict');
    expect(page.workers()).toEqual([]);
  });

  test('a record that is not there, or breaks off on its way, is not judged', async () => {
    await open('none');
    expect((await shown()).text).toContain('HTTP 404');
    await page.goto('about:blank');
    await open('cut');
    expect((await shown()).text).toContain('La lecture a échoué');
  });

  test('an address that names something else is not asked for', async () => {
    for (const path of ['https://example.org/record', '//example.org', '/v1/prefectures']) {
      await page.goto('about:blank');
      await page.goto(`${origin}/verify#${path}`);
      await page.getByText('ne désigne aucun tirage').waitFor();
    }
    expect(asked.filter((url) => !url.startsWith(`${origin}/verify`))).toEqual([]);
  });
});
