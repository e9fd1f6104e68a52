import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { expect, test } from 'vitest';
import { z } from 'zod';

const versions = z.record(z.string(), z.string());
const Manifest = z.looseObject({ dependencies: versions });
const Locked = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  optional: z.boolean().optional(),
  os: z.array(z.string()).optional(),
});
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const manifest = Manifest.parse(read('package.json'));
const { packages } = z
  .object({ packages: z.record(z.string(), Locked) })
  .parse(read('package-lock.json'));
const locked = Object.entries(packages).filter(([path]) => path !== '');

test('every package is locked with the hash of its content', () => {
  expect(locked.length).toBeGreaterThan(300);
  // Binaries of other platforms are never installed where this was written: they have none.
  const unhashed = locked.filter(([, one]) => !/^sha512-/.test(one.integrity ?? ''));
  const ours = unhashed.filter(([, { optional, os }]) => !optional || os?.includes('linux'));
  const names = ours.map(([path]) => path.replace('node_modules/', ''));
  expect(names.filter((name) => !/^@(biomejs|msgpackr-extract)\//.test(name))).toEqual([]);
});

test('no package comes from anywhere but the registry', () => {
  const origins = locked.map(([, { resolved }]) => resolved).filter((one) => one !== undefined);
  expect(origins.filter((one) => !one.startsWith('https://registry.npmjs.org/'))).toEqual([]);
});

test('the image runs no script of a package, and is not root', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  expect(dockerfile).toMatch(/npm ci --omit=dev --ignore-scripts/);
  expect(dockerfile).toMatch(/^USER node$/m);
});

test('what runs in production imports nothing that is only there for development', () => {
  const known = new Set([...Object.keys(manifest.dependencies), ...builtinModules]);
  const strange = globSync('src/**/*.ts').flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /^(?:import (?!type)|export |\} ).*\bfrom '([^.#'][^']*)'/gm,
      ),
    ]
      .map(([, name = '']) => name)
      .filter((name) => !name.startsWith('node:'))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      )
      .filter((name) => !known.has(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(strange).toEqual([]);
});
