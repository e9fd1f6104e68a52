import fc from 'fast-check';

/** The parts of a JSON Schema that the OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

export type Schemas = Readonly<Record<string, Schema>>;

/** What nobody should send and somebody will. */
const odd: readonly unknown[] = [
  ...[null, true, '', ' ', 0, -0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, Number.MIN_VALUE],
  ...[
    '\u0000',
    '\ud800',
    '\u202e',
    '\uffff',
    'é'.normalize('NFD'),
    '欧阳',
    '👩‍👩‍👧',
    'a'.repeat(6000),
  ],
  ...['a\r\nBcc: x@example.org', '=1+1', '../../etc/passwd', '<script>', "' OR 1=1 --"],
  ...[
    '__proto__',
    'constructor',
    'NaN',
    '1e999',
    '2026-02-30',
    '2026-12-01T08:00:00Z',
    '0'.repeat(64),
  ],
  ...[[], {}, [[]], [null], { __proto__: null, toString: 1 }, Array(300).fill(0)],
  JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}'),
  JSON.parse(`${'['.repeat(300)}${']'.repeat(300)}`),
];

const formats: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2026-12-01T08:00:00Z', '2026-12-20T23:59:59.999Z', '9999-12-31T23:59:59Z'],
  date: ['2026-12-01', '0001-01-01', '9999-12-31'],
  email: ['ada@example.org', 'a.b+c@sub.example.com'],
  uri: ['https://example.org/hook', 'https://127.0.0.1/'],
};

/** Values that fit a schema, now and then on its edge. */
export function valuesOf(schema: Schema, schemas: Schemas, depth = 0): fc.Arbitrary<unknown> {
  const inner = (one: Schema) => valuesOf(one, schemas, depth + 1);
  if (depth > 8) return fc.constant(null);
  if (schema.$ref !== undefined) return inner(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map(inner));
  const types = [schema.type ?? 'object'].flat();
  return fc.oneof(...types.map((type) => valuesOfType(type, schema, inner)));
}

function valuesOfType(
  type: string,
  schema: Schema,
  inner: (schema: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const { minimum = -5, maximum = minimum + 1000, minItems = 0, maxItems = 3 } = schema;
  switch (type) {
    case 'string':
      return stringsOf(schema);
    case 'integer':
      return fc.integer({ min: Math.ceil(minimum), max: Math.min(maximum, 2 ** 31) });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const maxLength = Math.max(minItems, Math.min(maxItems, 3));
      return fc.array(inner(schema.items ?? {}), { minLength: minItems, maxLength });
    }
    default:
      return objectsOf(schema, inner);
  }
}

function objectsOf(
  { properties = {}, required = [], additionalProperties }: Schema,
  inner: (schema: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, one]) => [name, inner(one)] as const);
  const record = fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
  if (typeof additionalProperties !== 'object' && members.length > 0) return record;
  const others = typeof additionalProperties === 'object' ? additionalProperties : { type: 'null' };
  return fc.oneof(
    record,
    fc.dictionary(fc.string({ maxLength: 8 }), inner(others), { maxKeys: 3 }),
  );
}

function stringsOf({ pattern, format, minLength = 0, maxLength = 60 }: Schema) {
  const known = formats[format ?? ''];
  if (known) return fc.constantFrom(...known);
  if (pattern !== undefined) {
    try {
      return fc.stringMatching(new RegExp(pattern));
    } catch {
      // Not every pattern can be made backwards.
    }
  }
  return fc.string({
    unit: 'grapheme',
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, 60)),
  });
}

export const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** One change somewhere in a value: where is told by numbers, so that any value will do. */
const mutation = fc.record({
  how: fc.constantFrom('replace', 'remove', 'add', 'wrap', 'twice'),
  path: fc.array(fc.nat({ max: 20 }), { maxLength: 4 }),
  odd: oddValues,
});

/** Values that were good and are not any more. */
export function mutated(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const changes = fc.array(mutation, { minLength: 1, maxLength: 3 });
  return fc
    .tuple(values, changes)
    .map(([value, all]) => all.reduce((now, one) => mutate(now, one.path, one), value));
}

type Change = { readonly how: string; readonly odd: unknown };

function mutate(value: unknown, path: readonly number[], change: Change): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return change.odd;
  if (Array.isArray(value)) {
    const at = step % (value.length + 1);
    if (change.how === 'twice') return [...value, ...value];
    if (change.how === 'remove') return value.toSpliced(at, 1);
    return value.toSpliced(at, 1, mutate(value[at], rest, change));
  }
  const names = Object.keys(value);
  const name = names[step % Math.max(1, names.length)] ?? 'member';
  const members: Record<string, unknown> = { ...value };
  if (change.how === 'remove') delete members[name];
  else if (change.how === 'add') members[`${name}x`] = change.odd;
  else if (change.how === 'wrap') members[name] = [members[name]];
  else members[name] = mutate(members[name], rest, change);
  return members;
}
