/** Which instructions an operation of the hardware level becomes. Leaving one out is a type error. */
import { commonRuns, elementBytes, type mlu, spaces } from '../../dialects/mlu/index.ts';
import {
  bitsOf,
  DiagnosticError,
  errorAt,
  f16,
  type MemRefType,
  type Operation,
  type OpOf,
  storedBytes,
  type Value,
} from '../../ir/index.ts';
import { families, type Instruction } from '../../target-mlu/index.ts';
import { spaceOfValue } from '../mlu-memory.ts';
import { type CoreWriter, countOf, extentsOf } from './core-writer.ts';

type Emit<D> = (op: OpOf<D>, writer: CoreWriter) => void;
type Emitters = { readonly [K in keyof typeof mlu.ops]: Emit<(typeof mlu.ops)[K]> };
const nothing = (): void => {};

const {
  elementwise,
  cycleForms,
  activation,
  fills,
  conversion,
  reduction,
  pooling,
  shape,
  convolution,
  product,
  control,
  copies,
  stridedCopies,
} = families;

interface Binary {
  readonly lhs: Value;
  readonly rhs: Value;
  readonly target: Value;
}
interface Unary {
  readonly source: Value;
  readonly target: Value;
}

const binary =
  (
    row:
      | typeof elementwise.add
      | typeof elementwise.sub
      | typeof elementwise.mul
      | typeof elementwise.max
      | typeof elementwise.min,
  ) =>
  ({ lhs, rhs, target }: Binary, w: CoreWriter): void =>
    w.emit(row as typeof elementwise.add, {
      dst: w.address(target),
      a: w.address(lhs),
      b: w.address(rhs),
      count: countOf(target),
    });

const cycle =
  (row: typeof cycleForms.addCycle | typeof cycleForms.subCycle | typeof cycleForms.mulCycle) =>
  ({ lhs, rhs, target }: Binary, w: CoreWriter): void =>
    w.emit(row as typeof cycleForms.addCycle, {
      dst: w.address(target),
      a: w.address(lhs),
      b: w.address(rhs),
      count: countOf(target),
      period: countOf(rhs),
    });

const unary =
  (row: (typeof activation)[keyof typeof activation]) =>
  ({ source, target }: Unary, w: CoreWriter): void =>
    w.emit(row as typeof activation.relu, { dst: w.address(target), src: w.address(source), count: countOf(target) });

const rows =
  (row: typeof reduction.reduceSumRows | typeof reduction.reduceMaxRows) =>
  ({ source, target }: Unary, w: CoreWriter): void => {
    const [count, length] = extentsOf(source) as [number, number];
    w.emit(row as typeof reduction.reduceSumRows, {
      dst: w.address(target),
      src: w.address(source),
      rows: count,
      length,
    });
  };

type Pool = Unary & { readonly kernel: readonly [number, number]; readonly strides: readonly [number, number] };
const pool =
  (row: typeof pooling.maxpool | typeof pooling.avgpool) =>
  ({ source, target, kernel: [kh, kw], strides: [sy, sx] }: Pool, w: CoreWriter): void => {
    const [h, wide, c] = extentsOf(source) as [number, number, number];
    w.emit(row as typeof pooling.maxpool, {
      dst: w.address(target),
      src: w.address(source),
      c,
      h,
      w: wide,
      kh,
      kw,
      sx,
      sy,
    });
  };

const rowsByName = new Map<string, Instruction>(
  [...Object.values(copies), ...Object.values(stridedCopies)].map((row) => [
    row.mnemonic,
    row as unknown as Instruction,
  ]),
);
const dramSpaces: readonly string[] = ['gdram', 'ldram'];

/** A copy is one run, or runs at equal distances. */
function copy({ source, target }: Unary, w: CoreWriter, operation: Operation): void {
  const runs = commonRuns(source.type as MemRefType, target.type as MemRefType);
  const [from, to] = [spaceOfValue(source), spaceOfValue(target)];
  const verb = dramSpaces.includes(from) && !dramSpaces.includes(to) ? 'ld' : dramSpaces.includes(to) ? 'st' : 'mv';
  const strided = runs !== undefined && runs[0].segments > 1;
  const row = rowsByName.get(`${verb}.async.${strided ? 'stride.' : ''}${to}.${from}`);
  if (!runs || !row)
    throw new DiagnosticError([
      errorAt(
        operation.location,
        `'mlu.copy' op from ${from} to ${to} has no instruction; spaces are ${spaces.join(', ')}`,
      ),
    ]);
  const size = elementBytes(source.type as MemRefType);
  const [src, dst] = runs;
  const ends = { dst: w.address(target), src: w.address(source), bytes: src.length * size };
  if (strided)
    w.emit(row as unknown as typeof stridedCopies.moveStrideNramNram, {
      ...ends,
      dststride: dst.stride * size,
      srcstride: src.stride * size,
      further: src.segments - 1,
    });
  else w.emit(row as unknown as typeof copies.moveNramNram, ends);
}

