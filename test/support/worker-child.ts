import { writeSync } from 'node:fs';
import { createWorkers } from '#src/workers/workers.ts';
import { emailTo, openHouse } from './house.ts';

// A process with workers that kills itself at the first step not among those given. Writes where
// it does so; on SIGTERM it closes everything and ends.

interface Orders {
  readonly redisUrl: string;
  readonly smtpUrl: string;
  readonly nowMs: number;
  /** `<step>:<phase>` where an earlier process of the test was killed. */
  readonly killedAt: readonly string[];
}

const orders: Orders = JSON.parse(process.argv[2] ?? '');
const { redisUrl, smtpUrl, nowMs } = orders;
const house = openHouse({ redisUrl, channels: [emailTo(smtpUrl)], nowMs });
const workers = await createWorkers({
  ...house.deps,
  timing: { lockDuration: 600, stalledInterval: 400 },
  onStep: (name, { phase }) => {
    const here = `${name}:${phase}`;
    if (orders.killedAt.includes(here)) return;
    writeSync(1, here);
    process.kill(process.pid, 'SIGKILL');
  },
});
process.on('SIGTERM', async () => {
  await workers.close();
  await house.close();
});
