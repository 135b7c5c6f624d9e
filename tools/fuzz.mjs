/** Runs a fuzzing campaign: `npm run fuzz -- text --cases 10000`. The program is bundled anew, so it is that of the sources. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { build } = await import('esbuild').catch((error) => {
  console.error(`fuzz: ${error.message.split('\n')[0]}; run \`npm ci\` first`);
  process.exit(1);
});
const folder = mkdtempSync(join('node_modules', '.fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = join(folder, 'fuzz.mjs');
await build({
  entryPoints: ['tools/fuzz/main.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  outfile,
  logLevel: 'error',
});
const program = spawn(process.execPath, ['--enable-source-maps', outfile, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// However it is ended, the program still tells what it has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill('SIGINT'));
program.on('exit', (code, signal) => {
  if (signal) console.error(`fuzz: ended by ${signal}`);
  process.exit(code ?? 1);
});
