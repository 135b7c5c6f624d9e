/** The script of `examples/check` runs by itself and says what it found; the properties beside it run as they are. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  exports: Readonly<Record<string, { readonly import: string } | string>>;
};
/** What the package exports, as the sources that are compiled to it. */
const sources = Object.fromEntries(
  Object.entries(exports).flatMap(([name, target]) =>
    typeof target === 'string'
      ? []
      : [[`paleozoic${name.slice(1)}`, join(root, target.import.replace(/^\.\/dist\/(.*)\.js$/, '$1.ts'))]],
  ),
);

test('the script', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paleo-example-'));
  try {
    const outfile = join(folder, 'script.mjs');
    const entryPoints = [`${root}examples/check/same-values.js`];
    const shared = { bundle: true, platform: 'node', format: 'esm', logLevel: 'error' } as const;
    await build({ ...shared, entryPoints, outfile, alias: sources });
    const run = spawnSync(process.execPath, [outfile, '7'], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(
      /^100 programs, \d+ runs: the same values\n\d+ operations with \d+ element types seen\n$/,
    );
    expect(run.status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
