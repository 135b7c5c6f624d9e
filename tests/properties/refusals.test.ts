/** What the machine cannot do is refused, at its operation, with what to do about it; everything else is not. */
import { describe, expect, test } from 'vitest';
import { builtin } from '../../dialects/builtin/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import {
  type AnyOp,
  Context,
  DiagnosticError,
  f16,
  f32,
  nameLocation,
  type Operation,
  stringAttribute,
} from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { tensoropToMlu, tilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import { defaultSettings } from '../../rewrite/index.ts';
import { machineVariant, mlu100 } from '../../target-mlu/index.ts';
import { Choices, Discarded } from '../../tools/check/choices.ts';
import { atHardware } from '../../tools/check/levels.ts';
import { machineOps, machineTypes } from '../../tools/check/lowerings.ts';
import { drawOperation } from '../../tools/check/program.ts';
import { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';

/** What the lowering says, and of which place; undefined where it lowers. */
function refusal(
  module: Operation,
  machine = mlu100,
  cores = 1,
): { readonly says: string; readonly at: string } | undefined {
  try {
    atHardware(module, machine, { cores });
    return undefined;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    expect(error.diagnostics).toHaveLength(1);
    const { message, location } = error.diagnostics[0] as (typeof error.diagnostics)[number];
    return { says: message, at: location.kind === 'name' ? location.name : location.kind };
  }
}
/** Modules of one operation, which is called `here`. */
function* drawn(op: AnyOp, element: typeof f16 | typeof f32, count: number): Generator<Operation> {
  for (let number = 0, found = 0; found < count; number++) {
    const random = new Random(43, number);
    try {
      const choices = new Choices(Array.from({ length: 64 }, () => random.below(0x10000)));
      const { module } = drawOperation(tensorop, op, choices, { elements: [element] });
      module.walk((one) => {
        if (one.name === op.opName) one.setLocation(nameLocation('here'));
      });
      found++;
      yield module;
    } catch (error) {
      if (!(error instanceof Discarded)) throw error;
    }
  }
}

/** Numbers are moved whatever they are. */
const moving = ['transpose', 'reshape', 'broadcast', 'pad', 'slice', 'concat', 'cast'].map(
  (name) => `tensorop.${name}`,
);
/** Fixed point has tests of its own. */
const floating = machineOps.filter((op) => !machineTypes.some(([one]) => one === op));
const computing = floating.filter(({ opName }) => !moving.includes(opName));

describe('what is not in half', () => {
  test.each(computing.map((op) => [op.opName, op] as const))('%s is refused', (name, op) => {
    for (const module of drawn(op, f32, 5))
      expect(refusal(module)).toEqual({
        says: `'${name}' op computes in f32, the machine in f16; run cast-to-half before`,
        at: 'here',
      });
  });
  test.each(floating.filter((op) => !computing.includes(op)).map((op) => [op.opName, op] as const))(
    '%s is moved',
    (_, op) => {
      for (const module of drawn(op, f32, 5)) expect(refusal(module)).toBeUndefined();
    },
  );
});

test('what is divided, and what is summed wider than the vector unit does', () => {
  for (const module of drawn(tensorop.ops.div, f16, 5))
    expect(refusal(module)).toEqual({
      says: "'tensorop.div' op has no instruction; run expand-division before",
      at: 'here',
    });
  for (const module of drawn(tensorop.ops.depthwiseConv2d, f16, 5))
    for (const [accumulator, refused] of [
      ['f32', true],
      ['f16', false],
    ] as const) {
      module.walk((one) => {
        if (one.is(tensorop.ops.depthwiseConv2d)) one.setAttribute('accumulator', stringAttribute(accumulator));
      });
      const says =
        "'tensorop.depthwise_conv2d' op sums in f32, the vector unit in f16; run cast-to-half with depthwise-accumulator=f16";
      expect(refusal(module)).toEqual(refused ? { says, at: 'here' } : undefined);
    }
});

test('what is moved as a whole takes half of the memory at most', () => {
  const text = (halves: number): string =>
    `func.func @main(%a: tensor<2x${halves}xf16>) -> tensor<${halves}x2xf16> {
  %0 = tensorop.transpose %a {permutation = array<i64: 1, 0>} : tensor<2x${halves}xf16> -> tensor<${halves}x2xf16> loc("here")
  return %0 : tensor<${halves}x2xf16>
}`;
  const read = (halves: number): Operation => parseModule(text(halves), new Context(allDialects));
  for (const kilobytes of [4, 8, 16]) {
    const machine = machineVariant(mlu100, { memory: { nram: kilobytes * 1024 } });
    // Half of the memory holds so many halves.
    const most = (kilobytes * 1024) / 4;
    expect(refusal(read(most / 2), machine)).toBeUndefined();
    expect(refusal(read(most / 2 + 1), machine)).toEqual({
      says: `'tensorop.transpose' op moves ${most + 2} elements at once, more than half of the ${kilobytes * 1024} bytes of nram; split it into smaller operations`,
      at: 'here',
    });
  }
});

describe('modules', () => {
  const settings = defaultSettings(tilingKnobs);
  const said = (text: string, cores = 1): string | undefined => {
    const module = parseModule(text, new Context([builtin, ...allDialects]));
    try {
      tensoropToMlu(module, { ...settings, cores }, machineVariant(mlu100, { cores: 8 }));
      return undefined;
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      return error.diagnostics.map(({ message }) => message).join('\n');
    }
  };
  const main = (name: string): string =>
    `func.func @${name}(%a: tensor<4xf16>) -> tensor<4xf16> {\n  %0 = tensorop.relu %a : tensor<4xf16>\n  return %0 : tensor<4xf16>\n}\n`;
  test('of one function with a body are lowered, for as many cores as there are', () => {
    expect(said(main('f'))).toBeUndefined();
    expect(said(main('f'), 8)).toBeUndefined();
    expect(said(main('f'), 16)).toContain("wants 16 cores, the machine 'mlu100' has 8");
    for (const [text, count] of [
      ['', 0],
      [main('f') + main('g'), 2],
      ['func.func private @f(tensor<4xf16>) -> tensor<4xf16>', 1],
    ] as const)
      expect(said(`module {\n${text}\n}`)).toBe(`has ${count} functions, expected one with a body; inline the others`);
  });
  test('with other operations are refused at these', () => {
    const text = main('f').replace('tensorop.relu %a', 'arith.negf %a');
    expect(said(text)).toBe("'arith.negf' op cannot be done on the machine; expected operations of 'tensorop'");
  });
});
