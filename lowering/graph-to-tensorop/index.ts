/**
 * Layers of a network become tensor operations, bit for bit. Every rule keeps the layout of the
 * network at its borders; the changes of layout in between meet and vanish in `propagate-layout`.
 */
import { broadcastShape, graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import type { TensorType, Value, ValueLike } from '../../ir/index.ts';
import { type Lowering, lowering, lowerModule, type Outcome, pass } from '../../rewrite/index.ts';
import { conv, gemm, globalMean, maximumPool, meanPool } from './layers.ts';
import { swapWithLast } from './layout-change.ts';

const { broadcast, constant, clip, concat, div, exp, matmul, reduceMax, reduceSum, reshape, sub, transpose } =
  tensorop.ops;

const shapeOf = (value: Value): readonly number[] => (value.type as TensorType).shape;
const repeated = (input: Value, shape: readonly number[]): ValueLike =>
  shapeOf(input).join() === shape.join() ? input : broadcast({ input, shape });

type Two = { readonly lhs: Value; readonly rhs: Value };
/** Both sides repeated to the same extents. */
const binary =
  (key: 'add' | 'sub' | 'mul' | 'div') =>
  ({ lhs, rhs }: Two): Outcome => {
    const shape = broadcastShape(shapeOf(lhs), shapeOf(rhs)) ?? [];
    return tensorop.ops[key]({ lhs: repeated(lhs, shape), rhs: repeated(rhs, shape) });
  };
const unary =
  (key: 'relu' | 'sigmoid' | 'tanh' | 'exp' | 'sqrt' | 'abs') =>
  ({ input }: { readonly input: Value }): Outcome =>
    tensorop.ops[key]({ input });

/** The lowering, an operation of the graph level at a time. */
export const graphToTensorop: Lowering<Readonly<Record<never, never>>> = lowering(
  { from: graph, to: [tensorop], knobs: {} },
  {
    constant: ({ value }) => constant({ value }),
    conv,
    gemm,
    matmul: ({ lhs, rhs }) => matmul({ lhs, rhs }),
    add: binary('add'),
    sub: binary('sub'),
    mul: binary('mul'),
    div: binary('div'),
    relu: unary('relu'),
    sigmoid: unary('sigmoid'),
    tanh: unary('tanh'),
    exp: unary('exp'),
    sqrt: unary('sqrt'),
    abs: unary('abs'),
    clip: ({ input, low, high }) => clip({ input, low, high }),
    softmax({ input, axis, dims: { S } }) {
      const permutation = swapWithLast(S.length, axis);
      const rows = transpose({ input, permutation });
      const shape = permutation.map((d) => S[d] as number);
      const whole = (column: ValueLike): ValueLike => broadcast({ input: column, shape });
      const e = exp({ input: sub({ lhs: rows, rhs: whole(reduceMax({ input: rows })) }) });
      return transpose({ input: div({ lhs: e, rhs: whole(reduceSum({ input: e })) }), permutation });
    },
    maxPool: maximumPool,
    averagePool: meanPool,
    globalAveragePool: globalMean,
    reshape: ({ input, shape }) => reshape({ input, shape }),
    transpose: ({ input, permutation }) => transpose({ input, permutation }),
    concat: ({ inputs, axis }) => concat({ inputs, axis }),
  },
);

/** The lowering as a pass. */
export const graphToTensoropPass = pass('graph-to-tensorop', {
  summary: 'turn layers of a network into tensor operations, channels last',
  on: 'builtin.module',
  exact: true,
  run: (module, _, context) => {
    lowerModule(graphToTensorop, module, {}, context);
  },
});
