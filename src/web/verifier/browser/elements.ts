import type { Bilingual } from './texts.ts';

/** An element of the page. @throws Error if it is not there, or another one. */
export function elementOf<E extends HTMLElement>(id: string, type: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`no ${type.name} ${id}`);
  return found;
}

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

/** A text in French, then in English. */
export function both({ fr, en }: Bilingual): HTMLElement[] {
  return [make('span', [fr], { lang: 'fr' }), make('span', [en], { lang: 'en', class: 'en' })];
}
