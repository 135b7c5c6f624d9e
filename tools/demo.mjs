/** Starts the demonstration on a fresh clone: installs and builds what is missing, from npm only. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Ends with a line that says what failed and what to do. */
function fail(message, code = 1) {
  console.error(`demo: ${message}`);
  process.exit(code);
}

const [needMajor, needMinor] = json('package.json').engines.node.match(/\d+/g).map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < needMajor || (major === needMajor && minor < needMinor))
  fail(
    `this is Node ${process.versions.node}, but Node ${needMajor}.${needMinor} or newer is needed (https://nodejs.org)`,
  );

/** Runs a command with its output on stderr, as stdout is for results; ends with its exit code when it fails. */
function run(command, args, whenItFails, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options });
  if (status !== 0) fail(`${whenItFails} (${error?.message ?? signal ?? `exit code ${status}`})`, status || 1);
}

/** The first package of the lock that this computer needs and that is absent or of another version. */
function missingPackage() {
  return Object.entries(json('package-lock.json').packages).find(([path, { version, optional, os, cpu, libc }]) => {
    if (path === '') return false;
    // Of packages for one platform each, the one for this computer is needed; which C library it has is not known here.
    if (optional && (libc || !os?.includes(process.platform) || !cpu?.includes(process.arch))) return false;
    return !existsSync(`${path}/package.json`) || json(`${path}/package.json`).version !== version;
  })?.[0];
}

/** The latest change of a file, or of any file below a folder. */
function changed(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => changed(join(path, name))));
}

if (missingPackage()) {
  console.error('demo: installing dependencies from npm, once');
  // Whatever the user's settings leave out, the build needs.
  const included = ['--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const failed = '`npm ci` failed; see above, and check that npm is installed and can reach its registry';
  // On Windows npm is a script that only a shell starts.
  run('npm', ['ci', ...included], failed, { shell: process.platform === 'win32' });
}
const program = 'dist/bin/demo.js';
const sources = ['ir', 'rewrite', 'dialects', 'interpreter', 'target-mlu', 'lowering', 'tools'];
const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
if (!existsSync(program) || Math.max(...[...sources, ...settings].map(changed)) > statSync(program).mtimeMs) {
  console.error('demo: building');
  run(process.execPath, ['tools/build.mjs'], 'the build failed; see above');
}
const { status, error } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
if (error) fail(`${program} did not start: ${error.message}`);
process.exit(status ?? 1);
