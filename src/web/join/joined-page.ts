import { entryPageUrl } from '../../domain/page-addresses.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { codeForm, type Place } from '../entry/forms.ts';
import { entrySheet } from '../entry/page.ts';
import { papersPart } from '../entry/papers.ts';
import { html } from '../kit/html.ts';
import { inLanguage } from '../kit/language.ts';

/** What is shown to who has just joined: the secret, the code to enter, the receipt. Pure. */
export function joinedPage(joined: Place & { readonly token: string }): string {
  const { prefecture, entryId, lang, token } = joined;
  const text = textsOf('entryPage', lang);
  const address = inLanguage(entryPageUrl('', prefecture.id, entryId), lang);
  const [entry, attempts] = [{ state: 'unverified' } as const, { draws: 0, weeks: 0 }];
  return entrySheet(
    joined,
    html`<p class="notice" role="status">${text('joined.almost')}</p>
<h2>${text('joined.code')}</h2>
${codeForm({ ...joined, offerId: undefined })}
<h2>${text('joined.keep')}</h2>
<p>${text('joined.keep.body')}</p>
<dl><dt>${text('joined.secret')}</dt><dd><code>${token}</code></dd></dl>
<p><a href="${address}">${text('joined.page')}</a></p>
${papersPart({ ...joined, entry, attempts })}`,
  );
}
