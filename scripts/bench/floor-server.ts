import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Redis } from 'ioredis';
import { keysOf } from '../../src/store/core/keys.ts';
import { readScript } from '../../src/store/core/script.ts';
import { encodeEntry } from '../../src/store/entries/codec.ts';

// The floor under the join benchmark: an Express handler that parses the same JSON body and runs
// the same script on the same Redis with arguments of the same length, and does nothing else.
// Started by join.ts with the URL of Redis; tells its port on standard output.
const redis = new Redis(process.argv[2] ?? '', { enableAutoPipelining: true });
const sha1 = (await redis.script('LOAD', readScript('entries/join.lua'))) as string; // reply of SCRIPT LOAD
const keys = keysOf('floor');
const names = [keys.entries, keys.identities, keys.counts, keys.mailDue, keys.freezing];
names.push(keys.before, keys.drawNumber, keys.idempotency(''), keys.clues);
names.push(keys.flags, keys.openFlags, keys.toCheck, keys.workSpent(''));
const sealedLength = Number(process.argv[3]);

const app = express();
app.disable('x-powered-by');
app.use(express.json());
app.post('/join', async (_req, res) => {
  const id = randomBytes(8).toString('hex');
  const identity = randomBytes(11).toString('hex');
  const entry = encodeEntry({
    id,
    state: 'unverified',
    requestType: 'AES',
    missed: 0,
    language: 'fr',
    origin: 'online',
    identity,
    clues: [`e${id}`.slice(0, 13)],
    sealed: 'x'.repeat(sealedLength),
    joinedAtMs: 1_796_000_000_000,
    code: { round: 0, triesLeft: 5, expiresAtMs: 1_796_000_900_000 },
  });
  const clue = `e${id}`.slice(0, 13);
  const none = ['', '', '', '', '', '', ''];
  const args = [id, entry, identity, 'unverified:AES', '', '', 86_400, '', clue, ...none];
  args.push(`code.${id}.0`);
  await redis.evalsha(sha1, names.length, ...names, ...args);
  res.status(201).json({ id, token: identity, state: 'unverified' });
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port); // a TCP server has no other form of address
});
process.on('SIGTERM', () => process.exit(0));
