/** Precision: arithmetic in half, and what the machine does not have in half expressed by what it has. */
import { func } from '../dialects/func/index.ts';
import { tensorop } from '../dialects/tensorop/index.ts';
import {
  Builder,
  type DenseAttribute,
  denseAttribute,
  f16,
  f32,
  floatToHalf,
  type Operation,
  stringAttribute,
  tensorType,
  type Type,
  type Value,
} from '../ir/index.ts';
import { knob, noMatch, pass, pattern, rewriteGreedily } from '../rewrite/index.ts';

const { cast, constant, depthwiseConv2d, div, mul, recip } = tensorop.ops;

const halved = (type: Type): Type =>
  type.kind === 'tensor' && type.element === f32 ? tensorType(type.shape, f16, type.encoding) : type;

/** The same data in half, rounded to nearest even. */
export function halfData(data: DenseAttribute): DenseAttribute {
  const { bytes, type } = data;
  const singles = new Float32Array(bytes.slice().buffer);
  const halves = Uint16Array.from(singles, floatToHalf);
  return denseAttribute(tensorType(type.shape, f16), new Uint8Array(halves.buffer));
}

function castFunction(entry: Operation, accumulator: 'f16' | 'f32'): void {
  const body = entry.region().entry;
  if (!body) return;
  const first = body.first;
  for (const operation of body.operations) {
    if (operation.hasTrait('terminator')) continue;
    const data = operation.as(constant)?.value;
    if (data && data.type.element === f32) operation.setAttribute('value', halfData(data));
    if (operation.is(depthwiseConv2d)) operation.setAttribute('accumulator', stringAttribute(accumulator));
    for (const result of operation.results) result.setType(halved(result.type));
  }
  // Arguments and results keep their types: callers see no difference in form.
  const builder = first ? Builder.before(first) : Builder.atEnd(body);
  for (const argument of body.arguments) {
    if (halved(argument.type) === argument.type) continue;
    const users = argument.uses;
    const narrow = builder.build(() => cast({ input: argument, types: [halved(argument.type)] })).out;
    for (const { owner, index } of users) owner.setOperand(index, narrow);
  }
  const { terminator } = body;
  if (!terminator) return;
  const results = entry.as(func.ops.func)?.function_type;
  for (const [at, value] of terminator.operands.entries()) {
    const wanted = results?.kind === 'function' ? results.results[at] : undefined;
    if (wanted === undefined || wanted === value.type) continue;
    const wide: Value = Builder.before(terminator).build(() => cast({ input: value, types: [wanted] })).out;
    terminator.setOperand(at, wide);
  }
}

/** Computes in half what was computed in single precision; inputs and outputs of functions stay as they are. */
export const castToHalf = pass('cast-to-half', {
  summary: 'compute in half; arguments and results of functions keep their types',
  on: 'builtin.module',
  knobs: {
    depthwiseAccumulator: knob.oneOf(
      ['f16', 'f32'],
      'f16',
      'what depthwise convolutions sum in; the vector unit sums in f16',
    ),
  },
  exact: { bound: 'running error analysis, operation by operation on the same inputs' },
  run(module, { depthwiseAccumulator }) {
    for (const operation of module.region().entry?.operations ?? [])
      if (operation.is(func.ops.func)) castFunction(operation, depthwiseAccumulator);
  },
});

/** a / b ≈ a · (1 / b): two roundings for one. */
export const divisionByReciprocal = pattern('division-by-reciprocal', div, ({ lhs, rhs, out }) =>
  out.type.kind === 'tensor' && out.type.element === f16
    ? mul({ lhs, rhs: recip({ input: rhs }) })
    : noMatch('only half is divided by reciprocals'),
);

/** The machine has no division; a reciprocal and a product stand for it. */
export const expandDivision = pass('expand-division', {
  summary: 'divide halves by multiplying with the reciprocal',
  exact: { bound: 'three half roundings instead of one' },
  run(root, _, context) {
    const { rewrites } = rewriteGreedily(root, [divisionByReciprocal], {
      check: context.check,
      observer: context.observer,
      onAction: context.onAction,
      actionLimit: context.actionLimit,
    });
    context.count('rewrites', rewrites);
  },
});
