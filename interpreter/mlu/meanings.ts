/** What each operation of the hardware level does to memory. Leaving one out is a type error. */
import { mlu, rowMajorStrides } from '../../dialects/mlu/index.ts';
import {
  dequantize,
  floatToHalf,
  halfToFloat,
  type IntegerType,
  type MemRefType,
  type Operation,
  quantize,
  roundToHalf,
} from '../../ir/index.ts';
import { widthOf } from '../integer.ts';
import { type BinaryName, binaryFunctions, halfTable, type UnaryName } from '../scalar.ts';
import { type Evaluation, notExecuted, type Semantics, semanticsOver } from '../semantics.ts';
import type { RuntimeValue } from '../value.ts';
import { type CheckedAccess, countOf, type MemoryView, memoryView, type Unit } from './memory-block.ts';

/** What the meanings of one core may use beside the values: checked access, and where memory comes from. */
export interface CoreState {
  readonly access: CheckedAccess;
  /** The shared memory of a buffer. */
  buffer(symbol: string, operation: Operation): MemoryView;
  /** New on-chip memory. */
  allocate(type: MemRefType): MemoryView;
}

const view = (value: RuntimeValue): MemoryView => value as MemoryView;
const dram: readonly string[] = ['gdram', 'ldram'];
/** The unit that copies between two memories. */
const copyUnit = (source: MemoryView, target: MemoryView): Unit =>
  dram.includes(source.block.space) || dram.includes(target.block.space) ? 'io' : 'move';

interface Pair {
  readonly lhs: MemoryView;
  readonly rhs: MemoryView;
  readonly target: MemoryView;
}
interface Single {
  readonly source: MemoryView;
  readonly target: MemoryView;
}
type Pool = Single & { readonly kernel: readonly [number, number]; readonly strides: readonly [number, number] };
const sum = (total: number, x: number): number => Math.fround(total + x);

