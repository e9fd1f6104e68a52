import { languages } from '../../base/languages.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { html } from './html.ts';
import { page } from './layout.ts';

/** A refusal in plain words, in every language, for a page of a given status. Pure. */
export function refusedPage(status: number): string {
  const why =
    status === 404 ? 'missing' : status === 429 ? 'busy' : status >= 500 ? 'down' : 'other';
  return page(
    languages.map((lang) => {
      const text = textsOf('refusedPage', lang);
      return { lang, title: text(why), body: html`<p>${text(`${why}.body`)}</p>` };
    }),
  );
}
