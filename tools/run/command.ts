/** `paleo-run`: runs a program at a level, or at all of them. */
import { existsSync, readFileSync } from 'node:fs';
import {
  Context,
  DiagnosticError,
  errorAt,
  f16,
  f32,
  i16,
  i8,
  integerRange,
  type Operation,
  tensorType,
  type TensorType,
  type Type,
  unknownLocation,
  verify,
} from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { importOnnx } from '../../lowering/onnx/import.ts';
import { readOnnx } from '../../lowering/onnx/read.ts';
import { MachineFault, mlu100, type Program } from '../../target-mlu/index.ts';
import { UsageError } from '../cli/options.ts';
import { exitCode, type Sources, tool, type ToolStreams } from '../cli/tool.ts';
import { externalReader, type FileTensor, readDataSet } from '../files/data-set.ts';
import { allDialects } from '../lists.ts';
import { coreCount, objectOf, wholeNumber } from '../translate/command.ts';
import { compareLevels } from './compare-levels.ts';
import { type CompiledLevels, compileLevels, type LevelName } from './compile-levels.ts';
import { comparisonTable } from './comparison-table.ts';
import { type LevelRun, MachineRunner, runLevel, type TensorInput } from './run-levels.ts';

const options = {
  level: { kind: 'value', metavar: 'LEVEL', doc: 'graph, tensorop, mlu, machine or all; graph unless given' },
  data: { kind: 'value', metavar: 'DIR', doc: 'folder with input_0.pb|.npy, … and the expected output_0.pb|.npy, …' },
  cores: { kind: 'value', metavar: 'N', doc: 'cores of the mlu and machine levels; 1 unless given' },
  precision: { kind: 'value', metavar: 'P', doc: 'of the tensorop level: f32 or f16; f32 unless given' },
  rtol: {
    kind: 'value',
    metavar: 'R',
    doc: 'relative difference from the expected outputs that is accepted; 0 unless given',
  },
  atol: { kind: 'value', metavar: 'A', doc: 'absolute difference that is accepted; 0 unless given' },
  time: { kind: 'value', metavar: 'N', doc: 'best time of N runs after a warm-up' },
  json: { kind: 'flag', doc: 'print one JSON object' },
} as const;

type Loaded =
  | { readonly kind: 'levels'; readonly compiled: CompiledLevels }
  | { readonly kind: 'object'; readonly program: Program };

function load(file: string, cores: number, sources: Sources): Loaded {
  const bytes = readFileSync(file);
  sources.add(file, bytes);
  if (bytes.length >= 4 && !file.endsWith('.onnx') && !file.endsWith('.mlir'))
    return { kind: 'object', program: objectOf(bytes, file) };
  const context = new Context(allDialects);
  let module: Operation;
  if (file.endsWith('.onnx'))
    module = importOnnx(readOnnx(bytes, { fileName: file, readExternal: externalReader(file) }), context);
  else {
    module = parseModule(bytes, context, { fileName: file });
    const errors = verify(module);
    if (errors.length > 0) throw new DiagnosticError(errors);
  }
  return { kind: 'levels', compiled: compileLevels(module, mlu100, { cores }) };
}

const fail = (message: string): never => {
  throw new DiagnosticError([errorAt(unknownLocation, message)]);
};

/** The types of the arguments, from the highest level that there is. */
function inputTypes(loaded: Loaded): readonly TensorType[] {
  const program = loaded.kind === 'object' ? loaded.program : loaded.compiled.machine;
  const module = loaded.kind === 'levels' ? (loaded.compiled.graph ?? loaded.compiled.tensorop) : undefined;
  const entry = module?.region().entry?.operations.find((operation) => operation.name === 'func.func');
  if (entry) return (entry.region().entry?.arguments ?? []).map((value) => value.type as TensorType);
  return program.symbols
    .filter((symbol) => symbol.kind === 'input')
    .map(({ shape, element }) => tensorType(shape, { f16, i8, i16 }[element as string] ?? f32));
}

/** The inputs of a folder, checked against what the program takes; extents of 1 may be left out. */
function matched(types: readonly TensorType[], files: readonly FileTensor[]): readonly TensorInput[] {
  if (files.length !== types.length) fail(`the program takes ${types.length} inputs, the folder has ${files.length}`);
  return types.map((type, at) => {
    const { data, file, type: found } = files[at] as FileTensor;
    const real = (shape: readonly number[]): string => shape.filter((extent) => extent !== 1).join('x');
    if (real(found.shape) !== real(type.shape))
      fail(`'${file}' has shape [${found.shape}], the program takes ${type.text}`);
    const strange = data.find((x) => !isOf(type.element, x));
    if (strange !== undefined) fail(`'${file}' has the number ${strange}, the program takes ${type.text}`);
    return { type, data };
  });
}

/** Whether a number is one of an element type, as far as it is integers. */
function isOf(element: Type, x: number): boolean {
  if (element.kind !== 'integer') return true;
  const [least, most] = integerRange(element.width).map(Number) as [number, number];
  return Number.isInteger(x) && x >= least && x <= most;
}

interface OutputReport {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly maxAbs?: number;
  readonly maxRel?: number;
  readonly equal?: boolean;
}

