/** One network at every level: what each lowering leaves, side by side. */
import { arith } from '../../dialects/arith/index.ts';
import { func } from '../../dialects/func/index.ts';
import { mlu } from '../../dialects/mlu/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { clone, type Operation } from '../../ir/index.ts';
import { hardwarePasses } from '../../lowering/compile.ts';
import { compileToMachine } from '../../lowering/mlu-to-machine/index.ts';
import { precisionPasses, tensorPasses } from '../../lowering/pipelines.ts';
import type { TilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import { type Pass, runPipeline, stage } from '../../rewrite/index.ts';
import { type Machine, type Program, readObjectFile, writeObjectFile } from '../../target-mlu/index.ts';

/** The levels of a program, from the network down. */
export const levels = ['graph', 'tensorop', 'half', 'mlu', 'machine'] as const;
/** The name of one level. */
export type LevelName = (typeof levels)[number];

/** A program at the levels below the one that it came in at. */
export interface CompiledLevels {
  readonly graph: Operation | undefined;
  /** Tensor operations in the network's own precision. */
  readonly tensorop: Operation | undefined;
  /** Tensor operations in half. */
  readonly half: Operation | undefined;
  readonly mlu: Operation;
  /** The program that its encoded object file holds. */
  readonly machine: Program;
  readonly object: Uint8Array;
}

/** Which level a module is written at: that of the highest dialect in it. */
export function levelOf(module: Operation): 'graph' | 'tensorop' | 'mlu' {
  const found = new Set<string>();
  module.walk((operation) => {
    found.add(operation.dialectName);
  });
  return found.has('graph') ? 'graph' : found.has('tensorop') || !found.has('mlu') ? 'tensorop' : 'mlu';
}

function passed(
  module: Operation,
  passes: readonly Pass[],
  settings: Readonly<Record<string, unknown>> = {},
): Operation {
  const copy = clone(module);
  const stages = passes.map((one) =>
    stage(one, Object.fromEntries(Object.entries(settings).filter(([name]) => name in one.knobs)) as never),
  );
  runPipeline({ anchor: copy.name, stages }, copy);
  return copy;
}

/** Brings a module down every level below its own; verified after every pass. */
export function compileLevels(module: Operation, machine: Machine, tiling: Partial<TilingKnobs> = {}): CompiledLevels {
  for (const dialect of [arith, func, mlu, scf, tensorop]) module.context.load(dialect);
  const level = levelOf(module);
  const graph = level === 'graph' ? module : undefined;
  const upper = graph ? passed(graph, tensorPasses) : level === 'tensorop' ? module : undefined;
  const half = upper && passed(upper, precisionPasses);
  const hardware = half
    ? passed(half, hardwarePasses(machine), tiling)
    : level === 'mlu'
      ? passed(module, hardwarePasses(machine).slice(1))
      : module;
  const object = writeObjectFile(compileToMachine(hardware, machine));
  return { graph, tensorop: upper, half, mlu: hardware, machine: readObjectFile(object), object };
}
