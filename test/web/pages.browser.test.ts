import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';
import { createVerifyPage } from '#src/web/verifier/page.ts';
import { accessibilityFaults, hasBrowser, openBrowser } from '../support/browser.ts';
import { PSEUDO } from '../support/pseudo.ts';
import { everyPage, shownPrefecture } from './every-page.ts';

/** As wide as the narrowest telephones that are sold. */
const width = 360;
/** A long name, as real ones are. */
const prefecture = shownPrefecture(
  'Renouvellement d’un titre de séjour « salarié » (Hauts-de-Seine)',
);
/** Pages that hold every kind of part that there is. */
const inspected = [
  'entry 1',
  'entry 2',
  'join with a fault 3',
  'public',
  'certificates 3',
  'answer 1',
];
/** That nobody speaks the language of this test is no fault of a page. */
const ofNoLanguage = new RegExp(`^(html-lang-valid|valid-lang): [^|]*lang="${PSEUDO}"[^|]*$`);
/** Many pages, perhaps on a busy machine. */
const patient = { timeout: 120_000 };

let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width, height: 640 } });
});
afterAll(() => browser?.close());

/** Shows a page with every fold open; says how far it goes beyond the edge, in pixels. */
async function beyondTheEdge(text: string): Promise<number> {
  await page.setContent(text.replaceAll(/<script.*?<\/script>/gs, ''));
  await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
  return page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}

describe.skipIf(!hasBrowser).each([...languages])(`at ${width} px, in %s`, (language) => {
  const pages = everyPage(language, prefecture);

  test('every page fits', patient, async () => {
    const wide: string[] = [];
    for (const [name, text] of Object.entries(pages)) {
      const pixels = await beyondTheEdge(text);
      if (pixels > 0) wide.push(`${name}: ${pixels} px`);
    }
    expect(wide).toEqual([]);
  });

  test('the pages break no rule of axe-core', patient, async () => {
    for (const name of inspected) {
      await beyondTheEdge(pages[name] ?? '');
      const faults = await accessibilityFaults(page);
      expect(faults.filter((fault) => !ofNoLanguage.test(fault))).toEqual([]);
    }
  });
});

describe.skipIf(!hasBrowser)(`at ${width} px`, () => {
  test('the page that verifies draws fits, with every language on it', async () => {
    expect(await beyondTheEdge((await createVerifyPage()).text)).toBe(0);
    // Away from a policy that would refuse the style of other pages.
    await page.goto('about:blank');
  });

  test('a page in a language from right to left begins at the right', async () => {
    await beyondTheEdge(everyPage(PSEUDO, prefecture).public ?? '');
    const borders = await page.evaluate<[number, number]>(`(() => {
      const style = getComputedStyle(document.querySelector('.notice'));
      return [parseFloat(style.borderLeftWidth), parseFloat(style.borderRightWidth)];
    })()`);
    expect(borders[0]).toBe(0);
    expect(borders[1]).toBeGreaterThan(0);
  });
});
