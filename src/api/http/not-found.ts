import type { RequestHandler } from 'express';
import { ROOT } from './mount.ts';
import { operations } from './operations.ts';
import { RequestError } from './request-error.ts';

const routes = operations.map(({ method, path }) => ({
  method: method.toUpperCase(),
  pattern: new RegExp(`^${(ROOT + path).replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
}));

/** Refuses what nobody has answered. */
export const routeNotFound: RequestHandler = () => {
  throw new RequestError('route_not_found', 'there is nothing at this address');
};

/** Says which methods an address has, where it has any. For after the routes. */
export const methodNotAllowed: RequestHandler = (req, res, next) => {
  const found = routes.filter(({ pattern }) => pattern.test(req.path));
  if (found.length === 0) return next();
  const allowed = new Set(found.map(({ method }) => method));
  if (allowed.has('GET')) allowed.add('HEAD');
  res.setHeader('Allow', [...allowed].join(', '));
  throw new RequestError('method_not_allowed', `${req.method} is not possible here`);
};
