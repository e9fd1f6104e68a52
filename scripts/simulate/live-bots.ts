import type { Client } from '../demo/client.ts';
import type { Applicant } from '../demo/join.ts';

/** Routes anyone may ask, and two that bots will try although they need a key. */
const paths = [
  '',
  '/draws',
  '/statistics',
  '/request-types',
  '/sites',
  '/rules',
  '/slots?limit=500',
  '/entries?limit=500',
];
const drawPaths = ['', '/manifest', '/record'];

export interface Scraper {
  /** Asks the routes of the prefecture or, where one is given, of a draw; remembers the answers. */
  scrape(draw?: string): Promise<void>;
  /** Ids of slots that stood in any answer that counts. */
  readonly seen: ReadonlySet<string>;
  readonly scrapes: number;
}

/**
 * A robot that looks for free slots where anyone may look. `read` gives the text of an answer,
 * whatever its status; `slots` are the ids that it hopes for.
 * What a draw's routes say counts only if the draw has no result after they were asked: with the
 * result, which nothing changes any more, its slots become public.
 */
export function createScraper(
  read: (path: string) => Promise<string>,
  slots: ReadonlySet<string>,
): Scraper {
  const seen = new Set<string>();
  let scrapes = 0;
  const idsOf = async (path: string) => {
    scrapes += 1;
    return textsIn(await read(path)).filter((text) => slots.has(text));
  };
  const hasResult = async (draw: string) =>
    /"state":"(?:drawn|published|closed|void)"/.test(await read(`/draws/${draw}`));
  return {
    seen,
    get scrapes() {
      return scrapes;
    },
    async scrape(draw) {
      const asked = draw === undefined ? paths : drawPaths.map((path) => `/draws/${draw}${path}`);
      for (const path of asked) {
        const ids = await idsOf(path);
        if (draw !== undefined && ids.length > 0 && (await hasResult(draw))) continue;
        for (const id of ids) seen.add(id);
      }
    },
  };
}

/** Every text between quotes: of one JSON value, or of a record, which has one on each line. */
function textsIn(json: string): string[] {
  return [...json.matchAll(/"([^"\\]*)"/g)].map(([, text = '']) => text);
}

/** Takes the place and gives it up at once, so that a buyer may get it. */
export async function cancelAndDecline(
  client: Client,
  { token }: Applicant,
  offer: string,
): Promise<void> {
  await client.request('POST', `/offers/${offer}/accept`, { token });
  await client.request('DELETE', `/appointments/${offer}`, { token });
}

/**
 * Whom each bot sells to: somebody who waits for the same request type, one for each bot as long as
 * there are enough. `random` is in [0, 1). Entry of the bot → entry of the buyer.
 */
export function chooseBuyers(
  bots: readonly Applicant[],
  people: readonly Applicant[],
  random: () => number,
): Map<string, string> {
  const free = Map.groupBy(people, ({ request }) => request.requestType);
  const buyers = new Map<string, string>();
  for (const bot of bots) {
    const list = free.get(bot.request.requestType) ?? [];
    const [buyer] = list.splice(Math.floor(random() * list.length), 1);
    if (buyer) buyers.set(bot.entry, buyer.entry);
  }
  return buyers;
}
