import type { AuditHead } from '../../src/transparency/audit-chain.ts';
import { isAddress, readBytes, readLines } from '../verify/read-lines.ts';
import { Refusal, reasonOf } from '../verify/refusal.ts';

/** How far the public register says that an audit log went, at some instant. */
export interface Anchor extends AuditHead {
  /** Number of the entry of the register, from 1. */
  readonly number: number;
  readonly atMs: number;
}

/** Entries that one page of the API holds. */
const perPage = 1000;

/**
 * The anchors of a register: a file of its entries, or its address, `…/register/entries`.
 *
 * @throws Refusal 2 if it cannot be read.
 */
export async function readAnchors(name: string): Promise<Anchor[]> {
  const anchors: Anchor[] = [];
  let number = 0;
  try {
    for await (const line of isAddress(name) ? pagesOf(name) : linesOf(name)) {
      number += 1;
      const anchor = anchorOf(line, number);
      if (anchor) anchors.push(anchor);
    }
  } catch (error) {
    throw new Refusal(2, `cannot read ${name}: ${reasonOf(error)}`, { cause: error });
  }
  return anchors;
}

async function* pagesOf(address: string): AsyncGenerator<string> {
  for (let from = 0; ; ) {
    const page = new URL(address);
    page.searchParams.set('from', String(from));
    page.searchParams.set('limit', String(perPage));
    let found = 0;
    for await (const line of linesOf(page.href)) {
      found += 1;
      yield line;
    }
    if (found < perPage) return;
    from += found;
  }
}

async function* linesOf(name: string): AsyncGenerator<string> {
  for await (const lines of readLines(readBytes(name))) yield* lines;
}

/** The whole register is for `npm run verify` to check: here only anchors matter. */
function anchorOf(line: string, number: number): Anchor | undefined {
  const leaf: unknown = JSON.parse(line);
  if (typeof leaf !== 'object' || leaf === null || !('kind' in leaf))
    throw new Error('no register');
  if (leaf.kind !== 'audit' || !('size' in leaf) || !('hash' in leaf)) return undefined;
  const atMs = 'at' in leaf ? Date.parse(String(leaf.at)) : Number.NaN;
  if (Number.isNaN(atMs)) throw new Error(`entry ${number} has no instant`);
  return { number, size: Number(leaf.size), hash: String(leaf.hash), atMs };
}
