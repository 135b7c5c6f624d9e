/** The hardware level: explicit memories, asynchronous copies, barriers, and one program per core. */
import { dialect } from '../../ir/index.ts';
import { alloc, barrier, buffer, copy, getBuffer, reshape, subview, sync, windows } from './memory.ts';
import { conv, mlp } from './tensor-unit.ts';
import * as vector from './vector.ts';

export * from './layout.ts';
export { dynamicOffset, subviewType, windowsType } from './memory.ts';
export { vectorGroup } from './vector.ts';

const { add, sub, mul, max, min, addCycle, subCycle, mulCycle } = vector;
const { relu, sigmoid, tanh, exp, recip, rsqrt, sqrt, abs } = vector;
const { fill, extend, truncate, quantize, dequantize, rowSum, rowMax, maxPool, averagePool, transpose } = vector;

/** The attribute of a function that says which core runs it. */
export const coreAttribute = 'mlu.core';

/** The operations of the hardware level. */
export const mlu = dialect('mlu', {
  buffer,
  getBuffer,
  alloc,
  subview,
  reshape,
  windows,
  copy,
  sync,
  barrier,
  fill,
  add,
  sub,
  mul,
  max,
  min,
  addCycle,
  subCycle,
  mulCycle,
  relu,
  sigmoid,
  tanh,
  exp,
  recip,
  rsqrt,
  sqrt,
  abs,
  extend,
  truncate,
  quantize,
  dequantize,
  rowSum,
  rowMax,
  maxPool,
  averagePool,
  transpose,
  conv,
  mlp,
});
