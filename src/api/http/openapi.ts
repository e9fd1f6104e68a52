import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
  type ZodOpenApiSecuritySchemeObject,
} from 'zod-openapi';
import { rolesFor } from '../../domain/agents/permissions.ts';
import { ROOT } from './mount.ts';
import { type Answer, auditOf, type Operation } from './operation.ts';
import { operations, serviceOperations } from './operations.ts';
import { type ProblemCode, statusOf } from './problem.ts';
import { REASON_HEADER } from './reason.ts';
import { AuditReason, Identifier, Problem } from './schemas.ts';
import type { ServiceOperation } from './service-route.ts';
import { TAGS } from './tags.ts';

const securitySchemes: Record<string, ZodOpenApiSecuritySchemeObject> = {
  entryToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of one entry, as `POST entries` answered it.',
  },
  agentKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of this prefecture: `tirage_<id>_<secret>`.',
  },
  answerSignature: {
    type: 'apiKey',
    in: 'query',
    name: 'signature',
    description: 'The signature of a one-click link.',
  },
};

/** The OpenAPI 3.1 document, made from what the routes themselves check. Pure. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const op of operations) {
    paths[ROOT + op.path] = { ...paths[ROOT + op.path], [op.method]: described(op) };
  }
  for (const op of serviceOperations) paths[op.path] = { [op.method]: describedService(op) };
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tirage',
      version: '1',
      summary: 'Appointments by lottery: a waitlist, draws that anyone can check, offers.',
      description:
        'Errors are RFC 9457 problem details with a stable `code`. Texts for people are in each ' +
        'language of the service, French first.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This service.' }],
    tags: TAGS.map((tag) => ({ ...tag })),
    paths,
    components: {
      securitySchemes,
    },
  });
}

let made: string | undefined;

/** The document as JSON text. It describes this version of the service, so a process makes it once. */
export function openApiText(): string {
  made ??= JSON.stringify(openApiDocument());
  return made;
}

function described(op: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, access, params, query } = op;
  const role = roleText(access);
  const headers = headersOf(op);
  const text = [description, role].filter(Boolean).join(' ');
  const body = requestBody(op);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(text ? { description: text } : {}),
    security: securityOf(access),
    requestParams: {
      path: z.object({ prefecture: Identifier, ...params.shape }),
      query,
      ...(headers ? { header: headers } : {}),
    },
    ...(body ? { requestBody: body } : {}),
    responses: { ...answersOf(op), ...problemsOf(op) },
  };
}

function describedService(op: ServiceOperation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, query, takes } = op;
  const content = takes && Object.entries(takes.types).map(([type, schema]) => [type, { schema }]);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    security: [],
    ...(query ? { requestParams: { query } } : {}),
    ...(content ? { requestBody: { required: true, content: Object.fromEntries(content) } } : {}),
    responses: { ...answersOf(op), ...serviceProblemsOf(op) },
  };
}

function serviceProblemsOf({ refusals }: ServiceOperation): ZodOpenApiResponsesObject {
  const texts = new Map<number, string[]>();
  for (const [name, word] of Object.entries(refusals)) {
    const code = name as ProblemCode; // by its type, its names are codes
    const text = word ? `\`${code}\`: ${word}` : `\`${code}\``;
    texts.set(statusOf(code), [...(texts.get(statusOf(code)) ?? []), text]);
  }
  const content = { 'application/problem+json': { schema: Problem } };
  const described = [...texts].map(([status, list]) => [
    status,
    { description: `${list.join(', ')}.`, content },
  ]);
  return Object.fromEntries(described);
}

/** Also the reason, which agents give in one way for all that they change. */
function headersOf(op: Operation): z.ZodObject | undefined {
  const audit = auditOf(op);
  if (audit === 'none') return op.headers;
  const needed = audit === 'change' && !hasReason(op.body);
  const reason = needed ? AuditReason : AuditReason.optional();
  return z.object({ ...op.headers?.shape, [REASON_HEADER]: reason });
}

/** Whether the body has a member that is the reason. */
function hasReason(body: z.ZodType): boolean {
  return body instanceof z.ZodObject && 'reason' in body.shape;
}

function roleText(access: Operation['access']): string {
  if (typeof access === 'string') return '';
  const roles = `Roles: ${rolesFor[access.agent].join(', ')}.`;
  return access.orEntry ? `For the token of the entry too. ${roles}` : roles;
}

function securityOf(access: Operation['access']): Record<string, string[]>[] {
  if (access === 'public') return [];
  if (access === 'entry') return [{ entryToken: [] }];
  if (access === 'signature') return [{ answerSignature: [] }];
  if (access === 'entry_or_signature') return [{ entryToken: [] }, { answerSignature: [] }];
  return access.orEntry ? [{ entryToken: [] }, { agentKey: [] }] : [{ agentKey: [] }];
}

function requestBody({ body, documentedBody, csv }: Operation) {
  if (body instanceof z.ZodUndefined) return undefined;
  const asCsv = csv && {
    'text/csv': {
      schema: z.string().meta({ description: csv.description }),
      example: csv.example,
    },
  };
  const content = { 'application/json': { schema: documentedBody ?? body }, ...asCsv };
  return { required: true, content };
}

function answersOf({ answers }: Pick<Operation, 'answers'>): ZodOpenApiResponsesObject {
  const described = Object.entries(answers).map(([status, answer]) => [
    status,
    { description: answer.description, ...contentOf(answer) },
  ]);
  return Object.fromEntries(described);
}

function contentOf({ schema, type = 'application/json' }: Answer) {
  return schema ? { content: { [type]: { schema } } } : {};
}

/** Every refusal an operation can answer, besides that the service itself may be in trouble. */
export function refusalsOf(op: Operation): readonly ProblemCode[] {
  const hasBody = !(op.body instanceof z.ZodUndefined);
  return [
    'request_invalid',
    'prefecture_not_found',
    'requests_too_many',
    ...(op.access === 'public' ? [] : (['credentials_missing', 'credentials_rejected'] as const)),
    ...(typeof op.access === 'object'
      ? (['role_insufficient', 'scope_insufficient'] as const)
      : []),
    ...(auditOf(op) === 'change' ? (['reason_missing'] as const) : []),
    ...(auditOf(op) === 'none' ? [] : (['reason_refused'] as const)),
    ...(hasBody ? (['body_malformed', 'body_too_large', 'media_type_unsupported'] as const) : []),
    ...op.refusals,
  ];
}

function problemsOf(op: Operation): ZodOpenApiResponsesObject {
  const codes = new Map<number, string[]>();
  for (const code of refusalsOf(op)) {
    codes.set(statusOf(code), [...(codes.get(statusOf(code)) ?? []), code]);
  }
  const page = op.access === 'signature' ? { 'text/html': { schema: z.string() } } : {};
  const described = [...codes]
    .sort(([a], [b]) => a - b)
    .map(([status, list]) => [
      String(status),
      {
        description: `${STATUS_CODES[status]}: ${list.map((code) => `\`${code}\``).join(', ')}.`,
        content: { 'application/problem+json': { schema: Problem }, ...page },
      },
    ]);
  return Object.fromEntries(described);
}
