/** Builds the package: declarations by tsc; modules that share their parts, and the tools as bundles, by esbuild. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const tools = readdirSync('tools')
  .filter((file) => /^(paleo-.*|demo)\.ts$/.test(file))
  .map((file) => file.replace(/\.ts$/, ''));
/** The modules that the package exports, by their place below the root without ending. */
const exported = Object.values(JSON.parse(readFileSync('package.json', 'utf8')).exports)
  .flatMap((entry) => entry.import ?? [])
  .map((file) => file.replace(/^\.\/dist\/(.*)\.js$/, '$1'));
const shared = { bundle: true, platform: 'node', target: 'node20', minifySyntax: true, logLevel: 'error' };
// What is exported and the tools that load modules of users are cut so that each part exists once, in few files:
// several hundred would take longer to find than to run.
await build({
  ...shared,
  entryPoints: [...exported, ...tools.map((name) => `tools/${name}`)].map((name) => ({ in: `${name}.ts`, out: name })),
  outdir: 'dist',
  chunkNames: 'parts/[hash]',
  format: 'esm',
  splitting: true,
  external: ['fast-check', 'z3-solver'],
}).catch(() => fail('esbuild found errors'));
await build({
  ...shared,
  entryPoints: tools.map((name) => ({ in: `tools/${name}.ts`, out: `${name}.bundle` })),
  outdir: 'dist/bin',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  define: { 'import.meta.url': 'importMetaUrl' },
  minifyWhitespace: true,
  external: ['z3-solver'],
}).catch(() => fail('esbuild found errors'));
// The launchers are CommonJS in a package of modules: Node starts them sooner.
writeFileSync('dist/bin/package.json', '{ "type": "commonjs" }\n');
for (const name of tools) {
  copyFileSync('tools/launcher.cjs', `dist/bin/${name}.js`);
  chmodSync(`dist/bin/${name}.js`, 0o755);
}
// A first run leaves the compiled code of what every run needs.
const module = 'func.func @f(%a: i32) -> i32 { %b = "arith.addi"(%a, %a) : (i32, i32) -> i32 func.return %b : i32 }';
if (spawnSync(process.execPath, ['dist/bin/paleo-opt.js'], { input: module }).status !== 0)
  fail('the built paleo-opt does not run');
