import { z } from 'zod';
import { openApiDocument, refusalsOf } from '#src/api/http/openapi.ts';
import { operations, serviceOperations } from '#src/api/http/operations.ts';

interface DocumentedAnswer {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}
interface DocumentedOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

// JSON Schema looks for what is referred to in $defs, OpenAPI in components.
const text = JSON.stringify(openApiDocument()).replaceAll('#/components/schemas/', '#/$defs/');
const document = JSON.parse(text) as Document; // what createDocument made, as text and back

const patterns = Object.entries(document.paths).map(([path, item]) => ({
  // A concrete path goes before one with a variable in its place.
  variables: path.split('{').length,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  item,
}));
patterns.sort((a, b) => a.variables - b.variables);

/** What each operation may refuse. */
const refusals = new Map<string, readonly string[]>([
  ...operations.map((op) => [op.id, refusalsOf(op)] as const),
  ...serviceOperations.map((op) => [op.id, Object.keys(op.refusals)] as const),
]);

const Refused = z.looseObject({ code: z.string() });
const schemas = new Map<object, z.ZodType>();

export interface ObservedAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/**
 * Checks an answer against the document: status, media type, every member, and the code of what was
 * refused. An address or method that is not in the document may only be refused.
 *
 * @throws Error that says what is not as documented
 */
export function checkAnswer({ method, path, status, type, text: body }: ObservedAnswer): void {
  const found = patterns.find(({ pattern }) => pattern.test(path));
  const operation = found?.item[method === 'HEAD' ? 'get' : method.toLowerCase()];
  const name = `${method} ${path}: ${status}`;
  if (!operation) {
    if (![404, 405].includes(status)) throw new Error(`${name} is not documented`);
    return;
  }
  const answer = operation.responses[String(status)];
  if (!answer) throw new Error(`${name} is not documented for ${operation.operationId}`);
  if (method === 'HEAD') return;
  if (!answer.content) {
    if (body !== '') throw new Error(`${name} has a body that is not documented`);
    return;
  }
  const media = answer.content[type];
  if (!media) throw new Error(`${name} answers ${type}, which is not documented`);
  if (!type.includes('json') || type.includes('ndjson')) return;
  const schema = schemas.get(media) ?? schemaOf(media.schema);
  schemas.set(media, schema);
  const answered: unknown = JSON.parse(body);
  const checked = schema.safeParse(answered);
  if (!checked.success) throw new Error(`${name}: ${z.prettifyError(checked.error)}\n${body}`);
  if (type !== 'application/problem+json') return;
  const { code } = Refused.parse(answered);
  // Such a path is refused before anything is looked for.
  if (code === 'body_malformed' && !isDecodable(path)) return;
  if (refusals.get(operation.operationId)?.includes(code)) return;
  throw new Error(`${name}: ${operation.operationId} does not declare ${code}`);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function schemaOf(schema: object): z.ZodType {
  return z.fromJSONSchema({ ...schema, $defs: document.components.schemas } as never); // it checks
}
