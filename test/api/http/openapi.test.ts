import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import type express from 'express';
import type { Router } from 'express';
import { expect, test } from 'vitest';
import { createApp } from '#src/api/http/app.ts';
import { openApiDocument, refusalsOf } from '#src/api/http/openapi.ts';
import { operations, serviceOperations } from '#src/api/http/operations.ts';
import { statusByCode } from '#src/api/http/problem.ts';
import { useApi } from '../harness.ts';

const api = useApi();
const document = openApiDocument();

test('docs/openapi.json is up to date', () => {
  const written = readFileSync('docs/openapi.json', 'utf8');
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(document)));
});

test('the document is clean by the rules that Redocly recommends', async () => {
  const problems = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: 'openapi.json',
    config: await createConfig({ extends: ['recommended'] }),
  });
  const told = problems
    // To begin a login is to be sent away: it has no other answer.
    .filter(
      ({ ruleId, location }) =>
        ruleId !== 'operation-2xx-response' || !location[0]?.pointer?.includes('~1login/'),
    )
    // Health, metrics, documents and keys have nothing to refuse.
    .filter(
      ({ ruleId, location }) =>
        ruleId !== 'operation-4xx-response' ||
        location[0]?.pointer?.startsWith('#/paths/~1v1~1prefectures'),
    )
    .map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
  expect(told).toEqual([]);
});

test('every route of the app is in the document, and the other way round', () => {
  const documented = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  // Pages for people are no part of the API.
  const routes = routesOf(createApp(api.deps())).filter(
    (route) => !/ \/(p\/|verify$|certificates$)/.test(route),
  );
  expect(routes.sort()).toEqual(documented.sort());
});

test('operations have ids of their own', () => {
  const ids = [...operations, ...serviceOperations].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every code that a domain refusal has is documented somewhere, or stays inside', () => {
  const documented = new Set<string>(operations.flatMap((op) => refusalsOf(op)));
  for (const { refusals } of serviceOperations) {
    for (const code of Object.keys(refusals)) documented.add(code);
  }
  // What only workers and command lines can meet.
  const inside = ['event_invalid', 'signature_invalid'];
  const missing = Object.keys(statusByCode).filter((code) => !documented.has(code));
  expect(missing.sort()).toEqual(inside);
});

/** Method and pattern of every route, those of mounted routers included. */
function routesOf(app: express.Express): string[] {
  return app.router.stack
    .flatMap((layer) => {
      const router = layer.handle as unknown as Router; // a mounted router is its own handler
      return layer.route ? [layer] : Array.isArray(router.stack) ? router.stack : [];
    })
    .flatMap(({ route }) => (route?.stack ?? []).map(({ method }) => `${method} ${route?.path}`));
}
