import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { Router } from 'express';
import helmet from 'helmet';
import { z } from 'zod';
import { mountService, serviceRoute } from './service-route.ts';

/** Swagger UI's own files, from the installed package: nothing is fetched from elsewhere. */
const files = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const served = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const pageText = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tirage API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

const startText = `window.ui = SwaggerUIBundle({
  url: new URL('openapi.json', new URL('.', document.baseURI)).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
});
`;

export const docs = serviceRoute({
  id: 'docs',
  get: '/docs',
  tag: 'Service',
  summary: 'This document, to be read by people',
  answers: { 200: { description: 'A page.', schema: z.string(), type: 'text/html' } },
  run: async () => ({ status: 200, body: pageText }),
});

/** `/docs`: the API to be read by people, without any outside resource. */
export function docsRoutes(): Router {
  const router = Router({ strict: true });
  router.use(
    helmet({
      // Plain HTTP is for the machine itself: whatever terminates TLS in front says so too.
      strictTransportSecurity: false,
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          // Swagger UI sets style attributes as it draws.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
        },
      },
    }),
  );
  mountService(router, {}, docs);
  router.use('/docs/start.js', (_req, res) => {
    res.type('text/javascript').send(startText);
  });
  for (const name of served) {
    router.use(`/docs/${name}`, express.static(`${files}/${name}`, { maxAge: '1d' }));
  }
  return router;
}
