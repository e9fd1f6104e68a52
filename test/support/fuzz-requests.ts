import fc from 'fast-check';
import { openApiDocument } from '#src/api/http/openapi.ts';
import { mutated, oddValues, type Schema, type Schemas, valuesOf } from './fuzz-values.ts';

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema: Schema;
}
interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Schemas };
}

/** One request as it goes out. */
export interface FuzzRequest {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

/** What is there, so that requests sometimes meet it. By the name of the parameter. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** Requests to every operation of the document, in equal parts, good, mutated and nonsense. */
export function requestsTo(known: Known, tokens: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const document = JSON.parse(JSON.stringify(openApiDocument())) as Document; // as it is published
  const { schemas } = document.components;
  const each = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) =>
      requestTo({ path, method, operation, schemas }, known, tokens),
    ),
  );
  return fc.oneof(...each);
}

interface Target {
  readonly path: string;
  readonly method: string;
  readonly operation: DocumentedOperation;
  readonly schemas: Schemas;
}

function requestTo(
  { path, method, operation, schemas }: Target,
  known: Known,
  tokens: readonly string[],
): fc.Arbitrary<FuzzRequest> {
  const { operationId, parameters = [], requestBody } = operation;
  const named = (place: string) => parameters.filter((one) => one.in === place);
  const values = Object.fromEntries(
    named('path').map(({ name, schema }) => [name, pathValues(name, schema, schemas, known)]),
  );
  const query = fc.record(
    Object.fromEntries(
      named('query').map(({ name, schema }) => [name, texts(valuesOf(schema, schemas))]),
    ),
    { requiredKeys: [] },
  );
  const more = fc.option(fc.tuple(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 })), {
    freq: 8,
    nil: undefined,
  });
  return fc
    .record({
      values: fc.record(values),
      query,
      more,
      headers: headersOf(tokens),
      body: bodiesOf(requestBody, schemas),
    })
    .map(({ values: given, query: asked, more: extra, headers, body }) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => given[name] ?? '-');
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(asked)) search.append(name, value ?? '');
      if (extra) search.append(...extra);
      const address = search.size === 0 ? filled : `${filled}?${search}`;
      const type = body.type === undefined ? {} : { 'content-type': body.type };
      const all = { ...headers, ...type };
      return {
        operation: operationId,
        method: method.toUpperCase(),
        path: address,
        headers: all,
        body: body.content,
      };
    });
}

function pathValues(name: string, schema: Schema, schemas: Schemas, known: Known) {
  const strange = ['%00', '%ff', '..%2f..', '%F0%9F%98%80', 'a'.repeat(300), '__proto__', '*', '%'];
  const there = known[name] ?? [];
  return fc.oneof(
    ...(there.length === 0 ? [] : [{ weight: 8, arbitrary: fc.constantFrom(...there) }]),
    { weight: 2, arbitrary: texts(valuesOf(schema, schemas)).map(encodeURIComponent) },
    { weight: 1, arbitrary: fc.constantFrom(...strange) },
  );
}

function texts(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const text = (value: unknown) =>
    (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
      .toWellFormed()
      .slice(0, 500);
  return fc.oneof({ weight: 4, arbitrary: values }, { weight: 1, arbitrary: oddValues }).map(text);
}

function headersOf(tokens: readonly string[]): fc.Arbitrary<Record<string, string>> {
  const visible = fc.stringMatching(/^[\x21-\x7e]{1,60}$/);
  return fc
    .record(
      {
        authorization: fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(...tokens).map((token) => `Bearer ${token}`) },
          { weight: 1, arbitrary: visible },
        ),
        'audit-reason': fc.oneof(fc.constant('a reason of a test'), visible),
        'idempotency-key': fc.stringMatching(/^[\x21-\x7e]{10,130}$/),
        'if-none-match': visible,
        'accept-language': visible,
        'x-forwarded-for': fc.constantFrom('203.0.113.7', '2001:db8::1', 'nonsense', ''),
        range: fc.constantFrom('bytes=0-10', 'bytes=9-1', 'x'),
      },
      { requiredKeys: ['authorization'] },
    )
    .map((headers) => ({ ...headers }));
}

interface Sent {
  readonly content: string | Buffer | undefined;
  readonly type: string | undefined;
}

function bodiesOf(
  requestBody: DocumentedOperation['requestBody'],
  schemas: Schemas,
): fc.Arbitrary<Sent> {
  const none: Sent = { content: undefined, type: undefined };
  if (!requestBody) return fc.constant(none);
  const good = valuesOf(requestBody.content['application/json']?.schema ?? {}, schemas);
  const json = (value: unknown): Sent => ({
    content: JSON.stringify(value) ?? 'null',
    type: 'application/json',
  });
  const types = [
    'application/json',
    'text/csv',
    'text/plain',
    'application/json; charset=utf-7',
    '',
  ];
  const torn = fc.tuple(good, fc.nat({ max: 60 })).map(([value, at]): Sent => {
    const text = JSON.stringify(value) ?? '';
    return { content: text.slice(0, at), type: 'application/json' };
  });
  const bytes = fc
    .tuple(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...types))
    .map(([content, type]): Sent => ({ content: Buffer.from(content), type }));
  return fc.oneof(
    { weight: 4, arbitrary: good.map(json) },
    { weight: 8, arbitrary: mutated(good).map(json) },
    { weight: 1, arbitrary: oddValues.map(json) },
    { weight: 1, arbitrary: torn },
    { weight: 1, arbitrary: bytes },
  );
}
