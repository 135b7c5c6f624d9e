/** The properties of the lowerings: each level computes what the one above means, bit for bit. */
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import {
  type AnyOp,
  clone,
  DiagnosticError,
  type Draw,
  f16,
  f32,
  i16,
  i8,
  type Operation,
  stringAttribute,
  type Type,
} from '../../ir/index.ts';
import { tilingKnobs, type TilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import { type Lowering, lowerModule } from '../../rewrite/index.ts';
import type { Machine } from '../../target-mlu/index.ts';
import { mustAgree } from './agree.ts';
import { fromChoices } from './choices.ts';
import { drawSettings } from './knobs.ts';
import { atHardware, runHardware, runMachine, runTensors, validAtHardware } from './levels.ts';
import { caseText, type CheckCase, drawOperation, drawProgram } from './program.ts';
import { checkProperty, type PropertyOptions, told } from './property.ts';
import type { SignatureOptions } from './signature.ts';

/** What is drawn: one operation on its own, or small programs of several. */
export type Subject = AnyOp | readonly AnyOp[];

const isProgram = (subject: Subject): subject is readonly AnyOp[] => Array.isArray(subject);

/** Tensor operations that have no machine form of their own; a named pass removes them before. */
const withoutMachineForm: readonly AnyOp[] = [tensorop.ops.div, tensorop.ops.constant];
/** Tensor operations that the machine can do. */
export const machineOps: readonly AnyOp[] = (Object.values(tensorop.ops) as AnyOp[]).filter(
  (op) => !withoutMachineForm.includes(op),
);
const { quantize, dequantize, requantize } = tensorop.ops;
/** Operations that the machine has for some types only, and for which: the others end in a diagnostic. */
export const machineTypes: readonly (readonly [op: AnyOp, from: readonly Type[], to: readonly Type[]])[] = [
  [quantize, [f16], [i8, i16]],
  [dequantize, [i8, i16], [f16]],
  // By way of halves, which hold every integer of 8 bits.
  [requantize, [i8], [i8, i16]],
];
const typesByName = new Map(machineTypes.map(([op, from, to]) => [op.opName, { from, to }]));
const areElements = (types: readonly Type[], among: readonly Type[] | undefined): boolean =>
  among === undefined || types.every((type) => type.kind === 'tensor' && among.includes(type.element));

/** How operations are drawn that the machine can do: in half, and in the integers that it has. */
export const drawingForMachine = {
  elements: [f16, i8, i16],
  results: [f16, f32, i8, i16],
  accepts: ({ opName }, operands, results) => {
    const known = typesByName.get(opName);
    return areElements(operands, known?.from) && areElements(results, known?.to);
  },
} as const satisfies SignatureOptions;

/** Layers that take operands. */
export const layerOps: readonly AnyOp[] = (Object.values(graph.ops) as AnyOp[]).filter(
  (op) => op.definition.operands.length > 0,
);

/** Lowering layers keeps every bit. Throws `PropertyFailed` with the smallest case. */
export function checkGraphLowering(
  subject: Subject,
  lowering: Lowering<Readonly<Record<never, never>>>,
  options: PropertyOptions = {},
): void {
  const draw = (from: Draw): CheckCase =>
    isProgram(subject)
      ? drawProgram(graph, subject, from, { elements: [f32], extent: 4 })
      : drawOperation(graph, subject, from, { elements: [f32] });
  checkProperty(
    fromChoices((from) => told(draw(from), caseText)),
    ({ module, inputs }) => {
      const lowered = clone(module);
      lowerModule(lowering, lowered, {});
      mustAgree(runTensors(lowered, inputs), runTensors(module, inputs));
    },
    options,
  );
}

/** A case in half with the accumulators that the machine has, as the precision pass leaves them. */
function drawForMachine(subject: Subject, draw: Draw): CheckCase & { readonly settings: TilingKnobs } {
  const settings = drawSettings(tilingKnobs, draw);
  const drawn = isProgram(subject)
    ? drawProgram(tensorop, subject, draw, { ...drawingForMachine, extent: 4 })
    : drawOperation(tensorop, subject, draw, drawingForMachine);
  drawn.module.walk((operation) => {
    if (operation.is(tensorop.ops.depthwiseConv2d)) operation.setAttribute('accumulator', stringAttribute('f16'));
  });
  return { ...drawn, settings };
}

const withSettings = (c: CheckCase & { readonly settings: TilingKnobs }): string =>
  `${caseText(c)}\n// ${JSON.stringify(c.settings)}`;

/** Lowering tensor operations to the hardware level keeps every bit, under every tiling. */
export function checkHardwareLowering(subject: Subject, machine: Machine, options: PropertyOptions = {}): void {
  checkProperty(
    fromChoices((draw) => told(drawForMachine(subject, draw), withSettings)),
    ({ module, inputs, settings }) => {
      mustAgree(runHardware(validAtHardware(module, machine, settings), inputs), runTensors(module, inputs));
    },
    options,
  );
}

/**
 * On a machine with little memory what is compiled is right, and what does not fit is refused: both levels below are as the
 * tensor operations mean. Gives how many cases were compiled, and how many refused.
 */
export function checkLittleMemory(
  subject: Subject,
  machine: Machine,
  options: PropertyOptions = {},
): { readonly compiled: number; readonly refused: number } {
  let [compiled, refused] = [0, 0];
  checkProperty(
    fromChoices((draw) => told(drawForMachine(subject, draw), withSettings)),
    ({ module, inputs, settings }) => {
      let hardware: Operation;
      try {
        hardware = atHardware(module, machine, settings);
      } catch (error) {
        if (!(error instanceof DiagnosticError) || !doesNotFit.test(error.message)) throw error;
        refused++;
        return;
      }
      compiled++;
      const expected = runTensors(module, inputs);
      mustAgree(runHardware(hardware, inputs), expected);
      mustAgree(runMachine(hardware, inputs, machine).outputs, expected, ['machine', 'tensor level']);
    },
    options,
  );
  return { compiled, refused };
}
/** What the lowering says of a program that is too large for a machine. */
const doesNotFit = /bytes of (nram|wram|ldram)/;

/** The machine does what the hardware level says, from the encoded object file. */
export function checkMachineLowering(subject: Subject, machine: Machine, options: PropertyOptions = {}): void {
  checkProperty(
    fromChoices((draw) => told(drawForMachine(subject, draw), withSettings)),
    ({ module, inputs, settings }) => {
      const hardware = atHardware(module, machine, settings);
      mustAgree(runMachine(hardware, inputs, machine).outputs, runHardware(hardware, inputs), [
        'machine',
        'hardware level',
      ]);
    },
    options,
  );
}
