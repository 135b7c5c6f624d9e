import { describe, expect, test } from 'vitest';
import { arith } from '../../../dialects/arith/index.ts';
import { builtin } from '../../../dialects/builtin/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { memref } from '../../../dialects/memref/index.ts';
import {
  Context,
  f32,
  index,
  memrefType,
  type Type,
  unknownLocation,
  type Value,
  verify,
  within,
} from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { judge, mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';

const newContext = (): Context => new Context([builtin, func, arith, memref]);
const read = (text: string, generic: boolean): string => {
  const module = parseModule(text, newContext());
  expect(verify(module)).toEqual([]);
  return printOperation(module, { generic });
};

/** Each operation with an attribute of its user where upstream reads one: its place differs from form to form. */
const everyOperation = `
memref.global "private" constant @c : memref<4xi32> = dense<[1, 2, 3, 4]> {alignment = 64, a.mark}
memref.global @d : memref<2xf32, 3> = uninitialized
memref.global @"with space" : memref<2xi1> = dense<[true, false]>
memref.global @e : memref<200xi8> = dense<7>
func.func @f(%n: index, %m: memref<4x?xf32>, %u: memref<*xf32>, %x: f32, %e: memref<2xindex>, %b: memref<2048xi8>, %k: memref<2xi8>, %w: i8) {
  %0 = memref.alloc(%n) {mark} : memref<4x?xf32>
  %1 = memref.alloc(%n)[%n] {alignment = 8 : i64, mark} : memref<4x?xf32, affine_map<(i, j)[s] -> (i + s, j)>, 1>
  %2 = memref.alloca() {mark} : memref<1xf32>
  %3 = memref.alloca_scope -> (f32) {
    memref.alloca_scope.return {mark} %x : f32
  } {mark}
  memref.alloca_scope {
  } {mark}
  memref.alloca_scope {
    memref.alloca_scope.return {mark}
  }
  %4 = memref.assume_alignment %m, 16 {mark} : memref<4x?xf32>
  %5 = memref.atomic_rmw xori %w, %k[%n] {mark} : (i8, memref<2xi8>) -> i8
  %6 = memref.generic_atomic_rmw %m[%n, %n] : memref<4x?xf32> {
  ^bb0(%old: f32):
    memref.atomic_yield %old {mark} : f32
  } {mark}
  %7 = memref.cast %m {mark} : memref<4x?xf32> to memref<*xf32>
  %8 = memref.collapse_shape %m [[0, 1]] {mark} : memref<4x?xf32> into memref<?xf32>
  memref.copy %m, %m {mark} : memref<4x?xf32> to memref<4x?xf32>
  memref.dealloc %0 {mark} : memref<4x?xf32>
  %9 = memref.dim {mark} %m, %n : memref<4x?xf32>
  %10:2 = memref.distinct_objects %m, %e {mark} : memref<4x?xf32>, memref<2xindex>
  memref.dma_start %m[%n, %n], %m[%n, %n], %n, %k[%n], %n, %n : memref<4x?xf32>, memref<4x?xf32>, memref<2xi8>
  memref.dma_wait %k[%n], %n {mark} : memref<2xi8>
  %11 = memref.expand_shape %8 [[0, 1]] output_shape [4, %n] {mark} : memref<?xf32> into memref<4x?xf32>
  %12 = memref.extract_aligned_pointer_as_index %m : memref<4x?xf32> -> index {mark}
  %13:6 = memref.extract_strided_metadata %m : memref<4x?xf32> -> memref<f32>, index, index, index, index, index {mark}
  %14 = memref.get_global @c : memref<4xi32> {mark}
  %15 = memref.load %m[%n, %n] {nontemporal = true, mark} : memref<4x?xf32>
  %16 = memref.memory_space_cast %u {mark} : memref<*xf32> to memref<*xf32, 3>
  memref.prefetch %m[%n, %n], write, locality<2>, instr : memref<4x?xf32>
  %17 = memref.rank %m {mark} : memref<4x?xf32>
  %18 = memref.realloc %2 {mark} : memref<1xf32> to memref<8xf32>
  %19 = memref.reinterpret_cast %u to offset: [%n], sizes: [%n, 10], strides: [%n, 1] {mark} : memref<*xf32> to memref<?x10xf32, strided<[?, 1], offset: ?>>
  %20 = memref.reshape %m(%e) {mark} : (memref<4x?xf32>, memref<2xindex>) -> memref<?x?xf32>
  memref.store %x, %m[%n, %n] {alignment = 16 : i64, mark} : memref<4x?xf32>
  %21 = memref.subview %m[%n, 0] [2, %n] [1, %n] {mark} : memref<4x?xf32> to memref<2x?xf32, strided<[?, ?], offset: ?>>
  %22 = memref.transpose %m (i, j) -> (j, i) {mark} : memref<4x?xf32> to memref<?x4xf32, strided<[1, ?]>>
  %23 = memref.view %b[%n][%n] {mark} : memref<2048xi8> to memref<?x4xf32>
  return
}`;

describe('text', () => {
  test('of every operation is read back as the same, in both forms', () => {
    const pretty = read(everyOperation, false);
    const generic = read(everyOperation, true);
    for (const { opName } of Object.values(memref.ops)) {
      expect(generic).toContain(`"${opName}"`);
      expect(pretty).not.toContain(`"${opName}"`);
    }
    expect(read(pretty, false)).toBe(pretty);
    expect(read(pretty, true)).toBe(generic);
    expect(read(generic, false)).toBe(pretty);
  });

  if (mlirOpt === undefined) mlirOptMissing();
  test.skipIf(mlirOpt === undefined)('means to mlir-opt in both forms what it reads itself', () => {
    const args = ['--mlir-print-op-generic'];
    const expected = judge(args, everyOperation);
    expect(expected.stderr).toBe('');
    for (const generic of [false, true]) expect(judge(args, read(everyOperation, generic))).toEqual(expected);
  });

  test('is generic where the form cannot say, or upstream cannot read, all that an operation has', () => {
    const text = read(
      `"memref.global"() <{initial_value = dense<1> : vector<2xi8>, sym_name = "g", type = memref<2xi8>}> : () -> ()
      func.func @f(%m: memref<8xf32>, %i: index) {
        memref.prefetch %m[%i], read, locality<1>, data {mark} : memref<8xf32>
        memref.dma_start %m[%i], %m[%i], %i, %m[%i] {mark} : memref<8xf32>, memref<8xf32>, memref<8xf32>
        return
      }`,
      false,
    );
    for (const name of ['global', 'prefetch', 'dma_start']) expect(text).toContain(`"memref.${name}"(`);
    expect(read(text, false)).toBe(text);
  });

  test.each([
    ['memref.prefetch %m[%i], see, locality<0>, data : memref<8xf32>', "rw specifier has to be 'read' or 'write'"],
    ['memref.prefetch %m[%i], read, locality<0>, disk : memref<8xf32>', "cache type has to be 'data' or 'instr'"],
    ['memref.dma_start %m[%i], %m[%i], %i, %m[%i], %i : memref<8xf32>', 'expected two stride related operands'],
    ['memref.dma_start %m[%i], %m[%i], %i, %m[%i] : memref<8xf32>', 'found 1 types, expected those of source'],
    ['%0 = memref.atomic_rmw divf %x, %m[%i] : (f32, memref<8xf32>) -> f32', "'divf' is no 'kind'"],
    ['%0 = memref.subview %m[[0] [4] [1] : memref<8xf32> to memref<4xf32>', 'expected SSA value or integer'],
    ['%0 = memref.generic_atomic_rmw %m[%i] : f32 { }', 'has type f32, expected a memref'],
  ])('%s is refused where it goes wrong', (body, message) => {
    const text = `func.func @f(%m: memref<8xf32>, %x: f32, %i: index) {\n${body}\nreturn\n}`;
    expect(() => parseModule(text, newContext())).toThrow(message);
  });
});

describe('builders', () => {
  const typesOf = (build: (m: Value, i: Value) => readonly Value[]): readonly Type[] => {
    const context = newContext();
    const block = context.newBlock();
    const m = block.addArgument(memrefType([4, 5], f32));
    const i = block.addArgument(index);
    return within(context, unknownLocation, () => build(m, i).map((value) => value.type));
  };

  test('know what is read, what is asked, and the parts of a memref', () => {
    expect(typesOf((m, i) => [memref.ops.load({ memref: m, indices: [i, i] }).result])).toEqual([f32]);
    expect(typesOf((m, i) => [memref.ops.dim({ source: m, index: i }).result])).toEqual([index]);
    expect(typesOf((m) => memref.ops.extractStridedMetadata({ source: m }).operation.results)).toEqual([
      memrefType([], f32),
      ...Array.from({ length: 5 }, () => index),
    ]);
    expect(typesOf((m) => memref.ops.distinctObjects({ operands: [m, m] }).results)).toEqual([
      memrefType([4, 5], f32),
      memrefType([4, 5], f32),
    ]);
  });

  test('store attributes as upstream does', () => {
    const context = newContext();
    const block = context.newBlock();
    const [m, i, x] = [memrefType([4], f32), index, f32].map((type) => block.addArgument(type)) as [
      Value,
      Value,
      Value,
    ];
    const { operation } = memref.ops.atomicRmw({ value: x, memref: m, indices: [i], kind: 'mulf' });
    expect(operation.attribute('kind')?.text).toBe('12 : i64');
    const view = memref.ops.subview({
      source: m,
      offsets: [i],
      sizes: [],
      strides: [],
      static_offsets: [-(2n ** 63n)],
      static_sizes: [2n],
      static_strides: [1n],
      types: [memrefType([2], f32)],
    });
    expect(view.operation.attribute('static_offsets')?.text).toBe('array<i64: -9223372036854775808>');
    expect(view.static_offsets).toEqual([-(2n ** 63n)]);
  });
});
