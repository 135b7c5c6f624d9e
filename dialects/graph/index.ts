/** The graph level: whole layers of a network, NCHW, as the model file has them. */
import { dialect } from '../../ir/index.ts';
import { conv, gemm, matmul } from './contraction.ts';
import { abs, add, clip, div, exp, mul, relu, sigmoid, softmax, sqrt, sub, tanh } from './elementwise.ts';
import { averagePool, globalAveragePool, maxPool } from './pooling.ts';
import { concat, constant, reshape, transpose } from './shape.ts';

export { broadcastShape } from './elementwise.ts';

/** The operations of the graph level. */
export const graph = dialect(
  'graph',
  {
    constant,
    conv,
    gemm,
    matmul,
    add,
    sub,
    mul,
    div,
    relu,
    sigmoid,
    tanh,
    exp,
    sqrt,
    abs,
    clip,
    softmax,
    maxPool,
    averagePool,
    globalAveragePool,
    reshape,
    transpose,
    concat,
  },
  {
    materializeConstant: (value, type) =>
      value.kind === 'dense' && value.type === type ? constant({ value }) : undefined,
  },
);
