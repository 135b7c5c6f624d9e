import { describe, expect, test } from 'vitest';
import { arith } from '../../../dialects/arith/index.ts';
import { builtin } from '../../../dialects/builtin/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { scf } from '../../../dialects/scf/index.ts';
import { tensor } from '../../../dialects/tensor/index.ts';
import {
  Context,
  DiagnosticError,
  f32,
  index,
  tensorType,
  unknownLocation,
  verify,
  within,
} from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { judge, mlirOpt, mlirOptMissing, separator } from '../../mlir-opt.ts';

const newContext = (): Context => new Context([builtin, func, arith, scf, tensor], { allowUnregistered: true });
const read = (text: string, generic: boolean): string => {
  const module = parseModule(text, newContext());
  expect(verify(module)).toEqual([]);
  return printOperation(module, { generic });
};

const everyOperation = `module {
  func.func @all(%t: tensor<4x?xf32>, %u: tensor<*xf32>, %i: index, %s: f32, %h: tensor<2xindex>, %b: tensor<4xi32>,
                 %n: index, %y: tensor<3x4x5xf32>, %x: tensor<1x2xi32>) {
    %0 = tensor.bitcast %b : tensor<4xi32> to tensor<4xf32>
    %1 = tensor.cast %t : tensor<4x?xf32> to tensor<?x5xf32>
    %2 = tensor.collapse_shape %y [[0, 1], [2]] {mark} : tensor<3x4x5xf32> into tensor<12x5xf32>
    %3 = tensor.concat dim(1) %t, %t {mark} : (tensor<4x?xf32>, tensor<4x?xf32>) -> tensor<4x?xf32>
    %4 = tensor.dim {mark} %t, %i : tensor<4x?xf32>
    %5 = tensor.empty(%i, %n) {mark} : tensor<?x?xf32>
    %6 = tensor.empty() : tensor<4xf32, "encoded">
    %7 = tensor.expand_shape %t [[0, 1], [2, 3]] output_shape [2, 2, %i, 4] {mark} : tensor<4x?xf32> into tensor<2x2x?x4xf32>
    %8 = tensor.extract %t[%i, %n] {mark} : tensor<4x?xf32>
    %9 = tensor.extract_slice %t[%i, 0] [%n, 4] [1, %4] {mark} : tensor<4x?xf32> to tensor<?x4xf32>
    %10 = tensor.from_elements %s, %s {mark} : tensor<2xf32>
    %11 = tensor.from_elements : tensor<0xf32>
    %12 = tensor.gather %y[%x] gather_dims([0, 1]) {mark} : (tensor<3x4x5xf32>, tensor<1x2xi32>) -> tensor<1x1x1x5xf32>
    %13 = tensor.gather %y[%x] gather_dims([0, 1]) unique : (tensor<3x4x5xf32>, tensor<1x2xi32>) -> tensor<1x5xf32>
    %14 = tensor.generate %n, %i {
    ^bb0(%j: index, %k: index):
      tensor.yield %s : f32
    } {mark} : tensor<?x?xf32>
    %15 = tensor.insert %s into %t[%n, %i] {mark} : tensor<4x?xf32>
    %16 = tensor.insert_slice %9 into %t[%i, 0] [%n, 4] [1, 1] {mark} : tensor<?x4xf32> into tensor<4x?xf32>
    %17 = tensor.pad %t low[%i, 2] high[1, %n] {
    ^bb0(%j: index, %k: index):
      tensor.yield %s : f32
    } {mark} : tensor<4x?xf32> to tensor<?x?xf32>
    %18 = tensor.pad %b nofold low[1] high[3] {
    ^bb0(%j: index):
      %c = arith.constant 7 : i32
      tensor.yield %c : i32
    } : tensor<4xi32> to tensor<8xi32>
    %19 = tensor.rank %u {mark} : tensor<*xf32>
    %20 = tensor.reshape %u(%h) {mark} : (tensor<*xf32>, tensor<2xindex>) -> tensor<?x?xf32>
    %21 = tensor.scatter %13 into %y[%x] scatter_dims([0, 1]) unique {mark} : (tensor<1x5xf32>, tensor<3x4x5xf32>, tensor<1x2xi32>) -> tensor<3x4x5xf32>
    %22 = tensor.splat %s {mark} : tensor<4xf32>
    %23 = tensor.splat %s[%n, %i] {mark} : tensor<?x?xf32>
    return
  }
}`;
const inParallel = `module {
  func.func @parallel(%a: tensor<2x4xf32>, %t: tensor<4x8xf32>) -> tensor<4x8xf32> {
    %0 = "scf.forall"(%t) <{operandSegmentSizes = array<i32: 0, 0, 0, 1>, staticLowerBound = array<i64: 0>,
                            staticStep = array<i64: 1>, staticUpperBound = array<i64: 4>}> ({
    ^bb0(%i: index, %o: tensor<4x8xf32>):
      "scf.forall.in_parallel"() ({
        tensor.parallel_insert_slice %a into %o[0, %i] [2, 4] [1, 1] {mark} : tensor<2x4xf32> into tensor<4x8xf32>
      }) : () -> ()
    }) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }
}`;

