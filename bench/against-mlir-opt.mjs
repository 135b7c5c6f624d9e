/**
 * Whole processes of paleo-opt beside whole processes of mlir-opt: run in turn on the same file, wall time and peak
 * memory, the median of several runs. Needs a built package, mlir-opt 22 and the generator of ../shared/mlir/bench.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const generator = fileURLToPath(new URL('../../shared/mlir/bench/gen.mjs', import.meta.url));
const program = join(root, 'dist/bin/paleo-opt.js');
const judge = ['mlir-opt-22', 'mlir-opt'].find((command) =>
  /version 22\./.test(spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
);

/** Ends the process when something that the measurement needs is absent. */
function demandAll() {
  for (const [there, what] of [
    [existsSync(generator), `the generator ${generator}`],
    [existsSync(program), 'dist/bin (run `npm run build`)'],
    [judge !== undefined, "mlir-opt 22 (Debian's mlir-22-tools)"],
  ])
    if (!there) {
      console.error(`bench: ${what} is absent`);
      process.exit(1);
    }
}

const hasTime = existsSync('/usr/bin/time');
const nothing = openSync('/dev/null', 'w');

/** Wall seconds and peak MiB of one run. */
function once(command, folder) {
  const peak = join(folder, 'peak');
  const timed = hasTime ? ['/usr/bin/time', '-f', '%M', '-o', peak, ...command] : command;
  const start = performance.now();
  const { status } = spawnSync(timed[0], timed.slice(1), { stdio: ['ignore', nothing, 2] });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}`);
  return { seconds, peak: hasTime ? Number(readFileSync(peak, 'utf8').trim()) / 1024 : Number.NaN };
}

const median = (list, of) => list.map((one) => one[of]).sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Writes what the generator makes of a kind and a number of operations. */
function writeInput(file, kind, operations) {
  if (operations === 0) return writeFileSync(file, 'module {\n}\n');
  const to = openSync(file, 'w');
  spawnSync(process.execPath, [generator, kind, String(operations)], { stdio: ['ignore', to, 'ignore'] });
  closeSync(to);
}

/**
 * Prints a table with a row for each comparison `{ name, kind, operations, ours, theirs }`: the flags of the two tools,
 * beside those that print the generic form. `stored` are seconds of xdsl-opt by name, from another day.
 */
export function compare(comparisons, runs, stored) {
  demandAll();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const flags = ['--allow-unregistered-dialect', '--mlir-print-op-generic'];
  console.log(
    '| input | mlir-opt s | paleo-opt s | ratio | mlir-opt MiB | paleo-opt MiB | ratio | xdsl-opt s (stored) |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  try {
    for (const { name, kind, operations, ours, theirs } of comparisons) {
      const file = join(folder, 'input.mlir');
      writeInput(file, kind, operations);
      const judged = [];
      const own = [];
      for (let run = 0; run < runs; run++) {
        judged.push(once([judge, ...flags, ...theirs, file], folder));
        own.push(once([process.execPath, program, ...flags, ...ours, file], folder));
      }
      const [a, b] = [median(judged, 'seconds'), median(own, 'seconds')];
      const [c, d] = [median(judged, 'peak'), median(own, 'peak')];
      const [ratio, memory] = [(b / a).toFixed(2), (d / c).toFixed(2)];
      const cells = [name, a.toFixed(3), b.toFixed(3), ratio, c.toFixed(0), d.toFixed(0), memory, stored[name] ?? '–'];
      console.log(`| ${cells.join(' | ')} |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
