import { once } from 'node:events';
import { createMailSink } from '../../src/notifications/channels/sink.ts';

// The mail server of the notifications benchmark, in a process of its own as in life. Keeps
// messages in the directory given; tells its address on standard output.
const sink = await createMailSink({ directory: process.argv[2] ?? '' });
console.log(sink.url);
await once(process, 'SIGTERM');
await sink.close();
