import { hash } from 'node:crypto';
import { Html, html } from './html.ts';

const style = `
:root { color-scheme: light dark; }
body { font: 1.125rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 40rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
section + section { border-top: 1px solid #8888; margin-top: 2rem; padding-top: 1rem; }
button { font: inherit; padding: .75rem 1.25rem; border: 2px solid #000091; border-radius: .25rem;
  background: #000091; color: #fff; cursor: pointer; }
button:focus-visible { outline: 3px solid #0a76f6; outline-offset: 2px; }
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

/** One text in both languages, French first. */
export interface BilingualSection {
  readonly lang: 'fr' | 'en';
  readonly title: string;
  readonly body: Html;
}

/** A whole page: one section for each language. Pure. */
export function page(sections: readonly BilingualSection[]): string {
  const [first] = sections;
  const parts = sections.map(
    ({ lang, title, body }, index) => html`
<section lang="${lang}">
${new Html(index === 0 ? '<h1>' : '<h2>')}${title}${new Html(index === 0 ? '</h1>' : '</h2>')}
${body}
</section>`,
  );
  return html`<!doctype html>
<html lang="${first?.lang ?? 'fr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${first?.title ?? ''}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>${parts}
</main>
</body>
</html>
`.text;
}
