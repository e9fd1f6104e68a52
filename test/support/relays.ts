import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Known answers of quicknet. */
export const ROUNDS: Readonly<Record<number, { randomness: string; signature: string }>> = {
  123: {
    signature:
      'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92',
    randomness: 'fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc',
  },
  1000: {
    signature:
      'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
    randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
  },
};

/** How a relay behaves. */
export type Manner = (response: ServerResponse, round: number) => void;

const send: (change: (answer: object) => unknown) => Manner = (change) => (response, round) => {
  response.end(JSON.stringify(change({ round, ...ROUNDS[round] })));
};

export const MANNERS = {
  good: send((answer) => answer),
  down: (response) => void response.destroy(),
  hangs: () => {},
  hangsHalfway: (response) => void response.write('{'),
  refuses: (response) => void response.writeHead(404).end('{}'),
  // To a place that would give the right answer: it is not followed.
  redirects: (response, round) =>
    void response.writeHead(302, { location: `/good/${round}` }).end(),
  noJson: (response) => void response.end('<html>'),
  noRound: send(({ round: _, ...rest }: { round?: number }) => rest),
  endless: (response) => void response.end('x'.repeat(100_000)),
  otherRound: send(() => ({ round: 123, ...ROUNDS[123] })),
  renamedRound: send((answer) => ({ ...answer, ...ROUNDS[123] })),
  otherRandomness: send((answer) => ({ ...answer, randomness: 'ab'.repeat(32) })),
} as const satisfies Record<string, Manner>;

/** A relay on this machine, whose manner can change. Close it. */
export async function openRelay(first: Manner) {
  let manner = first;
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const isGood = url.startsWith('/good/');
    (isGood ? MANNERS.good : manner)(response, Number(url.split('/').at(-1)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    turn: (next: Manner) => {
      manner = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
