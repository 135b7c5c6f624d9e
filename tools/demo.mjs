/** Starts the demonstration on a fresh clone: installs and builds what is missing, from npm only. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`demo: this is Node ${process.versions.node}, but Node 20.19 or newer is needed`);
  process.exit(1);
}

/** Runs a command and ends with its exit code when it fails. */
function run(command, args, what) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status === 0) return;
  console.error(`demo: ${what} failed${error ? `: ${error.message}` : ''}; see above`);
  process.exit(status ?? 1);
}

/** The latest change of any file below a folder. */
const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const needed = Object.keys({ ...dependencies, ...devDependencies });
if (needed.some((name) => !existsSync(`node_modules/${name}/package.json`))) {
  console.error('demo: installing dependencies from npm, once');
  run('npm', ['ci', '--no-audit', '--no-fund'], 'npm ci');
}
const sources = ['ir', 'rewrite', 'dialects', 'interpreter', 'target-mlu', 'lowering', 'tools'];
if (!existsSync('dist/bin/demo.js') || Math.max(...sources.map(newest)) > statSync('dist/bin/demo.js').mtimeMs) {
  console.error('demo: building');
  run(process.execPath, ['tools/build.mjs'], 'the build');
}
process.exit(
  spawnSync(process.execPath, ['dist/bin/demo.js', ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1,
);
