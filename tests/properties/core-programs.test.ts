/**
 * Programs of the hardware level that no lowering wrote. Planned and with syncs they give what they give when every
 * operation waits for the one before and every block has memory of its own, by the interpreter and on the machine.
 */
import { describe, expect, test } from 'vitest';
import { runCorePrograms } from '../../interpreter/mlu/run.ts';
import { byteSize, mlu } from '../../dialects/mlu/index.ts';
import {
  Context,
  f16,
  type MemRefType,
  type Operation,
  spaceOf,
  tensorType,
  type Value,
  verify,
} from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { insertSyncsPass } from '../../lowering/insert-syncs.ts';
import { planMemoryFor } from '../../lowering/plan-memory.ts';
import { runPass } from '../../rewrite/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { runHardware, runMachine } from '../../tools/check/levels.ts';
import { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';
import { drawCoreProgram } from './draw-core-program.ts';

function check(number: number, far: number): void {
  const random = new Random(71, number);
  const { text, inputRows } = drawCoreProgram(random, { loops: 3, steps: 3 + random.below(6), far });
  const shape = [inputRows, 64];
  const data = Float32Array.from({ length: inputRows * 64 }, () => random.below(41) - 20);
  const inputs = [{ type: tensorType(shape, f16), data }];
  try {
    const drawn = parseModule(text, new Context(allDialects));
    expect(
      verify(drawn)
        .map(({ message }) => message)
        .join('\n'),
    ).toBe('');
    const inOrder = runCorePrograms(drawn, new Map([['input0', { shape, data }]]), { inOrder: true });
    const expected = [inOrder.get('output0')?.data ?? new Float32Array(0)];
    runPass(planMemoryFor(mlu100), drawn);
    runPass(insertSyncsPass, drawn);
    expect(
      verify(drawn)
        .map(({ message }) => message)
        .join('\n'),
    ).toBe('');
    mustAgree(runHardware(drawn, inputs), expected, ['planned', 'in order']);
    mustAgree(runMachine(drawn, inputs, mlu100).outputs, expected, ['machine', 'in order']);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${text}`, { cause: error });
  }
}

describe('programs of the hardware level', () => {
  test.each([0, 1, 2, 3])('part %i', (part) => {
    for (let number = 0; number < 30; number++) check(30 * part + number, 0);
  });
  // Distances that the offset of an operand does not hold.
  test('with memory far away', () => {
    for (let number = 0; number < 6; number++) check(1000 + number, 2 ** 17 + 3);
  });
});

/** Bytes of one memory, or a whole buffer of GDRAM. */
interface Place {
  readonly memory: string;
  readonly from: number;
  readonly to: number;
}
function placeOf(value: Value): Place {
  const owner = value.owner as Operation;
  const buffer = owner.as(mlu.ops.getBuffer);
  if (buffer) return { memory: `gdram ${buffer.buffer}`, from: 0, to: 1 };
  const from = owner.as(mlu.ops.alloc)?.address;
  if (from === undefined) return placeOf(owner.operand(0));
  return { memory: spaceOf(value.type as MemRefType), from, to: from + byteSize(value.type as MemRefType) };
}
/** A copy from or to the memories outside, one between those inside, or arithmetic. */
function unitOf(operation: Operation): string | undefined {
  if (!operation.is(mlu.ops.copy))
    return operation.resultCount === 0 && operation.operandCount > 0 ? 'vector' : undefined;
  return operation.operands.some(({ type }) => spaceOf(type as MemRefType).endsWith('dram')) ? 'io' : 'move';
}

test('syncs stand exactly where what is under way touches the same bytes', () => {
  let syncs = 0;
  for (let number = 0; number < 100; number++) {
    const { text } = drawCoreProgram(new Random(73, number), { loops: 0, steps: 25 });
    const module = parseModule(text, new Context(allDialects));
    runPass(planMemoryFor(mlu100), module);
    runPass(insertSyncsPass, module);
    const operations: Operation[] = [];
    module.walk((operation) => {
      if (operation.is(mlu.ops.sync) || (operation.dialectName === 'mlu' && unitOf(operation)))
        operations.push(operation);
    });
    let under: { readonly place: Place; readonly unit: string; readonly writes: boolean }[] = [];
    for (const [at, operation] of operations.entries()) {
      if (operation.is(mlu.ops.sync)) continue;
      const unit = unitOf(operation) as string;
      const touched = operation.operands.map((value, index) => ({
        place: placeOf(value),
        unit,
        writes: index === operation.operandCount - 1,
      }));
      const isNeeded = touched.some(({ place, writes }) =>
        under.some(
          (other) =>
            other.unit !== unit &&
            (writes || other.writes) &&
            place.memory === other.place.memory &&
            Math.max(place.from, other.place.from) < Math.min(place.to, other.place.to),
        ),
      );
      if ((operations[at - 1]?.is(mlu.ops.sync) ?? false) !== isNeeded)
        throw new Error(
          `a sync is ${isNeeded ? 'missing' : 'not needed'} before '${operation.name}'\n${printOperation(module)}`,
        );
      if (isNeeded) under = [];
      under.push(...touched);
      if (isNeeded) syncs++;
    }
  }
  expect(syncs).toBeGreaterThan(300);
});
