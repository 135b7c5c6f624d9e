/** Builds the package: modules with declarations by tsc, the tools as bundles by esbuild. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
/** Ends with a line that says what failed; the compilers have printed why. */
function fail(message) {
  console.error(`build: ${message}`);
  process.exit(1);
}

const { build } = await import('esbuild').catch((error) =>
  fail(`${error.message.split('\n')[0]}; run \`npm ci\` first`),
);
rmSync('dist', { recursive: true, force: true });
const compiler = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];
if (spawnSync(process.execPath, compiler, { stdio: 'inherit' }).status !== 0) fail('tsc found errors');
// tsc copies the JSON that it sees imported, but not JavaScript that a generator wrote.
cpSync('lowering/onnx/generated', 'dist/lowering/onnx/generated', { recursive: true });

const tools = readdirSync('tools').filter((file) => /^(paleo-.*|demo)\.ts$/.test(file));
await build({
  entryPoints: tools.map((file) => `tools/${file}`),
  outdir: 'dist/bin',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minifySyntax: true,
  logLevel: 'error',
  banner: { js: '#!/usr/bin/env node' },
}).catch(() => fail('esbuild found errors'));
for (const file of tools) chmodSync(`dist/bin/${file.replace(/\.ts$/, '.js')}`, 0o755);
