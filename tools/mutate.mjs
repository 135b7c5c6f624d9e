/** Counts the wrong programs that the property tests notice: `npm run mutate -- --sample=200`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const { build } = await import('esbuild').catch((error) => {
  console.error(`mutate: ${error.message.split('\n')[0]}; run \`npm ci\` first`);
  process.exit(1);
});
const folder = mkdtempSync(join('node_modules', '.mutate-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = join(folder, 'mutate.mjs');
await build({
  entryPoints: ['tools/mutation/main.ts'],
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  outfile,
  logLevel: 'error',
});
const program = spawn(process.execPath, ['--enable-source-maps', outfile, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, MUTATION_ROOT: root },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill('SIGINT'));
program.on('exit', (code) => process.exit(code ?? 1));
