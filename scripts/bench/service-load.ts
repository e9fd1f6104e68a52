import { Agent, request } from 'node:http';

// People at a steady rate, in a process of its own: every second request joins, the others look at
// the prefecture. Requests begin on time, however slow the answers are, so that a stall is felt by
// all who come during it. Arguments: URL of the prefecture, requests a second. After a line on
// standard input it prints one JSON object and ends.
const [url = '', rate = '1'] = process.argv.slice(2);
const tickMs = 20;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const tookMs: number[] = [];
const statuses: Record<string, number> = {};
let sent = 0;
let underWay = 0;

function person(number: number): string {
  return JSON.stringify({
    requestType: 'AES',
    person: {
      name: 'Aminata Exemple-Diarra',
      document: { kind: 'passport', country: 'MLI', number: `LOAD${number}` },
    },
    contact: { email: `load-${number}@example.org` },
    language: 'fr',
  });
}

function send(number: number, startMs = performance.now()): void {
  const body = number % 2 === 0 ? person(number) : undefined;
  const ended = (status: string) => {
    tookMs.push(performance.now() - startMs);
    statuses[status] = (statuses[status] ?? 0) + 1;
    underWay -= 1;
  };
  underWay += 1;
  const options = {
    agent,
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
  };
  const sending = request(body === undefined ? url : `${url}/entries`, options, (response) => {
    response.resume();
    response.on('end', () => ended(String(response.statusCode)));
  });
  sending.on('error', (error) => {
    const code = 'code' in error ? String(error.code) : error.name;
    // The service closed a connection that was idle for long just as it was used again.
    if (code !== 'ECONNRESET' || !sending.reusedSocket) return ended(code);
    underWay -= 1;
    send(number, startMs);
  });
  sending.end(body);
}

const startMs = performance.now();
const timer = setInterval(() => {
  const due = Math.floor(((performance.now() - startMs) * Number(rate)) / 1000);
  // A bound, should the service hang.
  for (; sent < due && underWay < 2000; sent += 1) send(sent);
}, tickMs);
console.log('loading');
process.stdin.once('data', () => {
  clearInterval(timer);
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  const figures = { answered: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1), statuses };
  console.log(JSON.stringify(figures));
  process.exit();
});
