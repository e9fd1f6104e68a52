import { runVerify } from './verify/command.ts';

const { exitCode, out, err } = await runVerify(process.argv.slice(2));
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = exitCode;
