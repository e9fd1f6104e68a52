import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinPageUrl, lostLinkPageUrl, prefecturePageUrl } from '#src/domain/page-addresses.ts';
import { join, prefecture, useApi } from '../../api/harness.ts';
import { accessibilityFaults, hasBrowser, openBrowser } from '../../support/browser.ts';

const api = useApi({ workTries: 100 });
let browser: Browser;

beforeAll(async () => {
  if (hasBrowser) browser = await openBrowser();
});
afterAll(() => browser?.close());

/** A page as narrow as a cheap telephone, what its console said, and what it asked of whom. */
async function phone(options: { javaScriptEnabled?: boolean } = {}) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', (error) => told.push(error.message));
  page.on('request', (request) => {
    if (!/^blob:/.test(request.url()) && !request.url().startsWith(api.origin())) {
      told.push(`asked ${request.url()}`);
    }
  });
  return { page, told, context };
}

/** Nothing that axe-core finds, and nothing beyond the edge, with every fold open. */
async function expectFit(page: Page): Promise<void> {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
}

describe.skipIf(!hasBrowser)('on a narrow telephone', () => {
  test('a person joins: the work is done meanwhile, and the form goes when it is done', async () => {
    const { page, told, context } = await phone();
    const held = Promise.withResolvers<void>();
    await page.route('**/challenge?*', async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.goto(prefecturePageUrl(api.origin(), prefecture));
    await page.getByRole('link', { name: 'S’inscrire', exact: true }).click();
    const state = page.getByRole('status');
    await state.getByText('fait un petit calcul contre les robots').waitFor();
    await expectFit(page);

    await page.getByLabel('Renouvellement').first().check();
    await page.getByLabel('Nom et prénom').fill('Ada Exemple');
    await page.getByLabel('Numéro étranger (AGDREF)').fill('12 345');
    await page.getByLabel('Adresse e-mail').fill('ada@example.org');
    await page.getByRole('button', { name: 'M’inscrire' }).click();
    await state.getByText('l’envoi part tout seul').waitFor();
    held.resolve();

    await page.getByText('Il reste quelque chose à corriger').waitFor();
    await expectFit(page);
    expect(await page.getByLabel('Adresse e-mail').inputValue()).toBe('ada@example.org');
    // The work was not taken: it does for this sending.
    await state.getByText('vous pouvez envoyer').waitFor();
    await page.getByLabel('Numéro étranger (AGDREF)').fill('12 345 678 90');
    await page.getByRole('button', { name: 'M’inscrire' }).dblclick();

    await page.getByRole('heading', { name: 'Gardez votre secret' }).waitFor();
    await expectFit(page);
    const id = (await page.locator('code').first().textContent()) ?? '';
    await page.getByLabel('Code à 6 chiffres').fill(api.tokens.code(prefecture, id, 1));
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await page.getByText('Vous êtes sur la liste d’attente').waitFor();
    expect((await api.store.entries.get(prefecture, id))?.state).toBe('waiting');
    // Chromium notes the answer 422 itself.
    expect(told.filter((line) => !line.includes('status of 422'))).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  test('a lost link is asked for, with work of its own', async () => {
    const { request } = await join(api);
    const { page, told, context } = await phone();
    await page.goto(`${lostLinkPageUrl(api.origin(), prefecture)}?lang=en`);
    await page.getByText('you can send').waitFor();
    await expectFit(page);
    await page.getByLabel('E-mail address').fill(request.contact.email);
    await page.getByRole('button', { name: 'Receive the link' }).click();
    await page.getByText('a message is on its way').waitFor();
    await expectFit(page);
    expect(told).toEqual([]);
    await context.close();
  });

  test('when the work fails, the page says how to join without it, and tries again', async () => {
    const { page, context } = await phone();
    await page.route('**/challenge?*', (route) => route.abort(), { times: 1 });
    await page.goto(joinPageUrl(api.origin(), prefecture));
    await page.getByText('au guichet, par téléphone ou avec une association').waitFor();
    await page.getByLabel('Renouvellement').first().check();
    await page.getByLabel('Nom et prénom').fill('Ada Exemple');
    await page.getByRole('button', { name: 'M’inscrire' }).click();
    await page.getByText('Il reste quelque chose à corriger').waitFor();
    await context.close();
  });

  test('without a script, the other ways are the first thing that is said', async () => {
    const { page, context } = await phone({ javaScriptEnabled: false });
    await page.goto(joinPageUrl(api.origin(), prefecture));
    await page.getByText('vous inscrire au guichet de la préfecture').waitFor();
    await context.close();
  });
});
