import { type Say, said } from './texts.ts';

/** A new element. Whatever a record says goes in as text, never as HTML. */
export function make(
  tag: string,
  content: readonly (Node | string)[],
  attributes: Readonly<Record<string, string>> = {},
): HTMLElement {
  const made = document.createElement(tag);
  made.append(...content);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A text in every language, one after the other. */
export function inEachLanguage(say: Say): HTMLElement[] {
  return said(say).map(({ text, attributes }) => make('span', [text], attributes));
}
