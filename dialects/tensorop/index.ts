/** The tensor-op level: what a kernel computes, in NHWC, with the precision in the types. */
import { dialect } from '../../ir/index.ts';
import { conv2d, depthwiseConv2d, matmul } from './contraction.ts';
import * as elementwise from './elementwise.ts';
import { dequantize, quantize, requantize } from './quantize.ts';
import { broadcast, concat, constant, pad, reshape, slice, transpose } from './shape.ts';
import { averagePool, maxPool, reduceMax, reduceSum } from './window.ts';

const { add, sub, mul, div, max, min, relu, sigmoid, tanh, exp, recip, rsqrt, sqrt, abs, neg, clip, addBias, cast } =
  elementwise;

/** The operations of the tensor-op level. */
export const tensorop = dialect(
  'tensorop',
  {
    constant,
    conv2d,
    depthwiseConv2d,
    matmul,
    add,
    sub,
    mul,
    div,
    max,
    min,
    relu,
    sigmoid,
    tanh,
    exp,
    recip,
    rsqrt,
    sqrt,
    abs,
    neg,
    clip,
    addBias,
    cast,
    quantize,
    dequantize,
    requantize,
    maxPool,
    averagePool,
    reduceSum,
    reduceMax,
    transpose,
    reshape,
    broadcast,
    pad,
    slice,
    concat,
  },
  {
    materializeConstant: (value, type) =>
      value.kind === 'dense' && value.type === type ? constant({ value }) : undefined,
  },
);
