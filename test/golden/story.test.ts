import { expect, test } from 'vitest';
import { prefecture, useApi } from '../api/harness.ts';
import { openAlbum, plainPage, written } from './album.ts';
import { answerPages, certificatesPages, refusedPages } from './more-pages.ts';
import { useStory } from './story.ts';
import { entryActions, entryStates, PageWriter, publicPages } from './story-pages.ts';

const api = useApi();
const story = useStory(api);
const pages = openAlbum('pages');

test('public pages and pages of entries are as they were, in every state', async () => {
  const { world, cast } = await story();
  const writer = new PageWriter(world, pages);
  await entryStates(writer, cast);
  await publicPages(writer);
  await pages.compare();
});

test('what people do on the page of an entry is answered as it was', async () => {
  const { world, cast } = await story();
  await entryActions(new PageWriter(world, pages), cast);
  await pages.compare();
});

test('pages behind links, pages that check papers, refusals are as they were', async () => {
  const { world, cast } = await story();
  const writer = new PageWriter(world, pages);
  await answerPages(writer, cast);
  await certificatesPages(writer, cast);
  await refusedPages(writer);
  const verify = await world.page('/verify');
  pages.add('verify', 'the page that checks draws', plainPage(written(verify)));
  const { text } = await world.page(`/p/${prefecture}`);
  pages.add('style', 'the style of every page', /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? '');
  await pages.compare();
});

test('every golden page is of a page that there is', () => {
  expect(pages.leftOver()).toEqual([]);
});
