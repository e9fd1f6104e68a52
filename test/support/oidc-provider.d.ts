/** The little of oidc-provider that the tests use: it comes without types of its own. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  interface Context {
    body: { id_token?: string } | undefined;
    readonly oidc: {
      readonly route?: string;
      readonly account?: { readonly accountId: string };
      readonly session?: { readonly accountId?: string };
      readonly client?: { readonly clientId: string };
      readonly provider: {
        readonly Grant: new (of: { accountId: string; clientId: string }) => Grant;
      };
    };
  }

  export interface Configuration {
    readonly clients: readonly Readonly<Record<string, unknown>>[];
    readonly claims: Readonly<Record<string, readonly string[]>>;
    readonly cookies: { readonly keys: readonly string[] };
    readonly features: Readonly<Record<string, { readonly enabled: boolean }>>;
    readonly jwks: { readonly keys: readonly object[] };
    readonly ttl: Readonly<Record<string, number | ((ctx: Context) => number)>>;
    findAccount(ctx: Context, id: string): { accountId: string; claims(): object };
    loadExistingGrant(ctx: Context): Promise<Grant | undefined>;
  }

  // biome-ignore lint/style/noDefaultExport: so it exports it.
  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): RequestListener;
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): void;
  }
}
