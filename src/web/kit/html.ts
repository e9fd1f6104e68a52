/** Text that is HTML already. Only `html` makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Writes HTML; whatever is put in is escaped unless `html` made it. Pure. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(textOf)));
}

function textOf(value: string | Html | readonly Html[]): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (found) => entities[found] ?? '');
  return value.map(({ text }) => text).join('');
}

/**
 * A text with HTML in places of its arguments: `write` is given a mark for each part, and the part
 * comes to where the text has its mark. Whatever else is in the text is escaped. Pure.
 */
export function htmlText<Name extends string>(
  parts: Readonly<Record<Name, string | Html>>,
  write: (marks: Readonly<Record<Name, string>>) => string,
): Html {
  const given = Object.entries<string | Html>(parts);
  const marks = given.map(([name], at) => [name, `\uE000${at}\uE001`]);
  // It has a mark for each name of a part.
  const text = write(Object.fromEntries(marks) as Readonly<Record<Name, string>>);
  const placed = textOf(text).replaceAll(/\uE000(\d+)\uE001/g, (_mark, at: string) =>
    textOf(given[Number(at)]?.[1] ?? ''),
  );
  return new Html(placed);
}
