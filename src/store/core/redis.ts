import { Cluster, Redis } from 'ioredis';

export type Connection = Redis | Cluster;

export interface ConnectOptions {
  /** `null` is what BullMQ's workers need: commands wait for the connection for ever. */
  readonly maxRetriesPerRequest?: number | null;
  readonly enableAutoPipelining?: boolean;
  /** Shown by CLIENT LIST. */
  readonly connectionName?: string;
}

/**
 * Opens a connection. Three forms of URL:
 * `redis://host:port/db` (or `rediss:`), `redis+sentinel://h1:p1,h2:p2/master-name`,
 * `redis+cluster://h1:p1,h2:p2`. User and password stand before the hosts in each.
 *
 * Nobody listens here for `error`: the caller must (`connection.on('error', …)`).
 */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const multi = /^redis\+(sentinel|cluster):\/\/(?:([^:@/]*):([^@/]*)@)?([^/]+)(?:\/(.*))?$/.exec(
    url,
  );
  if (!multi) return new Redis(url, options);
  const [, kind, user, password, hosts = '', name] = multi;
  const nodes = hosts.split(',').map((host) => {
    const [, hostname = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(host) ?? [host, host, '6379'];
    return { host: hostname, port: Number(port) };
  });
  const auth = {
    ...(user ? { username: decodeURIComponent(user) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  };
  if (kind === 'sentinel') {
    return new Redis({ ...options, ...auth, sentinels: nodes, name: name || 'mymaster' });
  }
  const { enableAutoPipelining = false, ...ofNodes } = options;
  return new Cluster(nodes, { enableAutoPipelining, redisOptions: { ...ofNodes, ...auth } });
}
