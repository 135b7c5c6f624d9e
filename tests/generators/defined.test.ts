/** What surely has a meaning, as the dialects say it: this is asked of what is drawn and of what is shrunk. */
import { expect, test } from 'vitest';
import { verify } from '../../ir/index.ts';
import { Generations } from '../../tools/check/index.ts';
import { read, runnable, upstream } from './subjects.ts';

const generations = new Generations(upstream);
const isDefined = (body: string): boolean => {
  const text = `func.func @f(%i: i32, %x: index, %c: i1, %d: i1, %f: f32, %t: tensor<4xi32>, %m: memref<4xi32>) {\n${body}\nreturn\n}`;
  const module = read(text, [...upstream, ...Object.values(runnable).flat()]);
  expect(verify(module)).toEqual([]);
  return generations.isDefined(module);
};
const number = (name: string, value: number, type = 'index'): string =>
  `%${name} = arith.constant ${value} : ${type}\n`;
const bounds = (lower: number, upper: number, step: number): string =>
  number('l', lower) + number('u', upper) + number('s', step);

test.each<[string, boolean]>([
  [`${number('k', 3, 'i32')}%r = arith.divsi %i, %k : i32`, true],
  [`${number('k', 0, 'i32')}%r = arith.divsi %i, %k : i32`, false],
  [`${number('k', -1, 'i32')}%r = arith.remsi %i, %k : i32`, false],
  ['%r = arith.divui %i, %i : i32', false],
  [`${number('k', 31, 'i32')}%r = arith.shli %i, %k : i32`, true],
  [`${number('k', 32, 'i32')}%r = arith.shrsi %i, %k : i32`, false],
  ['%r = arith.addi %i, %i overflow<nsw> : i32', false],
  ['%r = arith.addf %f, %f fastmath<nnan> : f32', false],
  ['%r = arith.fptosi %f : f32 to i8', false],
  ['%b = arith.trunci %i : i32 to i8 %g = arith.sitofp %b : i8 to f32 %r = arith.fptosi %g : f32 to i16', true],
  ['cf.assert %c, "may fail"', false],
  ['%k = arith.constant true cf.assert %k, "holds"', true],
  [`${bounds(0, 4, 1)}scf.for %a = %l to %u step %s { }`, true],
  [`${bounds(0, 4, 0)}scf.for %a = %l to %u step %s { }`, false],
  [`${bounds(0, 100_000, 1)}scf.for %a = %l to %u step %s { }`, false],
  [`${bounds(0, 4, 1)}scf.for %a = %l to %x step %s { }`, false],
  [`${bounds(0, 4, 1)}scf.parallel (%a) = (%l) to (%x) step (%s) { }`, false],
  ['scf.while : () -> () { scf.condition(%c) } do { scf.yield }', false],
  [
    `%r:2 = scf.while (%a = %c, %b = %d) : (i1, i1) -> (i1, i1) { scf.condition(%a) %a, %b : i1, i1 }
     do { ^e(%p: i1, %q: i1): %k = arith.constant false scf.yield %q, %k : i1, i1 }`,
    true,
  ],
  [
    `%r:2 = scf.while (%a = %c, %b = %d) : (i1, i1) -> (i1, i1) { scf.condition(%a) %a, %b : i1, i1 }
     do { ^e(%p: i1, %q: i1): %k = arith.constant true scf.yield %q, %k : i1, i1 }`,
    false,
  ],
  [
    `%r:2 = scf.while (%a = %c, %b = %d) : (i1, i1) -> (i1, i1) { scf.condition(%a) %a, %b : i1, i1 }
     do { ^e(%p: i1, %q: i1): %k = arith.constant false scf.yield %p, %k : i1, i1 }`,
    false,
  ],
  ['cf.br ^h(%c : i1) ^h(%a: i1): cf.cond_br %a, ^b, ^e ^b: %k = arith.constant false cf.br ^h(%k : i1) ^e:', true],
  ['cf.br ^h(%c : i1) ^h(%a: i1): cf.cond_br %a, ^b, ^e ^b: cf.br ^h(%a : i1) ^e:', false],
  ['cf.br ^h(%c : i1) ^h(%a: i1): cf.cond_br %a, ^b, ^e ^b: cf.br ^h(%c : i1) ^e:', false],
  [`${number('k', 3)}%r = tensor.extract %t[%k] : tensor<4xi32>`, true],
  [`${number('k', 4)}%r = tensor.extract %t[%k] : tensor<4xi32>`, false],
  ['%r = tensor.extract %t[%x] : tensor<4xi32>', false],
  [`${number('k', 2)}%r = tensor.extract_slice %t[%k] [2] [1] : tensor<4xi32> to tensor<2xi32>`, true],
  [`${number('k', 3)}%r = tensor.extract_slice %t[%k] [2] [1] : tensor<4xi32> to tensor<2xi32>`, false],
  ['%g = tensor.cast %t : tensor<4xi32> to tensor<?xi32>', true],
  ['%e = tensor.empty(%x) : tensor<?xi32> %r = tensor.cast %e : tensor<?xi32> to tensor<4xi32>', false],
  [`${number('k', 0)}%r = memref.load %m[%k] : memref<4xi32>`, true],
  ['memref.store %i, %m[%x] : memref<4xi32>', false],
  ['memref.dealloc %m : memref<4xi32>', false],
  ['%a = memref.alloc() : memref<4xi32> memref.dealloc %a : memref<4xi32>', true],
  [
    `${number('k', 0)}%a = memref.alloc() : memref<4xi32> memref.dealloc %a : memref<4xi32> %r = memref.load %a[%k] : memref<4xi32>`,
    false,
  ],
])('%s: %s', (body, expected) => {
  expect(isDefined(body)).toBe(expected);
});

test('a function that calls itself or a later one may not end', () => {
  const calls = (first: string, second: string): boolean =>
    generations.isDefined(read(`func.func @a() { ${first} return } func.func @b() { ${second} return }`, upstream));
  expect(calls('', 'func.call @a() : () -> ()')).toBe(true);
  expect(calls('', 'func.call @b() : () -> ()')).toBe(false);
  expect(calls('func.call @b() : () -> ()', '')).toBe(false);
});