const isBytes = (memref: Value): boolean => elementBytes(memref.type as MemRefType) === 1;

/** Operations of the hardware level by their TypeScript names. */
export const emitters: Emitters = {
  // Memory is named by addresses; only what touches it is an instruction.
  buffer: nothing,
  getBuffer: nothing,
  alloc: nothing,
  subview: nothing,
  reshape: nothing,
  windows: nothing,
  copy: (op, w) => copy(op, w, op.operation),
  sync: (_, w) => w.emit(control.sync, {}),
  barrier: (_, w) => w.emit(control.barrierGlobal, {}),
  fill: ({ target, value }, w) => {
    const { element } = target.type as MemRefType;
    if (element.kind !== 'float') {
      w.emit(fills.zero, { dst: w.address(target), bytes: countOf(target) * storedBytes(element) });
      return;
    }
    const pattern = Number(bitsOf(value, element) & 0x7fffffffn);
    const signed =
      value < 0 || Object.is(value, -0)
        ? Number(BigInt.asIntN(element === f16 ? 16 : 32, bitsOf(value, element)))
        : pattern;
    const row = element === f16 ? fills.setF16 : fills.setF32;
    w.emit(row as typeof fills.setF16, { dst: w.address(target), pattern: signed, count: countOf(target) });
  },
  add: binary(elementwise.add),
  sub: binary(elementwise.sub),
  mul: binary(elementwise.mul),
  max: binary(elementwise.max),
  min: binary(elementwise.min),
  addCycle: cycle(cycleForms.addCycle),
  subCycle: cycle(cycleForms.subCycle),
  mulCycle: cycle(cycleForms.mulCycle),
  relu: unary(activation.relu),
  sigmoid: unary(activation.sigmoid),
  tanh: unary(activation.tanh),
  exp: unary(activation.exp),
  recip: unary(activation.recip),
  rsqrt: unary(activation.rsqrt),
  sqrt: unary(activation.sqrt),
  abs: unary(activation.abs),
  extend: ({ source, target }, w) =>
    w.emit(conversion.widen, { dst: w.address(target), src: w.address(source), count: countOf(target) }),
  truncate: ({ source, target }, w) =>
    w.emit(conversion.narrow, {
      dst: w.address(target),
      src: w.address(source),
      count: countOf(target),
      rounding: 'nearest',
    }),
  quantize: ({ source, target, position, rounding }, w) =>
    w.emit((isBytes(target) ? conversion.toInt8 : conversion.toInt16) as typeof conversion.toInt8, {
      dst: w.address(target),
      src: w.address(source),
      count: countOf(target),
      position,
      rounding,
    }),
  dequantize: ({ source, target, position }, w) =>
    w.emit((isBytes(source) ? conversion.fromInt8 : conversion.fromInt16) as typeof conversion.fromInt8, {
      dst: w.address(target),
      src: w.address(source),
      count: countOf(target),
      position,
    }),
  rowSum: rows(reduction.reduceSumRows),
  rowMax: rows(reduction.reduceMaxRows),
  maxPool: pool(pooling.maxpool),
  averagePool: pool(pooling.avgpool),
  transpose: ({ source, target }, w) => {
    const [h, width] = extentsOf(source) as [number, number];
    w.emit(shape.transpose, { dst: w.address(target), src: w.address(source), h, w: width });
  },
  conv: ({ source, kernel, target, strides: [sy, sx] }, w) => {
    const [h, width, cin] = extentsOf(source) as [number, number, number];
    const [cout, kh, kw] = extentsOf(kernel) as [number, number, number];
    w.emit(convolution.convF16, {
      dst: w.address(target),
      src: w.address(source),
      kernel: w.address(kernel),
      cin,
      h,
      w: width,
      kh,
      kw,
      sx,
      sy,
      cout,
    });
  },
  mlp: ({ source, kernel, target }, w) => {
    const [m, k] = extentsOf(source) as [number, number];
    const [n] = extentsOf(kernel) as [number];
    w.emit(product.mlpF16, { dst: w.address(target), src: w.address(source), kernel: w.address(kernel), m, k, n });
  },
};
