import { hash } from 'node:crypto';
import tirage from '../../../package.json' with { type: 'json' };
import { LANGUAGES, type Language, languages } from '../../base/languages.ts';
import { catalogueOf, textsOf } from '../../texts/catalogues.ts';
import type { TextKey } from '../../texts/message.ts';
import type { Source } from '../../texts/translation.ts';
import { bundleForBrowser } from '../kit/browser-bundle.ts';
import { Html, html } from '../kit/html.ts';
import { directionOf, languageAttributes } from '../kit/language.ts';
import { style as pageStyle } from '../kit/layout.ts';
import type { BrowserLanguage } from './browser/texts.ts';

type Key = TextKey<Source['verifierPage']>;

/** One file that needs no other: anyone can keep it, and open it without a network. */
export interface VerifyPage {
  readonly text: string;
  /** SHA-256 of the text, 64 lowercase hex digits, to compare copies with. */
  readonly sha256: string;
  /** Content-Security-Policy for whoever serves it. */
  readonly policy: string;
}

const style = () => `${pageStyle}
[hidden] { display: none; }
${languages
  .slice(1)
  .map((language) => `.${language}`)
  .join(', ')} { display: block; font-size: 1rem; }
#drop { border: 2px dashed #767676; border-radius: .25rem; padding: 1rem; }
#drop.over { border-color: #0a76f6; border-style: solid; }
progress { width: 100%; height: 1.25rem; }
.result { border-inline-start: .375rem solid #767676; padding: .25rem 1rem; }
.result h2 { margin-top: 0; }
.result.verified { border-color: #18753c; } .result.differs, .result.malformed { border-color: #ce0500; }
`;

/**
 * Makes the page that verifies records with the allocator itself, in every language.
 *
 * @throws Error where esbuild cannot run.
 */
export async function createVerifyPage(): Promise<VerifyPage> {
  const css = style();
  const script = await bundleForBrowser('verifier', languages.map(browserLanguage));
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(css)}`,
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const { text } = documentOf(script, css, policy);
  // A page cannot say itself that nobody may frame it.
  const served = `${policy}; frame-ancestors 'none'`;
  return { text, sha256: hash('sha256', text), policy: served };
}

function hashOf(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}

function documentOf(script: string, css: string, policy: string): Html {
  // Quotes in an attribute's value would be escaped, and the policy is ours.
  const meta = new Html(`<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  return html`<!doctype html>
<html${languageAttributes(languages[0])}>
<head>
<meta charset="utf-8">
${meta}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${joined('title', ' – ')}</title>
<style>${new Html(css)}</style>
</head>
<body>
<main>
<h1>${inEachLanguage('title')}</h1>
<p>${inEachLanguage('intro')}</p>
<noscript><p class="error">${inEachLanguage('needsScript')}</p></noscript>
<div id="drop">
<label for="file">${inEachLanguage('file')}</label>
<input type="file" id="file">
</div>
<div id="running" hidden>
<progress id="bar" max="1" aria-label="${joined('progress', ' / ')}"></progress>
<p id="counted"></p>
<p><button type="button" id="cancel">${inEachLanguage('stop')}</button></p>
</div>
<div id="status" role="status" aria-live="polite"></div>
<h2>${inEachLanguage('proves')}</h2>
<p>${inEachLanguage('proves.body')}</p>
<p>${inEachLanguage('proves.not')}</p>
<h2>${inEachLanguage('keep')}</h2>
<p id="served" hidden><a href="verify" download="tirage-verify.html">${inEachLanguage('download')}</a></p>
<p>${inEachLanguage('keep.body')}</p>
<p>Tirage ${tirage.version}, lottery/v1, lottery/v2</p>
</main>
<script>${new Html(script)}</script>
</body>
</html>
`;
}

/** How an element of a language is marked; all but the first stand on a line of their own. */
function marksOf(language: Language): Html {
  const isFirst = language === languages[0];
  const attributes = languageAttributes(language, directionOf(languages[0]));
  return html`${attributes}${isFirst ? '' : html` class="${language}"`}`;
}

/** The same for the script. */
function browserLanguage(language: Language): BrowserLanguage {
  const { locale } = LANGUAGES[language];
  const dir = directionOf(language);
  const attributes = {
    lang: language,
    ...(dir === directionOf(languages[0]) ? {} : { dir }),
    ...(language === languages[0] ? {} : { class: language }),
  };
  return { locale, attributes, texts: catalogueOf(language).verifierInBrowser };
}

/** A text in every language, one after the other. */
function inEachLanguage(key: Key): Html {
  const spans = languages.map((language, at) => {
    const text = textsOf('verifierPage', language)(key);
    return html`${at === 0 ? '' : ' '}<span${marksOf(language)}>${text}</span>`;
  });
  return html`${spans}`;
}

/** The same where there can be no elements. */
function joined(key: Key, between: string): string {
  return languages.map((language) => textsOf('verifierPage', language)(key)).join(between);
}
