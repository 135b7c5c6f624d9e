/** Runs an example: `npm run example own-op`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const names = ['own-op', 'own-pattern', 'wrong-lowering'];
const [name] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`example: '${name ?? ''}' is not one of ${names.join(', ')}`);
  process.exit(2);
}
const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.example-'));
try {
  const outfile = join(folder, 'example.mjs');
  await build({
    entryPoints: [`examples/${name}.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  const [run] = Object.values(await import(pathToFileURL(outfile).href)).filter((value) => typeof value === 'function');
  console.log(run());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
