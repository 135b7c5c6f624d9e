/** What each operation of the hardware level does to memory. Leaving one out is a type error. */
import { mlu } from '../../dialects/mlu/index.ts';
import { halfToFloat, floatToHalf, type MemRefType, type OpOf, roundToHalf, type Value } from '../../ir/index.ts';
import { type BinaryName, binaryFunctions, halfTable, type UnaryName } from '../scalar.ts';
import { type CheckedAccess, countOf, type MemoryView, type Unit } from './memory-block.ts';

/** What a meaning may use: the memory behind values, and checked access to it. */
export interface CoreState {
  readonly access: CheckedAccess;
  memory(value: Value): MemoryView;
  index(value: Value): number;
  /** Memory for a value that names some: a buffer or a new block. */
  bind(value: Value, view: MemoryView): void;
  /** The shared memory of a buffer. */
  buffer(symbol: string, type: MemRefType): MemoryView;
  /** New on-chip memory. */
  allocate(value: Value): MemoryView;
}

type Meaning<D> = (op: OpOf<D>, core: CoreState) => void;
type Meanings = { readonly [K in keyof typeof mlu.ops]: Meaning<(typeof mlu.ops)[K]> };

const dram: readonly string[] = ['gdram', 'ldram'];
/** The unit that copies between two memories. */
const copyUnit = (source: MemoryView, target: MemoryView): Unit =>
  dram.includes(source.block.space) || dram.includes(target.block.space) ? 'io' : 'move';

interface Pair { readonly operation: OpOf<typeof mlu.ops.add>['operation']; readonly lhs: Value; readonly rhs: Value; readonly target: Value }
interface Single { readonly operation: Pair['operation']; readonly source: Value; readonly target: Value }

/** Element by element; a shorter right side repeats. */
const pairwise =
  (name: BinaryName) =>
  ({ operation, lhs, rhs, target }: Pair, { access, memory }: CoreState): void => {
    const a = access.read(memory(lhs), 'vector', operation);
    const b = access.read(memory(rhs), 'vector', operation);
    access.write(memory(target), 'vector', a.map((x, i) => roundToHalf(binaryFunctions[name](x, b[i % b.length] as number))), operation);
  };

const mapped =
  (name: UnaryName) =>
  ({ operation, source, target }: Single, { access, memory }: CoreState): void => {
    const table = halfTable(name);
    const x = access.read(memory(source), 'vector', operation);
    access.write(memory(target), 'vector', x.map((value) => halfToFloat(table[floatToHalf(value)] as number)), operation);
  };

const copied =
  ({ operation, source, target }: Single, { access, memory }: CoreState): void =>
    access.write(memory(target), 'vector', access.read(memory(source), 'vector', operation), operation);

/** Folds each row, in order, in single precision. */
const folded =
  (start: number, step: (total: number, x: number) => number) =>
  ({ operation, source, target }: Single, { access, memory }: CoreState): void => {
    const x = access.read(memory(source), 'vector', operation);
    const [rows, length] = memory(source).shape as readonly [number, number];
    const out = Array.from({ length: rows }, (_, row) => {
      let total = start;
      for (let i = 0; i < length; i++) total = step(total, x[row * length + i] as number);
      return total;
    });
    access.write(memory(target), 'vector', out, operation);
  };

type Pool = Single & { readonly kernel: readonly [number, number]; readonly strides: readonly [number, number] };
const pooled =
  (start: number, step: (total: number, x: number) => number, finish: (total: number, taps: number) => number) =>
  ({ operation, source, target, kernel: [kh, kw], strides: [sh, sw] }: Pool, { access, memory }: CoreState): void => {
    const x = access.read(memory(source), 'vector', operation);
    const [, W, C] = memory(source).shape as readonly [number, number, number];
    const [P, Q] = memory(target).shape as readonly [number, number, number];
    const out = new Float64Array(P * Q * C);
    for (let p = 0; p < P; p++)
      for (let q = 0; q < Q; q++)
        for (let c = 0; c < C; c++) {
          let total = start;
          for (let r = 0; r < kh; r++)
            for (let s = 0; s < kw; s++) total = step(total, x[((p * sh + r) * W + q * sw + s) * C + c] as number);
          out[(p * Q + q) * C + c] = finish(total, kh * kw);
        }
    access.write(memory(target), 'vector', out, operation);
  };

const sum = (total: number, x: number): number => Math.fround(total + x);

