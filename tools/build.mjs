/** Builds the package: modules with declarations by tsc, the tools as bundles by esbuild. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
// Generated JavaScript and data are not the compiler's to emit.
for (const path of ['lowering/onnx/generated', 'target-mlu/machines']) {
  mkdirSync(`dist/${path}`, { recursive: true });
  cpSync(path, `dist/${path}`, { recursive: true });
}
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
});
for (const file of tools) {
  const made = `dist/bin/${file.replace(/\.ts$/, '.js')}`;
  if (!existsSync(made)) throw new Error(`${made} was not built`);
  chmodSync(made, 0o755);
}
