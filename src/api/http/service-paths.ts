import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Role } from '../../domain/agents/agent.ts';
import { PaperCheck } from '../papers/schemas.ts';
import { Identifier, Instant, Problem } from './schemas.ts';

const Status = z.strictObject({ status: z.string() }).meta({ id: 'ServiceStatus' });
const KeySet = z
  .strictObject({
    keys: z.array(
      z.strictObject({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        kid: z.string(),
        x: z.string(),
        alg: z.literal('EdDSA'),
        use: z.literal('sig'),
      }),
    ),
  })
  .meta({ id: 'KeySet' });
const status = (description: string) => ({
  description,
  content: { 'application/json': { schema: Status } },
});
const text = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: z.string() } },
});

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

const SignedIn = z
  .strictObject({
    agent: z.string().meta({ description: 'Stands for the person in logs and records.' }),
    prefecture: Identifier,
    role: Role,
    token: z.string().meta({ description: 'To be sent like a key. Shown this once.' }),
    expiresAt: Instant,
  })
  .meta({ id: 'SignedIn' });

function problems(texts: Readonly<Record<number, string>>) {
  const rows = Object.entries(texts).map(([status, text]) => [status, problem(text)]);
  return Object.fromEntries(rows);
}

/** What does not belong to a prefecture. */
export const servicePaths: ZodOpenApiPathsObject = {
  '/live': {
    get: {
      operationId: 'live',
      tags: ['Service'],
      summary: 'Whether the process runs. Looks at nothing else.',
      security: [],
      responses: { 200: status('It runs.') },
    },
  },
  '/ready': {
    get: {
      operationId: 'ready',
      tags: ['Service'],
      summary: 'Whether requests should be sent here',
      security: [],
      responses: {
        200: status('Redis answers.'),
        503: status('Redis does not answer, or the service is shutting down.'),
      },
    },
  },
  '/metrics': {
    get: {
      operationId: 'metrics',
      tags: ['Service'],
      summary: 'Metrics for Prometheus. Keep it inside your network.',
      security: [],
      responses: { 200: text('The metrics of this process.', 'text/plain') },
    },
  },
  '/v1/keys': {
    get: {
      operationId: 'readKeys',
      tags: ['Service'],
      summary: 'The public keys that receipts, certificates and the register are signed with',
      security: [],
      responses: {
        200: {
          description: 'A JSON Web Key Set; the key that signs now comes first.',
          content: { 'application/jwk-set+json': { schema: KeySet } },
        },
        304: { description: 'Unchanged since the ETag that was sent.' },
      },
    },
  },
  '/v1/certificates/verify': {
    post: {
      operationId: 'verifyCertificate',
      tags: ['Public'],
      summary: 'Whether a certificate or receipt is genuine',
      description:
        'For everyone. Send the PDF as it was made, the text of the JWS, or the address that a QR ' +
        'code holds. What is not genuine is answered with 200 too, and with what is wrong.',
      security: [],
      requestBody: {
        required: true,
        content: {
          'application/pdf': { schema: z.string().meta({ description: 'Up to 1 MB.' }) },
          'application/jwt': { schema: z.string() },
          'text/plain': { schema: z.string() },
        },
      },
      responses: {
        200: {
          description: 'What was found.',
          content: { 'application/json': { schema: PaperCheck } },
        },
        413: problem('`body_too_large`.'),
        415: problem('`media_type_unsupported`.'),
        429: problem('`requests_too_many`.'),
      },
    },
  },
  '/v1/agents/login': {
    get: {
      operationId: 'beginLogin',
      tags: ['Service'],
      summary: 'Sign in as an agent, in a browser',
      description: 'Sends the browser to the identity provider, if one is set up.',
      security: [],
      requestParams: { query: z.object({ prefecture: Identifier }) },
      responses: {
        303: { description: 'To the provider.' },
        ...problems({
          400: '`request_invalid`.',
          404: '`sign_in_unavailable`, `prefecture_not_found`.',
        }),
        ...problems({ 429: '`requests_too_many`.', 503: '`provider_unavailable`.' }),
      },
    },
  },
  '/v1/agents/callback': {
    get: {
      operationId: 'finishLogin',
      tags: ['Service'],
      summary: 'Where the provider sends the browser back',
      security: [],
      responses: {
        200: { description: 'Signed in.', content: { 'application/json': { schema: SignedIn } } },
        ...problems({
          401: '`sign_in_refused`: begin again.',
          403: '`person_unmapped`: no role here.',
        }),
        ...problems({
          404: '`sign_in_unavailable`.',
          429: '`requests_too_many`.',
          503: '`provider_unavailable`.',
        }),
      },
    },
  },
  '/openapi.json': {
    get: {
      operationId: 'openApi',
      tags: ['Service'],
      summary: 'This document',
      security: [],
      responses: {
        200: {
          description: 'OpenAPI 3.1.',
          content: { 'application/json': { schema: z.looseObject({ openapi: z.string() }) } },
        },
        304: { description: 'Unchanged since the ETag that was sent.' },
      },
    },
  },
  '/docs': {
    get: {
      operationId: 'docs',
      tags: ['Service'],
      summary: 'This document, to be read by people',
      security: [],
      responses: { 200: text('A page.', 'text/html') },
    },
  },
};
