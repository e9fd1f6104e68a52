import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Sets the headers that helmet sets for answers that are no pages: nothing in them may run, load
 * or be framed. They are the same for every answer, so helmet is asked for them once.
 */
export function securityHeaders(): RequestHandler {
  const headers = headersOf(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      },
      // Public answers are for any page to read.
      crossOriginResourcePolicy: false,
      // For pages that open others, old browsers and plug-ins: there is nothing of the kind here.
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
    }),
  );
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}

type Helmet = ReturnType<typeof helmet>;

/** What a middleware sets on an answer that it cannot look at. */
function headersOf(middleware: Helmet): [string, string][] {
  const headers = new Map<string, string>();
  const answer = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: () => {},
  };
  // Helmet uses nothing else of the two, and would throw here, at the start, if it did.
  middleware({} as Parameters<Helmet>[0], answer as unknown as Parameters<Helmet>[1], (error) => {
    if (error) throw error;
  });
  return [...headers];
}
