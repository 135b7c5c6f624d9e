/**
 * Convolution. Sums run over (kh, kw, cin) from +0; half data is summed in single
 * precision and rounded once, integers are summed exactly, scaled by 2^position, rounded once and saturated.
 * The partial forms carry the sums in neuron memory, so that a long sum can be split without changing a bit.
 */
import { accumulator, choice, destination, type FieldValues, groups, number, size, source, stride } from '../field.ts';
import { instruction } from '../instruction.ts';
import { type Window, windowOutput } from '../kernel/contraction.ts';
import { type TensorTypeName, tensorTypes } from '../kernel/tensor-type.ts';
import { imageExtent, kernelExtent, runPartial, runWhole } from '../kernel/window.ts';

const windowFields = {
  cin: groups('input channels'),
  h: size('rows of the image'),
  w: size('columns of the image'),
  kh: size('rows of the kernel'),
  kw: size('columns of the kernel'),
  sx: size('columns from one window to the next'),
  sy: size('rows from one window to the next'),
  cout: groups('output channels'),
};
const position = number('the sum is scaled by 2^position, -127..127');
type WindowValues = FieldValues<typeof windowFields>;

/** Image and kernel without gaps. */
const denseWindow = (values: WindowValues): Window => ({
  ...values,
  rowStride: values.w * values.cin,
  pixelStride: values.cin,
  kernelStride: values.kh * values.kw * values.cin,
});

const wrongWindow = ({ h, w, kh, kw }: WindowValues): string | undefined =>
  kh > h || kw > w ? `the kernel ${kh} x ${kw} is larger than the image ${h} x ${w}` : undefined;

const wrongPosition = (values: { readonly position: number }): string | undefined =>
  Math.abs(values.position) <= 127 ? undefined : `'position' is ${values.position}, expected -127..127`;

const outputs = (values: WindowValues): number => {
  const [oh, ow] = windowOutput(values);
  return oh * ow * values.cout;
};

const macs = (values: WindowValues): number => outputs(values) * values.kh * values.kw * values.cin;

const convFields = {
  dst: destination('nram', 'result [oh, ow, cout], halves'),
  src: source('nram', 'image [h, w, cin]'),
  kernel: source('wram', 'weights [cout, kh, kw, cin]'),
  ...windowFields,
};

function convTouches(bytes: number, values: WindowValues) {
  const window = denseWindow(values);
  return {
    dst: { bytes: 2 * outputs(values) },
    src: imageExtent(window, bytes),
    kernel: kernelExtent(window, bytes),
  };
}

const convF16 = instruction('conv.nram.f16', {
  opcode: 0x300,
  pipe: 'tensor',
  summary: 'convolution of halves, no padding',
  fields: convFields,
  syntax: '[$dst], [$src], [$kernel], $cin, $h, $w, $kh, $kw, $sx, $sy, $cout',
  verify: (values) => wrongWindow(values),
  touches: (values) => convTouches(2, values),
  execute: (core, values) => runWhole('f16', denseWindow(values), core, { ...values, position: 0 }),
  cycles: (throughput, values) => throughput.tensor('half', macs(values)),
});

function convFixed<const N extends 'i8' | 'i16'>(name: N, opcode: number) {
  const { bytes, rate } = tensorTypes[name];
  return instruction(`conv.nram.${name}`, {
    opcode,
    pipe: 'tensor',
    summary: `convolution of ${rate} data to half, no padding`,
    fields: { ...convFields, position },
    syntax: '[$dst], [$src], [$kernel], $cin, $h, $w, $kh, $kw, $sx, $sy, $cout, $position',
    verify: (values) => wrongWindow(values) ?? wrongPosition(values),
    touches: (values) => convTouches(bytes, values),
    execute: (core, values) => runWhole(name, denseWindow(values), core, values),
    cycles: (throughput, values) => throughput.tensor(rate, macs(values)),
  });
}

const partialFields = {
  acc: accumulator('nram', 'sums [oh, ow, cout]'),
  src: source('nram', 'image [h, w, cin], possibly with gaps'),
  kernel: source('wram', 'weights [cout, kh, kw, cin], with gaps between the output channels'),
  ...windowFields,
  rowstride: stride('bytes from one row of the image to the next'),
  pixelstride: stride('bytes from one pixel of the image to the next'),
  kernelstride: stride('bytes from one output channel of the weights to the next'),
  phase: choice('sums start at zero, or at what acc holds', ['clear', 'accumulate']),
};
type PartialValues = FieldValues<typeof partialFields>;

function partialWindow(values: PartialValues, bytes: number): Window {
  const { rowstride, pixelstride, kernelstride } = values;
  return {
    ...values,
    rowStride: rowstride / bytes,
    pixelStride: pixelstride / bytes,
    kernelStride: kernelstride / bytes,
  };
}

function wrongStride(values: PartialValues, bytes: number): string | undefined {
  const { cin, w, kh, kw, rowstride, pixelstride, kernelstride } = values;
  const least = { pixelstride: bytes * cin, rowstride: pixelstride * w, kernelstride: bytes * kh * kw * cin };
  for (const [name, found] of Object.entries({ pixelstride, rowstride, kernelstride })) {
    const wanted = least[name as keyof typeof least];
    if (found < wanted || found % bytes !== 0)
      return `'${name}' is ${found}, expected at least ${wanted} and whole elements`;
  }
  return undefined;
}

const partialSyntax =
  '[$acc], [$src], [$kernel], $cin, $h, $w, $kh, $kw, $sx, $sy, $cout, $rowstride, $pixelstride, $kernelstride, $phase';

function convPartial<const N extends TensorTypeName>(name: N, opcode: number) {
  const { bytes, rate, sumBytes, sumName } = tensorTypes[name];
  return instruction(`conv.partial.nram.${name}`, {
    opcode,
    pipe: 'tensor',
    summary: `adds a convolution of ${rate} data to ${sumName} sums`,
    fields: partialFields,
    syntax: partialSyntax,
    verify: (values) => wrongWindow(values) ?? wrongStride(values, bytes),
    touches: (values) => {
      const window = partialWindow(values, bytes);
      const sums = { bytes: sumBytes * outputs(values) };
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

/** Convolutions. */
export const convolution = {
  convF16,
  convI8: convFixed('i8', 0x301),
  convI16: convFixed('i16', 0x302),
  convPartialF16: convPartial('f16', 0x304),
  convPartialI8: convPartial('i8', 0x305),
  convPartialI16: convPartial('i16', 0x306),
} as const;