/** The meanings for one core. */
export function mluSemantics(core: CoreState): Semantics {
  const { access } = core;

  /** Element by element; a shorter right side repeats. */
  const pairwise =
    (name: BinaryName) =>
    ({ lhs, rhs, target }: Pair, _: unknown, { operation }: Evaluation): void => {
      const a = access.read(lhs, 'vector', operation);
      const b = access.read(rhs, 'vector', operation);
      access.write(
        target,
        'vector',
        a.map((x, i) => roundToHalf(binaryFunctions[name](x, b[i % b.length] as number))),
        operation,
      );
    };
  const mapped =
    (name: UnaryName) =>
    ({ source, target }: Single, _: unknown, { operation }: Evaluation): void => {
      const table = halfTable(name);
      const x = access.read(source, 'vector', operation);
      access.write(
        target,
        'vector',
        x.map((value) => halfToFloat(table[floatToHalf(value)] as number)),
        operation,
      );
    };
  // Memory rounds to its element type, which is all that a conversion does.
  const converted = ({ source, target }: Single, _: unknown, { operation }: Evaluation): void =>
    access.write(target, 'vector', access.read(source, 'vector', operation), operation);
  /** Folds each row, in order. */
  const folded =
    (start: number, step: (total: number, x: number) => number) =>
    ({ source, target }: Single, _: unknown, { operation }: Evaluation): void => {
      const x = access.read(source, 'vector', operation);
      const [rows, length] = source.shape as readonly [number, number];
      const out = Array.from({ length: rows }, (_, row) =>
        x.subarray(row * length, (row + 1) * length).reduce(step, start),
      );
      access.write(target, 'vector', out, operation);
    };
  /** Folds each window, in the order (kh, kw). */
  const pooled =
    (start: number, step: (total: number, x: number) => number, finish: (total: number, taps: number) => number) =>
    ({ source, target, kernel: [kh, kw], strides: [sh, sw] }: Pool, _: unknown, { operation }: Evaluation): void => {
      const x = access.read(source, 'vector', operation);
      const [, W, C] = source.shape as readonly [number, number, number];
      const [P, Q] = target.shape as readonly [number, number, number];
      const out = new Float64Array(P * Q * C);
      for (let p = 0; p < P; p++)
        for (let q = 0; q < Q; q++)
          for (let c = 0; c < C; c++) {
            let total = start;
            for (let r = 0; r < kh; r++)
              for (let s = 0; s < kw; s++) total = step(total, x[((p * sh + r) * W + q * sw + s) * C + c] as number);
            out[(p * Q + q) * C + c] = finish(total, kh * kw);
          }
      access.write(target, 'vector', out, operation);
    };

  return semanticsOver<MemoryView>()(mlu, {
    buffer: notExecuted,
    getBuffer: ({ buffer }, _, { operation }) => core.buffer(buffer, operation),
    alloc: (_args, _, { types }) => core.allocate(types[0] as MemRefType),
    subview({ source, dynamic, offsets, sizes, steps }) {
      const { block, offset, strides } = view(source);
      const given = dynamic.map(Number);
      const start = offsets.reduce(
        (at, o, d) => at + (o < 0 ? (given.shift() as number) : o) * (strides[d] as number),
        offset,
      );
      return memoryView(
        block,
        start,
        sizes,
        strides.map((stride, d) => stride * (steps[d] as number)),
      );
    },
    reshape({ source }, _, { types }) {
      const { shape } = types[0] as MemRefType;
      return memoryView(view(source).block, view(source).offset, shape, rowMajorStrides(shape));
    },
    windows: ({ source, start, offset, sizes, strides }) =>
      memoryView(view(source).block, view(source).offset + offset + Number(start ?? 0), sizes, strides),
    copy({ source, target }, _, { operation }) {
      const unit = copyUnit(view(source), view(target));
      access.write(view(target), unit, access.read(view(source), unit, operation), operation);
    },
    sync: () => access.drain(),
    // The cores meet here; whoever runs them ends the epoch.
    barrier: () => access.drain(),
    fill: ({ target, value }, _, { operation }) =>
      access.write(target, 'vector', new Float64Array(countOf(target)).fill(value), operation),
    add: pairwise('add'),
    sub: pairwise('sub'),
    mul: pairwise('mul'),
    max: pairwise('max'),
    min: pairwise('min'),
    addCycle: pairwise('add'),
    subCycle: pairwise('sub'),
    mulCycle: pairwise('mul'),
    relu: mapped('relu'),
    sigmoid: mapped('sigmoid'),
    tanh: mapped('tanh'),
    exp: mapped('exp'),
    recip: mapped('recip'),
    rsqrt: mapped('rsqrt'),
    sqrt: mapped('sqrt'),
    abs: mapped('abs'),
    extend: converted,
    truncate: converted,
    quantize({ source, target, position, rounding }, { Q }, { operation }) {
      const bits = widthOf(Q as IntegerType);
      const x = Float64Array.from(access.read(source, 'vector', operation));
      const q = x.map((value) => quantize(value, position, bits, rounding));
      access.write(target, 'vector', q, operation);
    },
    dequantize({ source, target, position }, _, { operation }) {
      const q = Float64Array.from(access.read(source, 'vector', operation));
      const x = q.map((value) => dequantize(value, position));
      access.write(target, 'vector', x, operation);
    },
    rowSum: folded(0, sum),
    rowMax: folded(Number.NEGATIVE_INFINITY, (most, x) => Math.max(most, x)),
    maxPool: pooled(Number.NEGATIVE_INFINITY, Math.max, (total) => total),
    averagePool: pooled(0, sum, (total, taps) => Math.fround(total / taps)),
    transpose({ source, target }, _, { operation }) {
      const x = access.read(source, 'vector', operation);
      const [rows, columns] = source.shape as readonly [number, number];
      access.write(
        target,
        'vector',
        x.map((_, i) => x[(i % rows) * columns + Math.floor(i / rows)] as number),
        operation,
      );
    },
    conv({ source, kernel, target, strides: [sh, sw] }, { P, Q, K, R, S, C, W }, { operation }) {
      const x = access.read(source, 'tensor', operation);
      const w = access.read(kernel, 'tensor', operation);
      const out = new Float32Array(P * Q * K);
      for (let p = 0; p < P; p++)
        for (let q = 0; q < Q; q++)
          for (let k = 0; k < K; k++) {
            let total = 0;
            for (let r = 0; r < R; r++)
              for (let s = 0; s < S; s++)
                for (let c = 0; c < C; c++) {
                  const pixel = x[((p * sh + r) * W + q * sw + s) * C + c] as number;
                  total = Math.fround(total + pixel * (w[((k * R + r) * S + s) * C + c] as number));
                }
            out[(p * Q + q) * K + k] = total;
          }
      access.write(target, 'tensor', out, operation);
    },
    mlp({ source, kernel, target }, { M, K, C }, { operation }) {
      const x = access.read(source, 'tensor', operation);
      const w = access.read(kernel, 'tensor', operation);
      const out = new Float32Array(M * K);
      for (let m = 0; m < M; m++)
        for (let k = 0; k < K; k++) {
          let total = 0;
          for (let c = 0; c < C; c++) total = Math.fround(total + (x[m * C + c] as number) * (w[k * C + c] as number));
          out[m * K + k] = total;
        }
      access.write(target, 'tensor', out, operation);
    },
  });
}