/** The lines with operations of the dialect; values are numbered in the order in which they are named. */
function lines(text: string): readonly string[] {
  const names = new Map<string, string>();
  const numbered = text.replaceAll(/%\w+/g, (name) => {
    const known = names.get(name) ?? `%${names.size}`;
    names.set(name, known);
    return known;
  });
  return numbered
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(%\d+ = )?"?tensor\./.test(line));
}

describe('text', () => {
  test.each([
    ['every operation', everyOperation],
    ['in a parallel loop', inParallel],
  ])('%s is printed as it was written', (_, text) => {
    expect(lines(read(text, false))).toEqual(lines(text));
  });

  test('the generic form holds upstream properties', () => {
    const generic = read(everyOperation, true);
    expect(generic).toContain(
      '"tensor.extract_slice"(%arg0, %arg2, %arg6, %4) <{operandSegmentSizes = array<i32: 1, 1, 1, 1>, ' +
        'static_offsets = array<i64: -9223372036854775808, 0>, static_sizes = array<i64: -9223372036854775808, 4>, ' +
        'static_strides = array<i64: 1, -9223372036854775808>}> {mark}',
    );
    expect(read(generic, true)).toBe(generic);
  });

  test.each([
    ['%0 = tensor.extract_slice %t[0] [x] [1] : tensor<4xf32> to tensor<4xf32>', /expected SSA value or integer/],
    ['%0 = tensor.pad %t high[1] { } : tensor<4xf32> to tensor<5xf32>', /found 'high', expected 'low'/],
    ['%0 = tensor.expand_shape %t [0] output_shape [4] : tensor<4xf32> into tensor<4xf32>', /found '0', expected '\['/],
  ])('%s is not read', (line, message) => {
    expect(() => parseModule(`func.func @f(%t: tensor<4xf32>) {\n${line}\nreturn\n}`, newContext())).toThrow(message);
  });
});

test('builders infer the types that follow', () => {
  const context = newContext();
  within(context, unknownLocation, () => {
    const type = tensorType([4, 8], f32);
    const whole = tensor.ops.empty({ dynamicSizes: [], types: [type] });
    const at = tensor.ops.rank({ tensor: whole });
    const one = tensor.ops.extract({ tensor: whole, indices: [at, at] });
    const set = tensor.ops.insert({ scalar: one, dest: whole, indices: [at, at] });
    expect([at.result.type, one.result.type, set.result.type]).toEqual([index, f32, type]);
  });
});

const wrapped = (line: string): string =>
  [
    'func.func @f(%t: tensor<4xf32>, %u: tensor<8xf32>, %i: index, %s: f32, %k: i32, %z: tensor<f32>,',
    '%w: tensor<*xf32>, %d: tensor<?x?xf32>, %y: tensor<2x3x20xf32>, %q: tensor<2x3x21xf32>, %a: tensor<1xi32>,',
    '%e: tensor<?xi32>, %g: tensor<1x2xindex>, %h: tensor<index>) {',
    line,
    'return',
    '}',
  ].join('\n');
