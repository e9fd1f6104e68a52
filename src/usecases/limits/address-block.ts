import { isIPv6 } from 'node:net';

/**
 * The addresses that count as one: an IPv4 address alone, an IPv6 /64, which is the least that a
 * single connection gets. Pure.
 */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? `${firstGroups(address, 4)}::/64` : address;
}

/** The /48 around an IPv6 block: what one customer of a host may get. None for IPv4. Pure. */
export function wideBlock(block: string): string | undefined {
  return block.endsWith('::/64') ? `${firstGroups(block.slice(0, -3), 3)}::/48` : undefined;
}

/** The network around an address: an IPv4 /24, an IPv6 /48. What one who floods may hold as a whole. Pure. */
export function networkOf(address: string): string {
  const block = addressBlock(address);
  const wide = wideBlock(block);
  if (wide !== undefined) return wide;
  const [, network] = /^(\d+\.\d+\.\d+)\.\d+$/.exec(block) ?? [];
  return network === undefined ? block : `${network}.0/24`;
}

/** A /48 holds 65,536 blocks: it may ask for as much as these few. */
export const BLOCKS_PER_WIDE_BLOCK = 8;

function firstGroups(address: string, count: number): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return groups
    .slice(0, count)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
