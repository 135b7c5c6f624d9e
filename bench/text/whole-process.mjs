/**
 * Text in, text out, as a user at the command line has it: paleo-opt and mlir-opt in turn on the same
 * files, whole processes, the median of several runs. Needs a built package, mlir-opt 22 and
 * the generator of ../shared/mlir/bench.
 *
 *   node bench/text/whole-process.mjs [--runs=5] [--large]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, large: { type: 'boolean', default: false } },
});
const runs = Number(values.runs);
const root = fileURLToPath(new URL('../..', import.meta.url));
const generator = fileURLToPath(new URL('../../../shared/mlir/bench/gen.mjs', import.meta.url));
const program = join(root, 'dist/bin/paleo-opt.js');
const judge = ['mlir-opt-22', 'mlir-opt'].find((command) =>
  /version 22\./.test(spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
);
for (const [there, what] of [
  [existsSync(generator), `the generator ${generator}`],
  [existsSync(program), 'dist/bin (run `npm run build`)'],
  [judge !== undefined, "mlir-opt 22 (Debian's mlir-22-tools)"],
])
  if (!there) {
    console.error(`bench: ${what} is absent`);
    process.exit(1);
  }

/** Seconds of xdsl-opt for the same work, stored from another day: design/measured.md. */
const xdsl = { 'arith 10k': 2.1, 'arith 100k': 21.3, 'nest 10k': 2.07, 'nest 100k': 22, 'tosa 10k': 5.96 };

const folder = mkdtempSync(join(tmpdir(), 'bench-text-'));
const nothing = openSync('/dev/null', 'w');
const hasTime = existsSync('/usr/bin/time');
const flags = ['--allow-unregistered-dialect', '--mlir-print-op-generic'];

/** Wall seconds and peak MiB of one run. */
function once(command) {
  const peak = join(folder, 'peak');
  const timed = hasTime ? ['/usr/bin/time', '-f', '%M', '-o', peak, ...command] : command;
  const start = performance.now();
  const { status } = spawnSync(timed[0], timed.slice(1), { stdio: ['ignore', nothing, 2] });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}`);
  return { seconds, peak: hasTime ? Number(readFileSync(peak, 'utf8').trim()) / 1024 : Number.NaN };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const median2 = (list, of) => median(list.map((one) => one[of]));

const sizes = [
  ['empty', 0],
  ...['arith', 'nest', 'tosa'].flatMap((kind) => [
    [kind, 10_000],
    [kind, 100_000],
    ...(values.large ? [[kind, kind === 'tosa' ? 300_000 : 1_000_000]] : []),
  ]),
];
console.log('input | mlir-opt s | paleo-opt s | ratio | mlir-opt MiB | paleo-opt MiB | ratio | xdsl-opt s (stored)');
console.log('--- | --- | --- | --- | --- | --- | --- | ---');
try {
  for (const [kind, operations] of sizes) {
    const name = operations === 0 ? kind : `${kind} ${operations / 1000}k`;
    const file = join(folder, 'input.mlir');
    if (operations === 0) writeFileSync(file, 'module {\n}\n');
    else
      spawnSync(process.execPath, [generator, kind, String(operations)], {
        stdio: ['ignore', openSync(file, 'w'), 'ignore'],
      });
    const theirs = [];
    const ours = [];
    for (let run = 0; run < runs; run++) {
      theirs.push(once([judge, ...flags, file]));
      ours.push(once([process.execPath, program, ...flags, file]));
    }
    const [a, b] = [median2(theirs, 'seconds'), median2(ours, 'seconds')];
    const [c, d] = [median2(theirs, 'peak'), median2(ours, 'peak')];
    console.log(
      [
        name,
        a.toFixed(3),
        b.toFixed(3),
        (b / a).toFixed(2),
        c.toFixed(0),
        d.toFixed(0),
        (d / c).toFixed(2),
        xdsl[name] ?? '–',
      ].join(' | '),
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