const body = (places: string, yielded: string): string => `{\n^bb0(${places}):\n  tensor.yield ${yielded}\n}`;
const one = body('%a0: index', '%s : f32');
const slice = (line: string): string => `%0 = tensor.extract_slice %t${line}`;
const gather = (dims: string, indices = '%g', type = 'tensor<1x2xindex>'): string =>
  `%0 = tensor.gather %y[${indices}] gather_dims([${dims}]) : (tensor<2x3x20xf32>, ${type}) -> tensor<1x2xf32>`;
const scatter = (rest: string): string =>
  `%0 = tensor.scatter %t into %y[%g] scatter_dims(${rest} : ` +
  '(tensor<4xf32>, tensor<2x3x20xf32>, tensor<1x2xindex>) -> tensor<2x3x20xf32>';
const expand = (line: string): string => `%0 = tensor.expand_shape ${line}`;
const collapse = (line: string): string => `%0 = tensor.collapse_shape ${line}`;
const numbers = 'static_sizes = array<i64: 4>, static_strides = array<i64: 1>';

/** Programs that both verifiers refuse, and what both say. */
const refused: readonly (readonly [string, string])[] = [
  ['%0 = tensor.dim %z, %i : tensor<f32>', "must be non-0-ranked or unranked tensor, but got 'tensor<f32>'"],
  ['%0 = "tensor.dim"(%t, %k) : (tensor<4xf32>, i32) -> index', "must be index, but got 'i32'"],
  ['%0 = "tensor.rank"(%s) : (f32) -> index', "must be tensor of any type values, but got 'f32'"],
  [
    '%0 = tensor.cast %t : tensor<4xf32> to tensor<2xf32>',
    "operand type 'tensor<4xf32>' and result type 'tensor<2xf32>' are cast incompatible",
  ],
  ['%0 = tensor.cast %t : tensor<4xf32> to tensor<?xi32>', 'are cast incompatible'],
  ['%0 = tensor.bitcast %t : tensor<4xf32> to tensor<4xi64>', 'are cast incompatible'],
  ['%0 = tensor.bitcast %t : tensor<4xf32> to tensor<5xi32>', 'are cast incompatible'],
  [
    '%0 = tensor.bitcast %t : tensor<4xf32> to tensor<4xindex>',
    'must be tensor of signless integer or unsigned integer or signed integer or floating-point values, ' +
      "but got 'tensor<4xindex>'",
  ],
  [
    '%0 = "tensor.extract"(%t, %i) : (tensor<4xf32>, index) -> i32',
    'failed to verify that result type matches element type of tensor',
  ],
  ['%0 = tensor.extract %t[] : tensor<4xf32>', 'incorrect number of indices for extract_element'],
  ['%0 = tensor.extract %w[%i] : tensor<*xf32>', "tensor<*xf32>'"],
  ['%0 = tensor.insert %s into %t[] : tensor<4xf32>', 'incorrect number of indices'],
  [
    '%0 = "tensor.insert"(%k, %t, %i) : (i32, tensor<4xf32>, index) -> tensor<4xf32>',
    'failed to verify that scalar type matches element type of dest',
  ],
  [
    '%0 = "tensor.insert"(%s, %t, %i) : (f32, tensor<4xf32>, index) -> tensor<5xf32>',
    'failed to verify that result type matches type of dest',
  ],
  [
    '%0 = "tensor.from_elements"(%s) : (f32) -> tensor<2xf32>',
    'failed to verify that operand types match result element type',
  ],
  [
    '%0 = "tensor.from_elements"(%k) : (i32) -> tensor<1xf32>',
    'failed to verify that operand types match result element type',
  ],
  ['%0 = "tensor.from_elements"(%s) : (f32) -> tensor<?xf32>', 'must be statically shaped tensor of any type values'],
  ['%0 = tensor.splat %s[%i] : tensor<?x8x?xf32>', 'incorrect number of dynamic sizes, has 1, expected 2'],
  [
    '%0 = "tensor.splat"(%k) : (i32) -> tensor<8xf32>',
    'failed to verify that operand type matches element type of result',
  ],
  ['%0 = tensor.empty(%i) : tensor<2x?x?x5xf32>', 'incorrect number of dynamic sizes, has 1, expected 2'],
  [`%0 = tensor.generate %i ${one} : tensor<?x?xf32>`, 'incorrect number of dynamic sizes, has 1, expected 2'],
  [`%0 = tensor.generate %i ${one} : tensor<?x3xf32>`, 'must have one body argument per input dimension'],
  [`%0 = tensor.generate %i ${body('%b: i32', '%s : f32')} : tensor<?xf32>`, 'all body arguments must be index'],
  [
    `%0 = tensor.generate %i ${body('%b: index', '%k : i32')} : tensor<?xf32>`,
    'body must be terminated with a `yield` operation of the tensor element type',
  ],
  [
    '"scf.execute_region"() ({\n"tensor.yield"(%s) : (f32) -> ()\n}) : () -> ()',
    "expects parent op to be one of 'tensor.generate, tensor.pad'",
  ],
  [
    `%0 = tensor.pad %t low[1] high[1] ${one} : tensor<4xf32> to tensor<5xf32>`,
    "specified type 'tensor<5xf32>' does not match the inferred type 'tensor<6xf32>'",
  ],
  [
    `%0 = tensor.pad %t low[1] high[1] ${one} : tensor<4xf32> to tensor<?xf32>`,
    "specified type 'tensor<?xf32>' does not match the inferred type 'tensor<6xf32>'",
  ],
  [
    `%0 = tensor.pad %t low[-9] high[1] ${one} : tensor<4xf32> to tensor<6xf32>`,
    "does not match the inferred type 'tensor<-4xf32>'",
  ],
  [
    `%0 = tensor.pad %t low[1, 2] high[1] ${one} : tensor<4xf32> to tensor<6xf32>`,
    "failed to infer expectedType from sourceType 'tensor<4xf32>', specified resultType is 'tensor<6xf32>'",
  ],
  [
    `%0 = tensor.pad %t low[1] high[1] ${body('%a0: index, %b0: index', '%s : f32')} : tensor<4xf32> to tensor<6xf32>`,
    'expected the block to have 1 arguments',
  ],
  [
    `%0 = tensor.pad %t low[1] high[1] ${body('%a0: i32', '%s : f32')} : tensor<4xf32> to tensor<6xf32>`,
    'expected block argument 1 to be an index',
  ],
  [
    `%0 = tensor.pad %t low[1] high[1] ${body('%a0: index', '%k : i32')} : tensor<4xf32> to tensor<6xf32>`,
    'expected yield type to match shape element type',
  ],
  [
    '%0 = "tensor.pad"(%t) <{operandSegmentSizes = array<i32: 1, 0, 0>, static_low = array<i64: 1>, ' +
      'static_high = array<i64: 1>}> ({ }) : (tensor<4xf32>) -> tensor<6xf32>',
    "region #0 ('region') failed to verify constraint: region with 1 blocks",
  ],
  [slice('[0] [4] [1] : tensor<4xf32> to tensor<?x?xf32>'), 'expected rank to be smaller or equal to the other rank.'],
  [slice('[0] [4] [1] : tensor<4xf32> to tensor<4xi8>'), "expected element type to be 'f32'"],
  [
    slice('[0] [4] [1] : tensor<4xf32> to tensor<6xf32>'),
    "expected type to be 'tensor<4xf32>' or a rank-reduced version. (size mismatch)",
  ],
  [slice('[0] [%i] [1] : tensor<4xf32> to tensor<4xf32>'), "expected type to be 'tensor<?xf32>'"],
  [
    slice('[0, 0] [4] [1] : tensor<4xf32> to tensor<4xf32>'),
    'expected mixed offsets rank to match mixed sizes rank (2 vs 1) so the rank of the result type is well-formed.',
  ],
  [
    slice('[0] [4] [1, 2] : tensor<4xf32> to tensor<4xf32>'),
    'expected mixed sizes rank to match mixed strides rank (1 vs 2) so the rank of the result type is well-formed.',
  ],
  [slice('[0, 0] [1, 1] [1, 1] : tensor<4xf32> to tensor<1x1xf32>'), 'expected 1 offset values, got 2'],
  [slice('[4] [1] [1] : tensor<4xf32> to tensor<1xf32>'), 'offset 0 is out-of-bounds: 4 >= 4'],
  [slice('[0] [3] [2] : tensor<4xf32> to tensor<3xf32>'), 'slice along dimension 0 runs out-of-bounds: 4 >= 4'],
  [slice('[-1] [2] [1] : tensor<4xf32> to tensor<2xf32>'), 'expected offsets to be non-negative, but got -1'],
  [slice('[0] [-2] [1] : tensor<4xf32> to tensor<2xf32>'), 'expected sizes to be non-negative, but got -2'],
  [
    '%0 = "tensor.extract_slice"(%t) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, ' +
      `static_offsets = array<i64: -9223372036854775808>, ${numbers}}> : (tensor<4xf32>) -> tensor<4xf32>`,
    "expected the number of 'offsets' to match the number of dynamic entries in 'static_offsets' (0 vs 1)",
  ],
  [
    '%0 = tensor.insert_slice %u into %t[0] [4] [1] : tensor<8xf32> into tensor<4xf32>',
    "expected type to be 'tensor<4xf32>' or a rank-reduced version. (size mismatch)",
  ],
  [
    '%0 = tensor.insert_slice %t into %u[5] [4] [1] : tensor<4xf32> into tensor<8xf32>',
    'slice along dimension 0 runs out-of-bounds: 8 >= 8',
  ],
  [
    '%0 = "tensor.insert_slice"(%t, %u) <{operandSegmentSizes = array<i32: 1, 1, 0, 0, 0>, ' +
      `static_offsets = array<i64: 0>, ${numbers}}> : (tensor<4xf32>, tensor<8xf32>) -> tensor<9xf32>`,
    'failed to verify that expected result type to match dest type',
  ],
  [
    'tensor.parallel_insert_slice %t into %u[0] [4] [1] : tensor<4xf32> into tensor<8xf32>',
    'expected InParallelOpInterface parent, got:',
  ],
  [
    expand('%y [[0], [1], [2, 3]] output_shape [2, 3, 2, 4] : tensor<2x3x20xf32> into tensor<2x3x2x4xf32>'),
    'expected dimension 2 of collapsed type to be static value of 8',
  ],
  [
    expand('%y [[0], [1], [2, 3]] output_shape [2, 3, %i, 4] : tensor<2x3x20xf32> into tensor<2x3x?x4xf32>'),
    'expected dimension 2 of collapsed type to be dynamic since one or more of the corresponding dimensions in the ' +
      'expanded type is dynamic',
  ],
  [
    expand('%d [[0], [1, 2]] output_shape [%i, 5] : tensor<?x?xf32> into tensor<?x?x5xf32>'),
    'expected number of static shape dims to be equal to the output rank (3) but found 2 inputs instead',
  ],
  [
    '%0 = "tensor.expand_shape"(%d) <{reassociation = [[0], [1]], static_output_shape = array<i64: 2, ' +
      '-9223372036854775808>}> : (tensor<?x?xf32>) -> tensor<?x?xf32>',
    'mismatch in dynamic dims in output_shape and static_output_shape: static_output_shape has 1 dynamic dims while ' +
      'output_shape has 0 values',
  ],
  [
    expand('%d [[0], [2]] output_shape [%i, %i, 5] : tensor<?x?xf32> into tensor<?x?x5xf32>'),
    'expected reassociation map #1 to be valid and contiguous.',
  ],
  [
    expand('%d [[0, 1, 2]] output_shape [%i, %i, 5] : tensor<?x?xf32> into tensor<?x?x5xf32>'),
    'expected collapsed rank (2) to equal the number of reassociation maps (1).',
  ],
  [
    expand('%d [[0]] output_shape [%i] : tensor<?x?xf32> into tensor<?xf32>'),
    "expected the expanded type, 'tensor<?xf32>' to have a higher (or same) rank than the collapsed type, " +
      "'tensor<?x?xf32>'.",
  ],
  [
    expand('%t [[0, 1]] output_shape [2, 2] : tensor<4xf32> into tensor<2x2xi32>'),
    "expected collapsed type to be 'tensor<4xi32>', but got 'tensor<4xf32>'",
  ],
  [
    collapse('%y [[0], [1, 2]] : tensor<2x3x20xf32> into tensor<2x?xf32>'),
    'expected dimension 1 of collapsed type to be static value of 60',
  ],
  [collapse('%y [[0], [], [1, 2]] : tensor<2x3x20xf32> into tensor<2x1x60xf32>'), 'indices must not be empty'],
  [
    collapse('%y [[0], [1]] : tensor<2x3x20xf32> into tensor<2x60xf32>'),
    'expected reassociation map #0 to have size equal to the expanded rank (3), but it is  2.',
  ],
  [
    collapse('%y [[0], [2, 1]] : tensor<2x3x20xf32> into tensor<2x60xf32>'),
    'expected reassociation map #1 to be valid and contiguous.',
  ],
  [
    '%0 = "tensor.collapse_shape"(%t) <{reassociation = [0]}> : (tensor<4xf32>) -> tensor<4xf32>',
    "attribute 'reassociation'",
  ],
  ['%0 = tensor.concat dim(0) : () -> tensor<1x2x3xf32>', 'requires at least one input'],
  [
    '%0 = tensor.concat dim(0) %t, %d : (tensor<4xf32>, tensor<?x?xf32>) -> tensor<4xf32>',
    'rank of concatenated inputs must match result rank',
  ],
  [
    '%0 = tensor.concat dim(1) %t : (tensor<4xf32>) -> tensor<4xf32>',
    'concatenation dim must be less than the tensor rank',
  ],
  [
    '%0 = tensor.concat dim(0) %t, %t : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xi32>',
    'inputs and result element type must match',
  ],
  ['%0 = tensor.concat dim(0) %t, %t : (tensor<4xf32>, tensor<4xf32>) -> tensor<7xf32>', "result type 'tensor<7xf32>'"],
  [
    '%0 = tensor.concat dim(0) %y, %q : (tensor<2x3x20xf32>, tensor<2x3x21xf32>) -> tensor<4x3x20xf32>',
    'static concatenation size mismatch along non-concatenated dimension 2',
  ],
  [
    '%0 = tensor.reshape %w(%a) : (tensor<*xf32>, tensor<1xi32>) -> tensor<?xi32>',
    'element types of source and destination tensor types should be the same',
  ],
  [
    '%0 = tensor.reshape %w(%e) : (tensor<*xf32>, tensor<?xi32>) -> tensor<?xf32>',
    'cannot use shape operand with dynamic length to reshape to statically-ranked tensor type',
  ],
  [
    '%0 = tensor.reshape %w(%a) : (tensor<*xf32>, tensor<1xi32>) -> tensor<?x?xf32>',
    "length of shape operand differs from the result's tensor rank",
  ],
  [
    '%0 = tensor.reshape %t(%a) : (tensor<4xf32>, tensor<1xi32>) -> tensor<10xf32>',
    'source and destination tensor should have the same number of elements',
  ],
  [
    '%0 = tensor.reshape %t(%d) : (tensor<4xf32>, tensor<?x?xf32>) -> tensor<4xf32>',
    "must be 1D tensor of signless integer or index values, but got 'tensor<?x?xf32>'",
  ],
  [gather(''), 'gather_dims must be non-empty'],
  [gather('0, 1, 2, 3'), 'gather_dims overflow source rank'],
  [gather('0, 1, 2'), 'gather_dims length must match the size of last dimension of indices'],
  [gather('0', '%h', 'tensor<index>'), 'gather_dims length must match the size of last dimension of indices'],
  [gather('0, -1'), 'gather_dims value must be non-negative'],
  [gather('0, 9'), 'gather_dims value must be smaller than source rank'],
  [gather('1, 0'), 'gather_dims values must be strictly increasing'],
  [
    gather('0, 1'),
    "result type mismatch: expected 'tensor<1x1x1x20xf32>' or its rank-reduced variant 'tensor<1x20xf32>' " +
      "(got: 'tensor<1x2xf32>')",
  ],
  [gather('0, 1', '%t', 'tensor<4xf32>'), 'must be ranked tensor of signless integer or index values'],
  [scatter('[]) unique'), 'scatter_dims must be non-empty'],
  [scatter('[0, 1, 2, 3]) unique'), 'scatter_dims overflow dest rank'],
  [scatter('[0, 1])'), "requires 'unique' attribute to be set"],
  [scatter('[0, 1]) unique'), "source type mismatch: expected 'tensor<1x1x1x20xf32>'"],
];

