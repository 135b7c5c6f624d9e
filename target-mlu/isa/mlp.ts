/**
 * Matrix product with transposed weights: dst[m, n] = Σ src[m, k] · kernel[n, k], k ascending; rounding as in conv.
 * Here too are the instructions that round carried sums to halves.
 */
import { accumulator, choice, destination, type FieldValues, groups, number, size, source, stride } from '../field.ts';
import { instruction } from '../instruction.ts';
import type { Window } from '../kernel/contraction.ts';
import { type TensorTypeName, tensorTypes } from '../kernel/tensor-type.ts';
import { imageExtent, kernelExtent, runPartial, runWhole } from '../kernel/window.ts';

const sizes = { m: size('rows of src'), k: groups('columns of src and of kernel'), n: groups('rows of kernel') };
type Sizes = FieldValues<typeof sizes>;
const position = number('the sum is scaled by 2^position, -127..127');

const wrongPosition = (values: { readonly position: number }): string | undefined =>
  Math.abs(values.position) <= 127 ? undefined : `'position' is ${values.position}, expected -127..127`;

/** A matrix product is a 1 × 1 convolution of m pixels. */
const productWindow = ({ m, k, n }: Sizes, rowStride = k, kernelStride = k): Window => ({
  h: m,
  w: 1,
  cin: k,
  kh: 1,
  kw: 1,
  sy: 1,
  sx: 1,
  cout: n,
  rowStride,
  pixelStride: rowStride,
  kernelStride,
});

const macs = ({ m, k, n }: Sizes): number => m * k * n;

const fields = {
  dst: destination('nram', 'result [m, n], halves'),
  src: source('nram', 'matrix [m, k]'),
  kernel: source('wram', 'weights [n, k]'),
  ...sizes,
};

function touches(bytes: number, values: Sizes) {
  const window = productWindow(values);
  const dst = { bytes: 2 * values.m * values.n };
  return { dst, src: imageExtent(window, bytes), kernel: kernelExtent(window, bytes) };
}

const mlpF16 = instruction('mlp.nram.f16', {
  opcode: 0x320,
  pipe: 'tensor',
  summary: 'matrix product of halves',
  fields,
  syntax: '[$dst], [$src], [$kernel], $m, $k, $n',
  touches: (values) => touches(2, values),
  execute: (core, values) => runWhole('f16', productWindow(values), core, { ...values, position: 0 }),
  cycles: (throughput, values) => throughput.tensor('half', macs(values)),
});

function mlpFixed<const N extends 'i8' | 'i16'>(name: N, opcode: number) {
  const { bytes, rate } = tensorTypes[name];
  return instruction(`mlp.nram.${name}`, {
    opcode,
    pipe: 'tensor',
    summary: `matrix product of ${rate} data to half`,
    fields: { ...fields, position },
    syntax: '[$dst], [$src], [$kernel], $m, $k, $n, $position',
    verify: wrongPosition,
    touches: (values) => touches(bytes, values),
    execute: (core, values) => runWhole(name, productWindow(values), core, values),
    cycles: (throughput, values) => throughput.tensor(rate, macs(values)),
  });
}

const partialFields = {
  acc: accumulator('nram', 'sums [m, n]'),
  src: source('nram', 'matrix [m, k], with gaps between the rows'),
  kernel: source('wram', 'weights [n, k], with gaps between the rows'),
  ...sizes,
  rowstride: stride('bytes from one row of src to the next'),
  kernelstride: stride('bytes from one row of kernel to the next'),
  phase: choice('sums start at zero, or at what acc holds', ['clear', 'accumulate']),
};
type PartialValues = FieldValues<typeof partialFields>;

const partialWindow = (values: PartialValues, bytes: number): Window =>
  productWindow(values, values.rowstride / bytes, values.kernelstride / bytes);

function wrongStride({ k, rowstride, kernelstride }: PartialValues, bytes: number): string | undefined {
  for (const [name, found] of Object.entries({ rowstride, kernelstride })) {
    if (found < bytes * k || found % bytes !== 0) {
      return `'${name}' is ${found}, expected at least ${bytes * k} and whole elements`;
    }
  }
  return undefined;
}

function mlpPartial<const N extends TensorTypeName>(name: N, opcode: number) {
  const { bytes, rate, sumBytes, sumName } = tensorTypes[name];
  return instruction(`mlp.partial.nram.${name}`, {
    opcode,
    pipe: 'tensor',
    summary: `adds a matrix product of ${rate} data to ${sumName} sums`,
    fields: partialFields,
    syntax: '[$acc], [$src], [$kernel], $m, $k, $n, $rowstride, $kernelstride, $phase',
    verify: (values) => wrongStride(values, bytes),
    touches: (values) => {
      const window = partialWindow(values, bytes);
      const sums = { bytes: sumBytes * values.m * values.n };
      return {
        acc: values.phase === 'clear' ? { ...sums, direction: 'write' } : sums,
        src: imageExtent(window, bytes),
        kernel: kernelExtent(window, bytes),
      };
    },
    execute: (core, values) => runPartial(name, partialWindow(values, bytes), core, values),
    cycles: (throughput, values) => throughput.tensor(rate, macs(values)),
  });
}

function finish<const N extends TensorTypeName>(name: N, opcode: number) {
  const type = tensorTypes[name];
  return instruction(`finish.nram.${name}`, {
    opcode,
    pipe: 'tensor',
    summary: `rounds the ${type.sumName} sums of partial ${type.rate} instructions to halves, as the whole forms do`,
    fields: {
      dst: destination('nram', 'halves'),
      acc: source('nram', `${type.sumName} sums`),
      count: groups('sums'),
      position: number('integer sums are scaled by 2^position, -127..127; 0 for half'),
    },
    syntax: '[$dst], [$acc], $count, $position',
    verify: (values) =>
      name === 'f16' && values.position !== 0 ? `'position' is ${values.position}, expected 0` : wrongPosition(values),
    touches: ({ count }) => ({ dst: { bytes: 2 * count }, acc: { bytes: type.sumBytes * count } }),
    execute({ nram }, { dst, acc, count, position }) {
      const sums = type.scratch('sums', count);
      type.loadSums(nram, acc, sums);
      type.finish(sums, position, nram.halves, dst / 2);
    },
    cycles: (throughput, { count }) => throughput.vector(type.sumBytes * count),
  });
}

/** Matrix products. */
export const product = {
  mlpF16,
  mlpI8: mlpFixed('i8', 0x321),
  mlpI16: mlpFixed('i16', 0x322),
  mlpPartialF16: mlpPartial('f16', 0x324),
  mlpPartialI8: mlpPartial('i8', 0x325),
  mlpPartialI16: mlpPartial('i16', 0x326),
} as const;

/** The ends of partial sums, of conv and mlp alike. */
export const finishing = {
  finishF16: finish('f16', 0x340),
  finishI8: finish('i8', 0x341),
  finishI16: finish('i16', 0x342),
} as const;