/** Every output beside the expected one; `equal` says whether it is within what is accepted. */
function judged(run: LevelRun, expected: readonly FileTensor[], rtol: number, atol: number): readonly OutputReport[] {
  return run.outputs.map(({ name, shape, data }, at) => {
    const report = { name, dtype: 'float32', shape };
    const wanted = expected[at];
    if (!wanted) return report;
    let [maxAbs, maxRel, equal] = [0, 0, wanted.data.length === data.length];
    for (const [i, e] of wanted.data.entries()) {
      const a = data[i] as number;
      if (Object.is(a, e) || a === e) continue;
      const distance = Math.abs(a - e);
      maxAbs = Math.max(maxAbs, distance);
      maxRel = Math.max(maxRel, distance / Math.abs(e));
      // Written so that a NaN is never accepted.
      if (!(distance <= atol + rtol * Math.abs(e))) equal = false;
    }
    return { ...report, maxAbs, maxRel, equal };
  });
}

const tolerance = (name: string, text: string | undefined): number => {
  const value = text === undefined ? 0 : Number(text);
  if (!(value >= 0)) throw new UsageError(`option '--${name}' is '${text}', expected a number from 0 up`);
  return value;
};

/** The command. */
export const paleoRun = tool({
  name: 'paleo-run',
  summary: 'runs a network or program at any of its levels',
  usage: ['paleo-run MODEL.onnx|FILE.mlir|FILE.o --data=DIR [--level=LEVEL]'],
  options,
  notes:
    'example:\n  paleo-run examples/networks/mnist_cntk/model.onnx --level=all --cores=4 --data=examples/networks/mnist_cntk/test_data_set_0 --rtol=1e-2 --atol=1',
  run({ options: given, files }, streams, sources) {
    const [file] = files;
    if (file === undefined || files.length > 1) throw new UsageError(`takes one model, found ${files.length}`);
    if (given.data === undefined) throw new UsageError(`needs '--data=DIR' with the inputs`);
    const asked = given.level ?? 'graph';
    if (!['graph', 'tensorop', 'mlu', 'machine', 'all'].includes(asked))
      throw new UsageError(`option '--level' is '${asked}', expected graph, tensorop, mlu, machine or all`);
    const precision = given.precision ?? 'f32';
    if (precision !== 'f32' && precision !== 'f16')
      throw new UsageError(`option '--precision' is '${precision}', expected f32 or f16`);
    const [rtol, atol] = [tolerance('rtol', given.rtol), tolerance('atol', given.atol)];
    const rounds = given.time === undefined ? 0 : wholeNumber('time', given.time, 1);
    if (!existsSync(given.data)) fail(`there is no folder '${given.data}'`);
    const loaded = load(file, coreCount(given.cores), sources);
    const data = readDataSet(given.data);
    const inputs = matched(inputTypes(loaded), data.inputs);
    if (asked === 'all' && loaded.kind === 'levels') return runAll(loaded.compiled, inputs, streams);
    const level: LevelName =
      loaded.kind === 'object'
        ? 'machine'
        : asked === 'tensorop' && precision === 'f16'
          ? 'half'
          : (asked as LevelName);
    const once = (): LevelRun => {
      if (loaded.kind === 'object') return new MachineRunner(loaded.program, mlu100).run(inputs);
      return runLevel(loaded.compiled, level, inputs, mlu100) ?? fail(`the file is written below the ${asked} level`);
    };
    const run = located(once);
    let seconds = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      once();
      seconds = Math.min(seconds, (performance.now() - start) / 1000);
    }
    const outputs = judged(run, data.outputs, rtol, atol);
    report(file, asked, outputs, run, rounds > 0 ? seconds : undefined, given.json, streams);
    return outputs.some((output) => output.equal === false) ? exitCode.diagnostic : exitCode.done;
  },
});

/** A fault of the machine is a diagnostic of the program that ran on it. */
function located<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    return error instanceof MachineFault
      ? fail(error.message)
      : (() => {
          throw error;
        })();
  }
}

function runAll(compiled: CompiledLevels, inputs: readonly TensorInput[], streams: ToolStreams): number {
  const { comparisons, runs } = located(() => compareLevels(compiled, inputs, mlu100));
  streams.out(comparisonTable([comparisons]));
  const { report: machine } = runs.get('machine') ?? {};
  if (machine) streams.out(`\n${machine.instructions} instructions, ${machine.cycles} modelled cycles\n`);
  return comparisons.every((comparison) => comparison.agrees) ? exitCode.done : exitCode.diagnostic;
}

function report(
  model: string,
  level: string,
  outputs: readonly OutputReport[],
  run: LevelRun,
  seconds: number | undefined,
  json: boolean,
  streams: ToolStreams,
): void {
  const machine = run.report ? { instructions: run.report.instructions, cycles: run.report.cycles } : {};
  if (json) {
    streams.out(
      `${JSON.stringify({ model, level, outputs, ...(seconds === undefined ? {} : { seconds }), ...machine })}\n`,
    );
    return;
  }
  for (const [at, output] of outputs.entries()) {
    const numbers = [...(run.outputs[at]?.data.subarray(0, 16) ?? [])].join(', ');
    streams.out(
      `${output.name} [${output.shape.join(', ')}]: ${numbers}${(run.outputs[at]?.data.length ?? 0) > 16 ? ', …' : ''}\n`,
    );
    if (output.equal !== undefined)
      streams.out(
        `  ${output.equal ? 'as expected' : 'DIFFERS from what is expected'}: largest difference ${output.maxAbs}, relative ${output.maxRel}\n`,
      );
  }
  if (run.report) streams.out(`${run.report.instructions} instructions, ${run.report.cycles} modelled cycles\n`);
  if (seconds !== undefined) streams.out(`best of the timed runs: ${(seconds * 1000).toFixed(3)} ms\n`);
}