const errorOf = (text: string): string => {
  try {
    return verify(parseModule(text, newContext()))
      .map(({ message }) => message)
      .join('; ');
  } catch (error) {
    if (error instanceof DiagnosticError) return error.message;
    throw error;
  }
};

describe('what upstream refuses is refused in its words', () => {
  test.each(refused)('%s', (line, message) => {
    expect(errorOf(wrapped(line))).toContain(message);
  });

  test.each([
    ['%0 = tensor.concat dim(-1) %t : (tensor<4xf32>) -> tensor<4xf32>', /dim must be less than the tensor rank/],
    [expand('%d [[0], []] output_shape [%i, %i] : tensor<?x?xf32> into tensor<?x?xf32>'), /must not be empty/],
  ])('%s, on which upstream crashes, is refused', (line, message) => {
    expect(errorOf(wrapped(line))).toMatch(message);
  });

  test.each([
    slice('[%i] [5] [1] : tensor<4xf32> to tensor<5xf32>'),
    slice('[3] [2] [-1] : tensor<4xf32> to tensor<2xf32>'),
    slice('[0] [1] [1] : tensor<4xf32> to tensor<f32>'),
    `%0 = tensor.pad %t low[1] high[%i] ${one} : tensor<4xf32> to tensor<7xf32>`,
    '%0 = tensor.cast %t : tensor<4xf32> to tensor<*xf32>',
    '%0 = tensor.cast %t : tensor<4xf32> to tensor<4xf32, "x">',
    expand('%z [] output_shape [1, 1] : tensor<f32> into tensor<1x1xf32>'),
    collapse('%d [[0, 1]] : tensor<?x?xf32> into tensor<?xf32>'),
  ])('%s is accepted', (line) => {
    expect(errorOf(wrapped(line))).toBe('');
  });
});

