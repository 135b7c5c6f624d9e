/** Conversions between half, float and fixed point, where an integer q with a position stands for q · 2^position. */
import { dequantize, quantize, roundings } from '../../ir/fixed-point.ts';
import { floatToHalf, halfValues } from '../../ir/half.ts';
import { choice, destination, groups, number, source } from '../field.ts';
import { instruction } from '../instruction.ts';
import { roundToHalfBits } from '../rounding.ts';

const count = groups('elements');
const rounding = choice('rounding', roundings);
const position = number('exponent of the unit, -127..127');

const positionRange = (values: { readonly position: number }): string | undefined =>
  Math.abs(values.position) <= 127 ? undefined : `'position' is ${values.position}, expected -127..127`;

const widen = instruction('cvt.nram.f32.f16', {
  opcode: 0x220,
  pipe: 'vector',
  summary: 'half to float, exact',
  fields: { dst: destination('nram', 'floats'), src: source('nram', 'halves'), count },
  syntax: '[$dst], [$src], $count',
  touches: (values) => ({ dst: { bytes: 4 * values.count }, src: { bytes: 2 * values.count } }),
  execute({ nram: { halves, singles } }, { dst, src, count }) {
    for (let i = 0; i < count; i++) singles[dst / 4 + i] = halfValues[halves[src / 2 + i] as number] as number;
  },
  cycles: (throughput, values) => throughput.vector(4 * values.count),
});

const narrow = instruction('cvt.nram.f16.f32', {
  opcode: 0x221,
  pipe: 'vector',
  summary: 'float to half',
  fields: { dst: destination('nram', 'halves'), src: source('nram', 'floats'), count, rounding },
  syntax: '[$dst], [$src], $count, $rounding',
  touches: (values) => ({ dst: { bytes: 2 * values.count }, src: { bytes: 4 * values.count } }),
  execute({ nram: { halves, singles } }, { dst, src, count, rounding }) {
    for (let i = 0; i < count; i++) halves[dst / 2 + i] = roundToHalfBits(singles[src / 4 + i] as number, rounding);
  },
  cycles: (throughput, values) => throughput.vector(4 * values.count),
});

/** The integers of `bits` bits in a memory. */
function integers(buffer: ArrayBufferLike, bits: 8 | 16, address: number, count: number): Int8Array | Int16Array {
  return bits === 8 ? new Int8Array(buffer, address, count) : new Int16Array(buffer, address, count);
}

function toFixed<const N extends 8 | 16>(bits: N, opcode: number) {
  const bytes = bits / 8;
  return instruction(`cvt.nram.i${bits}.f16`, {
    opcode,
    pipe: 'vector',
    summary: `half to int${bits}: x / 2^position rounded, saturating; NaN becomes 0`,
    fields: { dst: destination('nram', 'integers'), src: source('nram', 'halves'), count, position, rounding },
    syntax: '[$dst], [$src], $count, $position, $rounding',
    verify: positionRange,
    touches: (values) => ({ dst: { bytes: bytes * values.count }, src: { bytes: 2 * values.count } }),
    execute({ nram }, { dst, src, count, position, rounding }) {
      const to = integers(nram.bytes.buffer, bits, dst, count);
      for (let i = 0; i < count; i++) {
        to[i] = quantize(halfValues[nram.halves[src / 2 + i] as number] as number, position, bits, rounding);
      }
    },
    cycles: (throughput, values) => throughput.vector(2 * values.count),
  });
}

function fromFixed<const N extends 8 | 16>(bits: N, opcode: number) {
  const bytes = bits / 8;
  return instruction(`cvt.nram.f16.i${bits}`, {
    opcode,
    pipe: 'vector',
    summary: `int${bits} to half: q · 2^position, rounded once to nearest even`,
    fields: { dst: destination('nram', 'halves'), src: source('nram', 'integers'), count, position },
    syntax: '[$dst], [$src], $count, $position',
    verify: positionRange,
    touches: (values) => ({ dst: { bytes: 2 * values.count }, src: { bytes: bytes * values.count } }),
    execute({ nram }, { dst, src, count, position }) {
      const from = integers(nram.bytes.buffer, bits, src, count);
      for (let i = 0; i < count; i++) nram.halves[dst / 2 + i] = floatToHalf(dequantize(from[i] as number, position));
    },
    cycles: (throughput, values) => throughput.vector(2 * values.count),
  });
}

/** Conversions. */
export const conversion = {
  widen,
  narrow,
  toInt8: toFixed(8, 0x222),
  toInt16: toFixed(16, 0x223),
  fromInt8: fromFixed(8, 0x224),
  fromInt16: fromFixed(16, 0x225),
} as const;
