import { Router } from 'express';
import { createVerifyPage } from '../../web/verifier/page.ts';
import { publicFor, setCacheHeaders } from '../http/cacheable.ts';
import { madeOnce } from '../http/made-once.ts';

/** `/verify`: the page on which a browser checks a draw. Made when it is first asked for, then kept. */
export function verifyPageRoutes(): Router {
  const router = Router({ strict: true });
  const madePage = madeOnce(createVerifyPage);

  router.get('/verify', async (req, res) => {
    res.locals.operation = 'showVerifyPage';
    const { text, sha256, policy } = await madePage();
    setCacheHeaders(res, sha256.slice(0, 22), publicFor(300));
    if (req.fresh) return void res.status(304).end();
    res.setHeader('Content-Security-Policy', policy);
    // RFC 9530: what `sha256sum` gives of this page, in base64.
    res.setHeader('Repr-Digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
    res.type('text/html').send(text);
  });
  return router;
}