/** Operations of the hardware level by their TypeScript names. */
export const mluMeanings: Meanings = {
  buffer: () => {},
  getBuffer: ({ buffer, memory: value }, core) => core.bind(value, core.buffer(buffer, value.type as MemRefType)),
  alloc: ({ memory: value }, core) => core.bind(value, core.allocate(value)),
  subview({ source, part, dynamic, offsets, sizes, steps }, core) {
    const { block, offset, strides } = core.memory(source);
    const given = dynamic.map((value) => core.index(value));
    const start = offsets.reduce((at, o, d) => at + (o < 0 ? (given.shift() as number) : o) * (strides[d] as number), offset);
    core.bind(part, { block, offset: start, shape: sizes, strides: strides.map((stride, d) => stride * (steps[d] as number)) });
  },
  reshape({ source, view }, core) {
    const { block, offset } = core.memory(source);
    const { shape } = view.type as MemRefType;
    const strides = shape.map((_, d) => shape.slice(d + 1).reduce((a, b) => a * b, 1));
    core.bind(view, { block, offset, shape, strides });
  },
  windows({ source, part, start, offset, sizes, strides }, core) {
    const { block } = core.memory(source);
    core.bind(part, { block, offset: offset + (start ? core.index(start) : 0), shape: sizes, strides });
  },
  copy({ operation, source, target }, { access, memory }) {
    const [from, to] = [memory(source), memory(target)];
    const unit = copyUnit(from, to);
    access.write(to, unit, access.read(from, unit, operation), operation);
  },
  sync: (_, { access }) => access.drain(),
  // Cores meet at a barrier; whoever runs them ends the epoch.
  barrier: (_, { access }) => access.drain(),
  fill: ({ operation, target, value }, { access, memory }) =>
    access.write(memory(target), 'vector', new Float64Array(countOf(memory(target))).fill(value), operation),
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
  // Memory rounds to its element type, which is all that a conversion does.
  extend: copied,
  truncate: copied,
  rowSum: folded(0, sum),
  rowMax: folded(Number.NEGATIVE_INFINITY, Math.max),
  maxPool: pooled(Number.NEGATIVE_INFINITY, Math.max, (total) => total),
  averagePool: pooled(0, sum, (total, taps) => Math.fround(total / taps)),
  transpose({ operation, source, target }, { access, memory }) {
    const x = access.read(memory(source), 'vector', operation);
    const [rows, columns] = memory(source).shape as readonly [number, number];
    access.write(memory(target), 'vector', x.map((_, i) => x[(i % rows) * columns + Math.floor(i / rows)] as number), operation);
  },
  conv({ operation, source, kernel, target, strides: [sh, sw] }, { access, memory }) {
    const x = access.read(memory(source), 'tensor', operation);
    const w = access.read(memory(kernel), 'tensor', operation);
    const [, W, C] = memory(source).shape as readonly [number, number, number];
    const [K, R, S] = memory(kernel).shape as readonly [number, number, number, number];
    const [P, Q] = memory(target).shape as readonly [number, number, number];
    const out = new Float32Array(P * Q * K);
    for (let p = 0; p < P; p++)
      for (let q = 0; q < Q; q++)
        for (let k = 0; k < K; k++) {
          let total = 0;
          for (let r = 0; r < R; r++)
            for (let s = 0; s < S; s++)
              for (let c = 0; c < C; c++) {
                const product = (x[((p * sh + r) * W + q * sw + s) * C + c] as number) * (w[((k * R + r) * S + s) * C + c] as number);
                total = Math.fround(total + product);
              }
          out[(p * Q + q) * K + k] = total;
        }
    access.write(memory(target), 'tensor', out, operation);
  },
  mlp({ operation, source, kernel, target }, { access, memory }) {
    const x = access.read(memory(source), 'tensor', operation);
    const w = access.read(memory(kernel), 'tensor', operation);
    const [M, C] = memory(source).shape as readonly [number, number];
    const [K] = memory(kernel).shape as readonly [number];
    const out = new Float32Array(M * K);
    for (let m = 0; m < M; m++)
      for (let k = 0; k < K; k++) {
        let total = 0;
        for (let c = 0; c < C; c++) total = Math.fround(total + (x[m * C + c] as number) * (w[k * C + c] as number));
        out[m * K + k] = total;
      }
    access.write(memory(target), 'tensor', out, operation);
  },
};
