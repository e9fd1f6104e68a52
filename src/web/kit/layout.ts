import { hash } from 'node:crypto';
import { LANGUAGES, type Language, languages } from '../../base/languages.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { Html, html } from './html.ts';
import { directionOf, languageAttributes } from './language.ts';

/** How every page looks. */
export const style = `
:root { color-scheme: light dark; }
body { font: 1.125rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 40rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.25rem; line-height: 1.25; margin-top: 2rem; } h3 { font-size: 1.125rem; }
section + section { border-top: 1px solid #8888; margin-top: 2rem; padding-top: 1rem; }
button { font: inherit; padding: .75rem 1.25rem; border: 2px solid #000091; border-radius: .25rem;
  background: #000091; color: #fff; cursor: pointer; }
button.quiet { background: transparent; color: inherit; border-color: currentColor; }
a { color: light-dark(#000091, #8ab4ff); }
code { direction: ltr; unicode-bidi: isolate; }
label { display: block; font-weight: 600; }
.hint { margin: .25rem 0; }
input, select, textarea { font: inherit; box-sizing: border-box; width: 100%; margin: .25rem 0 1rem; padding: .625rem;
  border: 2px solid #767676; border-radius: .25rem; }
input[type=checkbox], input[type=radio] { width: 1.25rem; height: 1.25rem; flex: none; margin: .125rem 0 0; margin-inline-end: .5rem; vertical-align: middle; }
fieldset { border: 0; margin: 0 0 1.5rem; padding: 0; min-width: 0; }
legend { font-weight: 600; font-size: 1.25rem; padding: 0; margin-bottom: .5rem; }
fieldset > .hint, .fold > .hint { margin-bottom: 1rem; }
label.choice { display: flex; align-items: flex-start; font-weight: 400; padding: .5rem 0; }
.choice-hint { margin: -.25rem 0 .5rem; margin-inline-start: 1.75rem; font-size: 1rem; }
summary { cursor: pointer; padding: .75rem 0; font-weight: 600; }
.fold { border-inline-start: .125rem solid #8888; padding: .25rem 0; padding-inline-start: 1rem; margin-bottom: 1rem; }
ul.notice { padding-inline-start: 2rem; }
a.button { display: inline-block; padding: .75rem 1.25rem; border-radius: .25rem; background: #000091; color: #fff; text-decoration: none; }
.notice { border-inline-start: .375rem solid #0a76f6; padding: .25rem 1rem; }
.error { border-inline-start: .375rem solid #ce0500; padding: .25rem 1rem; }
form { margin: 1rem 0; }
@media print { form, nav { display: none; } body { max-width: none; font-size: 12pt; } }
a:focus-visible, summary:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, button:focus-visible { outline: 3px solid #0a76f6; outline-offset: 2px; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
`;

/** For the Content-Security-Policy: this style and no other. */
const styleHash = `'sha256-${hash('sha256', style, 'base64')}'`;

/** What a page of ours needs, and nothing else: no script, nothing from outside, no framing. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src ${styleHash}`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The page in one of its languages. */
export interface Section {
  readonly lang: Language;
  readonly title: string;
  readonly body: Html;
}

/** A whole page: one section for each language. Pure. */
export function page(sections: readonly Section[]): string {
  const [first] = sections;
  const { lang: main, title } = first ?? { lang: languages[0], title: '' };
  const dir = directionOf(main);
  const parts = sections.map(
    ({ lang, title, body }, index) => html`
<section${languageAttributes(lang, dir)}>
${new Html(index === 0 ? '<h1>' : '<h2>')}${title}${new Html(index === 0 ? '</h1>' : '</h2>')}
${body}
</section>`,
  );
  return shell({ lang: main, title, indexed: false }, html`${parts}`);
}

/** A whole page in one language, with links to the others. */
export interface Sheet {
  readonly lang: Language;
  readonly title: string;
  /** Whether search engines may list it: never a page about a person. */
  readonly indexed: boolean;
  /** Where the same page lies in another language. */
  readonly hrefIn: (language: Language) => string;
  readonly body: Html;
}

/** A whole page in one language. Pure. */
export function sheet({ lang, title, indexed, hrefIn, body }: Sheet): string {
  const dir = directionOf(lang);
  const links = languages
    .filter((other) => other !== lang)
    .map((other, at) => {
      const attributes = html`${languageAttributes(other, dir)} hreflang="${other}"`;
      return html`${at === 0 ? '' : ' '}<a href="${hrefIn(other)}"${attributes}>${LANGUAGES[other].name}</a>`;
    });
  return shell(
    { lang, title, indexed },
    html`
<nav aria-label="${textsOf('layout', lang)('languages')}">${links}</nav>
<h1>${title}</h1>
${body}`,
  );
}

function shell(
  { lang, title, indexed }: Pick<Sheet, 'lang' | 'title' | 'indexed'>,
  body: Html,
): string {
  return html`<!doctype html>
<html${languageAttributes(lang)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${indexed ? '' : html`<meta name="robots" content="noindex">`}
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>${body}
</main>
</body>
</html>
`.text;
}
