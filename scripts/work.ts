import { createClient } from './demo/client.ts';
import { workFor } from './demo/work.ts';

// `npm run work -- API [join|link]`: asks for a proof of work, does it, and prints what goes into the
// header Proof-Of-Work. API is http(s)://host/v1/prefectures/<id>. Prints nothing if none is asked for.
const [api = '', purpose = 'join'] = process.argv.slice(2);
const [, origin, prefecture] = /^(https?:\/\/[^/]+)\/v1\/prefectures\/([^/]+)$/.exec(api) ?? [];
if (origin === undefined || prefecture === undefined || !/^(join|link)$/.test(purpose)) {
  console.error('usage: npm run work -- http://localhost:3000/v1/prefectures/92 [join|link]');
  process.exit(2);
}
try {
  const client = createClient(origin, prefecture);
  const headers = await workFor(client, purpose === 'link' ? 'link' : 'join');
  console.log(headers['Proof-Of-Work'] ?? '');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
