/**
 * What `--check-each` costs: whole processes of paleo-opt on mnist_cntk down to core programs with syncs, with the check
 * and without, in turn; and what of that the runs of the program take, as paleo-diff tells it. Needs a built package.
 * Usage: node bench/check-each/overhead.mjs [--runs=N]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tool = (name) => join(root, 'dist/bin', `${name}.js`);
if (!existsSync(tool('paleo-opt'))) {
  console.error('bench: dist/bin is absent; run `npm run build`');
  process.exit(1);
}
const runs = Number(process.argv.find((argument) => argument.startsWith('--runs='))?.slice('--runs='.length) ?? 5);
const passes = [
  ...['graph-to-tensorop', 'canonicalize', 'propagate-layout', 'cse', 'canonicalize'],
  ...['cast-to-half', 'expand-division', 'canonicalize', 'tensorop-to-mlu', 'plan-memory', 'insert-syncs'],
];
const pipeline = `--pass-pipeline=builtin.module(${passes.join(',')})`;

/** Wall seconds of one process, and what it wrote. */
function timed(...command) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - start) / 1000, stdout };
}
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

const folder = mkdtempSync(join(tmpdir(), 'paleozoic-bench-'));
try {
  const file = join(folder, 'net.mlir');
  timed(tool('paleo-translate'), '--import-onnx', join(root, 'examples/networks/mnist_cntk/model.onnx'), '-o', file);
  const [plain, checked, shares] = [[], [], []];
  for (let run = 0; run < runs; run++) {
    plain.push(timed(tool('paleo-opt'), file, pipeline, '-o', join(folder, 'out.mlir')).seconds);
    checked.push(timed(tool('paleo-opt'), file, pipeline, '--check-each', '-o', join(folder, 'out.mlir')).seconds);
    // The last column of the table is what the runs after each pass took, in milliseconds.
    const { seconds, stdout } = timed(tool('paleo-diff'), file, pipeline);
    const spent = [...stdout.matchAll(/^ {2}(?:\(input\)|[a-z]).*?(\d+)$/gm)].reduce(
      (sum, [, ms]) => sum + Number(ms),
      0,
    );
    shares.push(spent / 1000 / seconds);
  }
  const [without, withCheck, share] = [median(plain), median(checked), median(shares)];
  const interpretations = share * withCheck;
  console.log('| without s | with s | runs of the program s | the rest : without |');
  console.log('| --- | --- | --- | --- |');
  const rest = (withCheck - interpretations) / without;
  console.log(`| ${[without, withCheck, interpretations].map((x) => x.toFixed(2)).join(' | ')} | ${rest.toFixed(2)} |`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
