/** Wrong lowerings of layers to tensor operations: one rule each. */
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import type { AnyOp, Value } from '../../ir/index.ts';
import { graphToTensorop } from '../../lowering/graph-to-tensorop/index.ts';
import { lowerModule, type Lowering, type Outcome, pass, type Pass } from '../../rewrite/index.ts';
import { layers, type Miscompile, only } from './miscompile.ts';

type Args = Readonly<Record<string, unknown>>;
type Rule = (args: Args, settings: object, builder: object) => Outcome;
type Two = readonly [number, number];
type Four = readonly [number, number, number, number];

/** The pass with another rule for one layer, made from the right one. */
function passWith(op: AnyOp, change: (right: Rule) => Rule): Pass {
  const right = graphToTensorop.rules.get(op.opName);
  if (!right) throw new Error(`there is no rule for ${op.opName}`);
  const lower = change(right.lower as unknown as Rule) as unknown as typeof right.lower;
  const wrong: Lowering<Readonly<Record<never, never>>> = {
    ...graphToTensorop,
    rules: new Map([...graphToTensorop.rules, [op.opName, { op, lower }]]),
  };
  return pass('graph-to-tensorop', {
    summary: 'turn layers into tensor operations, one of them wrongly',
    on: 'builtin.module',
    exact: true,
    run: (module, _, context) => void lowerModule(wrong, module, {}, context),
  }) as unknown as Pass;
}

/** The right rule on other arguments. */
const given =
  (change: (args: Args) => Args) =>
  (right: Rule): Rule =>
  (args, settings, builder) =>
    right({ ...args, ...change(args) }, settings, builder);
const turned = (list: unknown): Two => [(list as Two)[1], (list as Two)[0]];
const turnedPads = (list: unknown): Four => {
  const [top, left, bottom, right] = list as Four;
  return [bottom, right, top, left];
};

const { ops } = graph;
const t = tensorop.ops;
const { conv, gemm, relu, sigmoid, softmax, maxPool, averagePool, concat, transpose, sub, div, clip, add } = ops;

const wrong: readonly (readonly [name: string, area: string, op: AnyOp, change: (right: Rule) => Rule])[] = [
  ['convolution, strides turned', 'stride', conv, given(({ strides }) => ({ strides: turned(strides) }))],
  ['convolution, padding turned', 'padding', conv, given(({ pads }) => ({ pads: turnedPads(pads) }))],
  ['convolution, dilations forgotten', 'index', conv, given(({ dilations }) => ({ dilations: turned(dilations) }))],
  ['convolution, bias forgotten', 'wrong value', conv, given(() => ({ bias: undefined }))],
  ['product, alpha forgotten', 'wrong value', gemm, given(() => ({ alpha: 1 }))],
  ['product, beta forgotten', 'wrong value', gemm, given(() => ({ beta: 1 }))],
  ['product, addend forgotten', 'wrong value', gemm, given(() => ({ addend: undefined }))],
  [
    'activation forgotten',
    'wrong value',
    relu,
    () =>
      ({ input }) =>
        input as Value,
  ],
  [
    'another activation',
    'wrong operation',
    sigmoid,
    () =>
      ({ input }) =>
        t.tanh({ input: input as Value }),
  ],
  ['softmax over the first axis', 'index', softmax, given(() => ({ axis: 0 }))],
  ['maximum, strides turned', 'stride', maxPool, given(({ strides }) => ({ strides: turned(strides) }))],
  ['maximum, padding turned', 'padding', maxPool, given(({ pads }) => ({ pads: turnedPads(pads) }))],
  [
    'mean, padding counted the other way',
    'padding',
    averagePool,
    given(({ count_include_pad: counted }) => ({ count_include_pad: !counted })),
  ],
  ['mean, padding turned', 'padding', averagePool, given(({ pads }) => ({ pads: turnedPads(pads) }))],
  [
    'concatenation backwards',
    'order',
    concat,
    given(({ inputs }) => ({ inputs: [...(inputs as readonly Value[])].reverse() })),
  ],
  [
    'transposition the other way',
    'layout',
    transpose,
    given(({ permutation }) => ({
      permutation: (permutation as readonly number[]).map((_, d) => (permutation as readonly number[]).indexOf(d)),
    })),
  ],
  ['difference turned', 'order', sub, given(({ lhs, rhs }) => ({ lhs: rhs, rhs: lhs }))],
  [
    'division by the reciprocal',
    'rounding',
    div,
    (right) => (args, settings, builder) => {
      const one = right({ ...args, lhs: args['rhs'], rhs: args['rhs'] }, settings, builder) as unknown as Value;
      const inverse = t.div({ lhs: one, rhs: args['rhs'] as Value });
      return t.mul({ lhs: args['lhs'] as Value, rhs: inverse });
    },
  ],
  ['limits turned', 'saturation', clip, given(({ low }) => ({ high: low }))],
  ['sum doubled', 'wrong value', add, given(({ lhs }) => ({ rhs: lhs }))],
];

/** The wrong lowerings of layers. */
export const layerMiscompiles: readonly Miscompile[] = wrong.map(([name, area, op, change]) => ({
  name,
  area,
  pipeline: only(passWith(op, change)),
  pass: 'graph-to-tensorop',
  pattern: `lower ${op.opName}`,
  program: layers(op, op, relu, add),
}));
