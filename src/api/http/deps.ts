import type { Oidc } from '../../identity/oidc/oidc.ts';
import type { FindCountry } from '../../identity/person/countries.ts';
import type { Queues } from '../../store/core/queues.ts';
import type { Ports, UseCaseDeps } from '../../usecases/deps.ts';
import type { WorkScript } from '../../web/join/work-script.ts';
import type { VerifyPage } from '../../web/verifier/page.ts';
import type { RateLimits } from './rate-limit.ts';

/** What `createApp` is given. */
export interface ApiDeps extends Ports {
  /** Read for their depths, at `/metrics`. */
  readonly queues: Queues;
  /** Where agents sign in; undefined: by keys alone. */
  readonly oidc: Oidc | undefined;
  /** Reverse proxies in front whose X-Forwarded-For is believed. */
  readonly trustProxy: number;
  /** Whether the service is shutting down: `/ready` answers 503 from then on. */
  readonly draining: () => boolean;
}

/** What the routes are made from. */
export interface RouteDeps extends ApiDeps, UseCaseDeps {
  readonly rateLimits: RateLimits;
  /** The script of pages that work before they send a form. Made once, when it is first needed. */
  readonly workScript: () => Promise<WorkScript>;
  /** The page that checks draws. Made once, when it is first asked for. */
  readonly verifyPage: () => Promise<VerifyPage>;
  /** Finds countries by what people call them. Made once, when it is first needed. */
  readonly countries: () => Promise<FindCountry>;
}