if (mlirOpt === undefined) mlirOptMissing();
describe.skipIf(mlirOpt === undefined)('as mlir-opt has it', () => {
  const genericForm = (text: string): string => {
    const { status, stdout, stderr } = judge(['--mlir-print-op-generic'], text);
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };

  test.each([
    ['every operation', everyOperation],
    ['in a parallel loop', inParallel],
  ])('%s means the same in both forms', (_, text) => {
    const whole = genericForm(text);
    expect(genericForm(read(text, false))).toBe(whole);
    expect(genericForm(read(text, true))).toBe(whole);
  });

  test('refused programs', () => {
    const programs = refused.map(([line]) => wrapped(line));
    const { stderr } = judge(['--split-input-file'], programs.join(separator));
    const perProgram: string[] = [];
    const length = programs.map((program) => program.split('\n').length + 1);
    for (const [, line, message] of stderr.matchAll(/^<stdin>:(\d+):\d+: error: (.*)$/gm)) {
      let at = 0;
      for (let rest = Number(line); rest > (length[at] as number); at++) rest -= length[at] as number;
      perProgram[at] = (perProgram[at] ?? '') + message;
    }
    for (const [at, [line, message]] of refused.entries())
      expect([line, perProgram[at]]).toEqual([line, expect.stringContaining(message)]);
  });
});
