import { writeFile } from 'node:fs/promises';
import { createVerifyPage } from '../src/web/verifier/page.ts';

// Writes the page of /verify to a file, for whoever wants to keep it or to serve it elsewhere.
const [path, ...others] = process.argv.slice(2);

if (path === undefined || others.length > 0) {
  process.stderr.write('usage: npm run --silent verifier-page -- OUT.html\n');
  process.exitCode = 2;
} else {
  const { text, sha256 } = await createVerifyPage();
  await writeFile(path, text);
  process.stdout.write(`${sha256}  ${path}\n`);
}
