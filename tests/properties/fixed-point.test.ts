/** Fixed point at every level: all halves, all bytes, and a located diagnostic for what the machine does not have. */
import { describe, expect, test } from 'vitest';
import { tensorop } from '../../dialects/tensorop/index.ts';
import {
  type AnyOp,
  clone,
  Context,
  DiagnosticError,
  f16,
  f32,
  halfToFloat,
  i16,
  i32,
  i64,
  i8,
  type Operation,
  roundings,
  type TensorType,
  tensorType,
  type Type,
} from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { canonicalizePass } from '../../lowering/pipelines.ts';
import { runPipeline, stage } from '../../rewrite/index.ts';
import { machineVariant, mlu100 } from '../../target-mlu/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { runHardware, runMachine, runTensors, validAtHardware } from '../../tools/check/levels.ts';
import { machineTypes } from '../../tools/check/lowerings.ts';
import { caseText, drawingOf, drawProgram } from '../../tools/check/program.ts';
import { checkProperty, told } from '../../tools/check/property.ts';
import { allDialects } from '../../tools/lists.ts';

const program = (
  name: string,
  attributes: string,
  from: Type,
  to: Type,
  count: number,
  shape: readonly number[] = [count],
): Operation => {
  const [input, output] = [tensorType(shape, from).text, tensorType(shape, to).text];
  return parseModule(
    `func.func @main(%x: ${input}) -> ${output} {
      %0 = ${name} %x {${attributes}} : ${input} -> ${output}
      return %0 : ${output}
    }`,
    new Context(allDialects),
  );
};
const halves = Float32Array.from({ length: 65536 }, (_, bits) => halfToFloat(bits));
const integers = (bits: number): Float32Array =>
  Float32Array.from({ length: 2 ** bits }, (_, at) => at - 2 ** (bits - 1));

function sameEverywhere(module: Operation, data: Float32Array): readonly Float32Array[] {
  const type = module.region().entry?.first?.region().entry?.argument(0).type as TensorType;
  const inputs = [{ type, data }];
  const expected = runTensors(module, inputs);
  const hardware = validAtHardware(module, mlu100, {});
  mustAgree(runHardware(hardware, inputs), expected);
  mustAgree(runMachine(hardware, inputs, mlu100).outputs, expected, ['machine', 'tensor level']);
  return expected;
}

describe.each(roundings)('rounded %s', (rounding) => {
  test.each([i8, i16])('every half as $text', (to) => {
    for (const position of [-127, -24, -7, -1, 0, 3, 127]) {
      const attributes = `position = ${position}, rounding = "${rounding}"`;
      sameEverywhere(program(tensorop.ops.quantize.opName, attributes, f16, to, 65536), halves);
    }
  });

  test.each([i8, i16])('every byte as $text of another position', (to) => {
    for (const shift of [-127, ...Array.from({ length: 19 }, (_, at) => at - 9), 127]) {
      const attributes = `shift = ${shift}, rounding = "${rounding}"`;
      sameEverywhere(program(tensorop.ops.requantize.opName, attributes, i8, to, 256), integers(8));
    }
  });
});

test.each([i8, i16])('every $text as a half', (from) => {
  for (const position of [-127, -25, -24, -8, 0, 1, 8, 9, 127]) {
    const module = program(tensorop.ops.dequantize.opName, `position = ${position}`, from, f16, 2 ** from.width);
    sameEverywhere(module, integers(from.width));
  }
});

describe('what the machine does not have ends in a diagnostic at the operation or its operand', () => {
  const elements = [f16, f32, i8, i16, i32, i64];
  const declared = machineTypes.flatMap(([op, from, to]) =>
    elements.flatMap((a) =>
      elements.flatMap((b) => {
        const { operands, results } = op.definition;
        const fits = [operands[0], results[0]].every(
          (value, at) => value?.constraint.check(tensorType([4], at === 0 ? a : b), {}) === undefined,
        );
        return fits ? [{ op, a, b, has: from.includes(a) && to.includes(b) }] : [];
      }),
    ),
  );

  test.each(declared)('$op.opName of $a.text to $b.text: $has', ({ op, a, b, has }) => {
    const attribute = op.definition.attributes[0]?.name;
    const lower = (): Operation => validAtHardware(program(op.opName, `${attribute} = 2`, a, b, 4), mlu100, {});
    if (has) {
      lower();
      return;
    }
    let error: unknown;
    try {
      lower();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(DiagnosticError);
    const [diagnostic] = (error as DiagnosticError).diagnostics;
    expect(diagnostic?.location.kind).toBe('file');
    expect(diagnostic?.message).toMatch(/the machine/);
  });

  test('both kinds are there', () => {
    expect(declared.filter(({ has }) => has).length).toBe(6);
    expect(declared.filter(({ has }) => !has).length).toBeGreaterThan(15);
  });
});

test('rows of bytes are half as long as blocks begin, and still what fits into little memory fits', () => {
  const rows = 12;
  const parts = [
    ['tensorop.quantize', 'position = 0', f16, i8, 1],
    ['tensorop.dequantize', 'position = 0', i8, f16, 1],
    ['tensorop.requantize', 'shift = 1', i8, i8, 2],
    ['tensorop.requantize', 'shift = 1', i8, i16, 2],
  ] as const;
  for (const [name, attributes, from, to, halves] of parts)
    for (let nram = 640; nram <= 2560; nram += 64) {
      const machine = machineVariant(mlu100, { memory: { nram } });
      const module = program(name, attributes, from, to, rows * 64, [rows, 64]);
      const inputs = [{ type: tensorType([rows, 64], from), data: new Float32Array(rows * 64).fill(halves) }];
      mustAgree(runHardware(validAtHardware(module, machine, {}), inputs), runTensors(module, inputs));
    }
});

test('canonical forms of chains of fixed point keep every bit', () => {
  const { quantize, dequantize, requantize, cast } = tensorop.ops;
  const ops = [requantize, requantize, requantize, quantize, dequantize, cast] as readonly AnyOp[];
  let changed = 0;
  checkProperty(
    fromChoices((draw) =>
      told(drawProgram(tensorop, ops, draw, { ...drawingOf(tensorop, f32, f16), extent: 4 }), caseText),
    ),
    ({ module, inputs }) => {
      const after = clone(module);
      runPipeline({ anchor: after.name, stages: [stage(canonicalizePass)] }, after);
      if (printOperation(after) !== printOperation(module)) changed++;
      mustAgree(runTensors(after, inputs), runTensors(module, inputs), ['canonical', 'as written']);
    },
    { cases: 1500, seed: 2 },
  );
  expect(changed).toBeGreaterThan(300);
});
