/** The demonstration: a trained network goes down all levels, each compared with the one above, on real digits. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Context, f32, tensorType } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import { importOnnx } from '../../lowering/onnx/import.ts';
import { readOnnx } from '../../lowering/onnx/read.ts';
import { mlu100, disassemble } from '../../target-mlu/index.ts';
import { UsageError } from '../cli/options.ts';
import { exitCode, tool, type ToolStreams } from '../cli/tool.ts';
import { readNpy } from '../files/npy.ts';
import { allDialects } from '../lists.ts';
import { compareLevels } from '../run/compare-levels.ts';
import { type CompiledLevels, compileLevels, levels } from '../run/compile-levels.ts';
import { comparisonTable } from '../run/comparison-table.ts';
import { MachineRunner, runModule, type TensorInput } from '../run/run-levels.ts';

const options = {
  digits: { kind: 'value', metavar: 'N', doc: 'digits for the accuracy; 500 unless given, 5000 at most' },
  compared: { kind: 'value', metavar: 'N', doc: 'digits that run at every level; 5 unless given' },
  cores: { kind: 'value', metavar: 'N', doc: 'cores of the accelerator; 4 unless given' },
  quick: { kind: 'flag', doc: 'fewer digits, for a first look' },
  print: { kind: 'value', metavar: 'LEVEL', doc: `print the network at a level: ${levels.join(', ')}` },
} as const;

const number = (text: string | undefined, byDefault: number, most: number, name: string): number => {
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new UsageError(`option '--${name}' is '${text}', expected 1 to ${most}`);
  return value;
};

/** A file of the package, wherever it runs from. */
function packaged(path: string): Uint8Array {
  for (const up of ['../../', '../../../', '../'])
    if (existsSync(fileURLToPath(new URL(up + path, import.meta.url))))
      return readFileSync(fileURLToPath(new URL(up + path, import.meta.url)));
  return readFileSync(path);
}

/** The demonstration as a command. */
export const demo = tool({
  name: 'demo',
  summary: 'takes the MNIST network down every level and runs it on digits',
  usage: ['npm run demo [-- --digits=N --cores=N --print=LEVEL]'],
  options,
  run({ options: given, files }, streams) {
    if (files.length > 0) throw new UsageError(`takes no files, found '${files[0]}'`);
    const cores = number(given.cores, 4, mlu100.cores, 'cores');
    const digits = number(given.digits, given.quick ? 100 : 500, 5000, 'digits');
    const compared = number(given.compared, given.quick ? 1 : 5, 5000, 'compared');
    const model = readOnnx(packaged('examples/networks/mnist_cntk/model.onnx'));
    const compiled = compileLevels(importOnnx(model, new Context(allDialects)), mlu100, { cores });
    if (given.print !== undefined) return printLevel(compiled, given.print, streams);

    const images = readNpy(packaged('examples/data/digits-images.npy'), 'digits-images.npy').data;
    const labels = readNpy(packaged('examples/data/digits-labels.npy'), 'digits-labels.npy').data;
    const type = tensorType([1, 1, 28, 28], f32);
    const digit = (at: number): readonly TensorInput[] => [
      { type, data: Float32Array.from(images.subarray(at * 784, (at + 1) * 784) as Uint8Array) },
    ];

    streams.out(`mnist_cntk: ${model.nodes.length} nodes, ${cores} of ${mlu100.cores} cores of the ${mlu100.name}\n\n`);
    const runs = Array.from({ length: compared }, (_, at) => compareLevels(compiled, digit(at), mlu100));
    streams.out(`every level on ${compared} digit${compared === 1 ? '' : 's'}, each compared with the one above:\n\n`);
    streams.out(`${comparisonTable(runs.map((run) => run.comparisons))}\n`);

    const machine = new MachineRunner(compiled.machine, mlu100);
    const right = { graph: 0, machine: 0 };
    let [instructions, cycles] = [0, 0];
    for (let at = 0; at < digits; at++) {
      const run = machine.run(digit(at));
      const found = { graph: runModule(compiled.graph as never, digit(at)), machine: run };
      for (const level of ['graph', 'machine'] as const)
        if (best(found[level].outputs[0]?.data) === Number(labels[at])) right[level]++;
      instructions += run.report?.instructions ?? 0;
      cycles = Math.max(cycles, run.report?.cycles ?? 0);
    }
    const percent = (count: number): string => `${((100 * count) / digits).toFixed(2)} % (${count} of ${digits})`;
    streams.out(`accuracy, graph level in single precision: ${percent(right.graph)}\n`);
    streams.out(`accuracy, machine code in half precision:  ${percent(right.machine)}\n\n`);
    const microseconds = (cycles / mlu100.clockHz) * 1e6;
    streams.out(
      `per image: ${Math.round(instructions / digits)} instructions on ${cores} cores, ${cycles} modelled cycles (${microseconds.toFixed(1)} µs at ${mlu100.clockHz / 1e9} GHz; a model, not silicon)\n`,
    );
    const agree = runs.every((run) => run.comparisons.every((comparison) => comparison.agrees));
    streams.out(agree ? 'every level agrees with the one above.\n' : 'LEVELS DISAGREE, see the table.\n');
    return agree ? exitCode.done : exitCode.diagnostic;
  },
});

/** The index of the largest number. */
const best = (scores: Float32Array | undefined): number =>
  scores ? scores.indexOf(scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)) : -1;

function printLevel(compiled: CompiledLevels, level: string, streams: ToolStreams): number {
  const known = levels.find((one) => one === level);
  if (known === undefined) throw new UsageError(`option '--print' is '${level}', expected ${levels.join(', ')}`);
  const module = known === 'machine' ? undefined : compiled[known];
  streams.out(
    known === 'machine'
      ? disassemble(compiled.machine)
      : module
        ? `${printOperation(module, { elideLargerThan: 16 })}\n`
        : '',
  );
  return exitCode.done;
}
