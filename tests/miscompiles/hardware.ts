/** Wrong ways to the hardware level: what the right pass makes, with one thing in it changed. */
import { arith } from '../../dialects/arith/index.ts';
import { mlu } from '../../dialects/mlu/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import {
  type AnyOp,
  f16,
  floatAttribute,
  f64,
  index,
  integerAttribute,
  type Operation,
  signedInteger,
  stringAttribute,
} from '../../ir/index.ts';
import { hardwarePasses } from '../../lowering/compile.ts';
import { type Pass, pipeline, type Settings, stage } from '../../rewrite/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { type Miscompile, tensors } from './miscompile.ts';

const [toMlu, planMemory, insertSyncs] = hardwarePasses(mlu100) as [Pass, Pass, Pass];

/** A pass after which something in the module is changed. */
const spoiled = (right: Pass, spoil: (operation: Operation) => void): Pass => ({
  ...right,
  run(root, settings, context) {
    right.run(root, settings, context);
    const found: Operation[] = [];
    root.walk((operation) => void found.push(operation));
    for (const operation of found) if (!operation.isErased) spoil(operation);
  },
});

interface Wrong {
  readonly name: string;
  readonly area: string;
  readonly spoil: (operation: Operation) => void;
  readonly ops: readonly AnyOp[];
  /** Which of the three passes is wrong; the first unless said. */
  readonly at?: 0 | 1 | 2;
  readonly settings?: Settings;
  /** The pattern that is to be named; `place` of the first of `ops` unless said. */
  readonly pattern?: undefined | null;
}

const { ops } = tensorop;
const on =
  (op: AnyOp, change: (operation: Operation) => void) =>
  (operation: Operation): void => {
    if (operation.is(op)) change(operation);
  };
/** Puts another operation on the same operands in the place of one without results. */
const replacedBy =
  (op: AnyOp) =>
  (operation: Operation): void => {
    const { context, operands, location } = operation;
    context.create(op.opName, operands, [], { location }).moveBefore(operation);
    operation.erase();
  };
/** Counts one less as the upper bound of loops with more than one turn. */
const oneTurnLess = on(scf.ops.for, (operation) => {
  const bound = operation.operand(1).owner;
  const value = bound && signedInteger(bound.attribute('value'));
  if (!bound?.is(arith.ops.constant) || value === undefined) return;
  const less = operation.context.create('arith.constant', [], [index], {
    attributes: [{ name: 'value', value: integerAttribute(Number(value) - 1, index), property: true }],
    location: operation.location,
  });
  less.moveBefore(operation);
  operation.setOperand(1, less.result());
});

const wrong: readonly Wrong[] = [
  {
    name: 'sum as difference',
    area: 'wrong operation',
    spoil: on(mlu.ops.add, replacedBy(mlu.ops.sub)),
    ops: [ops.add],
  },
  {
    name: 'maximum as minimum',
    area: 'wrong operation',
    spoil: on(mlu.ops.max, replacedBy(mlu.ops.min)),
    ops: [ops.max],
  },
  { name: 'product as sum', area: 'wrong operation', spoil: on(mlu.ops.mul, replacedBy(mlu.ops.add)), ops: [ops.mul] },
  {
    name: 'difference turned',
    area: 'order',
    spoil: on(mlu.ops.sub, (operation) => {
      const [a, b] = [operation.operand(0), operation.operand(1)];
      operation.setOperand(0, b);
      operation.setOperand(1, a);
    }),
    ops: [ops.sub],
  },
  {
    name: 'first copy forgotten',
    area: 'index',
    spoil: on(mlu.ops.copy, (operation) => {
      if (operation.previous?.is(mlu.ops.subview)) operation.erase();
    }),
    ops: [ops.conv2d],
  },
  {
    name: 'padding with ones',
    area: 'padding',
    spoil: on(mlu.ops.fill, (operation) => operation.setAttribute('value', floatAttribute(1, f64))),
    ops: [ops.pad],
  },
  {
    name: 'towards zero instead of to nearest',
    area: 'rounding',
    spoil: on(mlu.ops.quantize, (operation) => operation.setAttribute('rounding', stringAttribute('zero'))),
    ops: [ops.quantize],
  },
  {
    name: 'a position too far',
    area: 'position',
    spoil: on(mlu.ops.quantize, (operation) => {
      const position = signedInteger(operation.attribute('position')) ?? 0n;
      operation.setAttribute('position', integerAttribute(Number(position) + 1));
    }),
    ops: [ops.requantize],
  },
  { name: 'a tile too few', area: 'loop bounds', spoil: oneTurnLess, ops: [ops.relu], settings: { tileRows: 1 } },
  {
    name: 'barriers forgotten',
    area: 'synchronisation',
    spoil: on(mlu.ops.barrier, (operation) => operation.erase()),
    ops: [ops.transpose, ops.relu],
    settings: { cores: 2 },
    pattern: null,
  },
  {
    name: 'memory shared',
    area: 'aliasing',
    spoil: on(mlu.ops.alloc, (operation) => operation.setAttribute('address', integerAttribute(0))),
    ops: [ops.add],
    at: 1,
    pattern: null,
  },
  {
    name: 'syncs forgotten',
    area: 'synchronisation',
    spoil: on(mlu.ops.sync, (operation) => operation.erase()),
    ops: [ops.relu],
    at: 2,
    pattern: null,
  },
];

/** The wrong ways to the hardware level. */
export const hardwareMiscompiles: readonly Miscompile[] = wrong.map(
  ({ name, area, spoil, ops: used, at = 0, settings = {}, pattern }) => {
    const passes = [toMlu, planMemory, insertSyncs].map((one, number) => (number === at ? spoiled(one, spoil) : one));
    const [first, ...rest] = passes as [Pass, Pass, Pass];
    return {
      name: `hardware, ${name}`,
      area,
      pipeline: pipeline(
        'builtin.module',
        stage(first, settings as Partial<Settings>),
        ...rest.map((one) => stage(one)),
      ),
      pass: (passes[at] as Pass).name,
      pattern: pattern === null ? undefined : `place ${(used[0] as AnyOp).opName}`,
      program: tensors(f16, ...used),
    };
  },
);
