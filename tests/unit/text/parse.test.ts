import { describe, expect, it } from 'vitest';
import { Context, DiagnosticError, formatDiagnostic, type Operation } from '../../../ir/index.ts';
import { parseModule, type ParseOptions, printOperation } from '../../../ir/text/index.ts';

const parse = (text: string, options: ParseOptions = {}): Operation =>
  parseModule(text, new Context([], { allowUnregistered: true }), { fileName: 'a.mlir', ...options });
const inside = (body: string): string => `"builtin.module"() ({\n  ${body}\n}) : () -> ()`;
const errorOf = (text: string, options: ParseOptions = {}): string => {
  try {
    parse(text, options);
  } catch (error) {
    if (error instanceof DiagnosticError)
      return error.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)).join('\n');
    throw error;
  }
  throw new Error('the text was read without an error');
};
/** The text of the attribute `a` after reading `source`. */
const attribute = (source: string): string | undefined =>
  parse(`"t.a"() {a = ${source}} : () -> ()`).region(0).entry?.first?.attribute('a')?.text;
const type = (source: string): string | undefined => attribute(source);

describe('operations', () => {
  const bodies = [
    '%0:2 = "t.a"() : () -> (i32, f32)\n  "t.b"(%0#1, %0#0) : (f32, i32) -> ()',
    '"t.a"() <{p = 1 : i64}> ({\n  ^bb0(%arg0: i32, %arg1: index):\n    "t.b"(%arg0) : (i32) -> ()\n  }, {\n  }) {d} : () -> ()',
    '"t.a"() ({\n    "t.br"()[^bb1, ^bb2] : () -> ()\n  ^bb1:  // pred: ^bb0\n    "t.c"() : () -> ()\n' +
      '  ^bb2:  // pred: ^bb0\n    "t.d"() : () -> ()\n  }) : () -> ()',
    '"t.a"() ({\n  ^bb0:\n  }) : () -> ()',
    '"t.a"(%0) : (i32) -> ()\n  %0 = "t.b"() : () -> i32',
    '"plain"() {a, b = [1, "x", [2.000000e+00]], "odd key"} : () -> ()',
    '%0 = "t.a"() : () -> ((i32) -> i32)',
  ];
  it.each(bodies)('reads and prints back %s', (body) => {
    expect(printOperation(parse(inside(body)))).toBe(inside(body));
  });

  it('gives results of several names one pack, and reads names in use before their definition', () => {
    const module = parse('"t.use"(%x#1, %y) : (f32, i8) -> ()\n%x:2, %y = "t.a"() : () -> (i32, f32, i8)');
    expect(printOperation(module)).toBe(
      inside('"t.use"(%0#1, %0#2) : (f32, i8) -> ()\n  %0:3 = "t.a"() : () -> (i32, f32, i8)'),
    );
  });

  it('puts a top level without a module into one, and leaves one module alone', () => {
    expect(parse('').name).toBe('builtin.module');
    expect(parse('"t.a"() : () -> ()').region(0).entry?.operations.length).toBe(1);
    const nested = parse(inside('"builtin.module"() ({\n  ^bb0:\n  }) : () -> ()'));
    expect(nested.region(0).entry?.first?.name).toBe('builtin.module');
    expect(parse('"t.a"() : () -> ()', { noImplicitModule: true }).name).toBe('t.a');
  });

  it('keeps values of neighbouring regions apart and reuses their names', () => {
    const text = '"t.a"() ({\n  %x = "t.b"() : () -> i32\n}, {\n  %x = "t.c"() : () -> f32\n}) : () -> ()';
    expect(parse(text).region(0).entry?.first?.regions.length).toBe(2);
  });

  it('takes the place of the name as location, or what stands behind the operation', () => {
    const module = parse(
      '\n  %0 = "t.a"() : () -> i32\n"t.b"() : () -> () loc("x"("f":1:2))\n"t.c"() : () -> () loc(#later)\n' +
        '"t.d"() : () -> () loc(callsite("f":1:2 at fused<"m">["g":3:4 to 5:6, unknown, "h":7:8 to :9]))\n#later = loc("z":7:8)',
    );
    const [a, b, c, d] = module.region(0).entry?.operations ?? [];
    expect(a?.location).toEqual({ kind: 'file', file: 'a.mlir', line: 2, column: 8 });
    expect(b?.location).toEqual({ kind: 'name', name: 'x', child: { kind: 'file', file: 'f', line: 1, column: 2 } });
    expect(c?.location).toEqual({ kind: 'file', file: 'z', line: 7, column: 8 });
    expect(printOperation(d as Operation, { debugInfo: true, localScope: true })).toBe(
      '"t.d"() : () -> () loc(callsite("f":1:2 at fused<"m">["g":3:4 to 5:6, unknown, "h":7:8 to :9]))',
    );
  });

  it('keeps resources: of dialects those that are used, of tools all', () => {
    const text = `"builtin.module"() ({
  "t.a"() {a = [dense_resource<one> : tensor<1xi32>]} : () -> ()
}) : () -> ()

{-#
  dialect_resources: {
    builtin: {
      one: "0x0400000001000000"
    }
  },
  external_resources: {
    tool: {
      flag: true,
      "a b": "x"
    }
  }
#-}`;
    const module = parse(text.replace('one: "', 'two: "0x0400000002000000", one: "'));
    expect(printOperation(module, { generic: true })).toBe(text);
    expect(printOperation(module, { generic: true, elideResourcesLargerThan: 4 })).not.toContain('one: "');
  });

  it.each([
    ['{-# foo: {} #-}', "unknown key 'foo' in file metadata dictionary"],
    ['{-# dialect_resources: 3 #-}', "expected '{'"],
    ['{-# dialect_resources: { builtin: { x: 3 } } #-}', "expected hex string blob for key 'x'"],
    [
      '{-# dialect_resources: { builtin: { x: "0x08" } } #-}',
      "expected hex string blob for key 'x' to encode alignment in first 4 bytes",
    ],
    ['{-# "dialect_resources": { } #-}', 'expected identifier key in file metadata dictionary'],
    ['{-# dialect_resources: { foo: { } } #-}', "dialect 'foo' is unknown"],
  ])('refuses the metadata %s', (text, message) => {
    expect(errorOf(text)).toContain(message);
  });
});

describe('attributes', () => {
  it.each([
    ['0xFF : i8', '-1 : i8'],
    ['255 : ui8', '255 : ui8'],
    ['-3', '-3 : i64'],
    ['1 : i1', 'true'],
    ['170141183460469231731687303715884105727 : i128', '170141183460469231731687303715884105727 : i128'],
    ['1.5', '1.500000e+00 : f64'],
    ['0x7F800000 : f32', '0x7F800000 : f32'],
    ['0.7 : f32', '0.699999988 : f32'],
    ['16777216.0 : f32', '0x4B800000 : f32'],
    ['1.0e-45 : f32', '1.401300e-45 : f32'],
    ['"a\\n\\22\\\\"', '"a\\0A\\22\\\\"'],
    ['"x" : !d.t', '"x" : !d.t'],
    ['@a::@"b c"', '@a::@"b c"'],
    ['{b = 1, a}', '{a, b = 1 : i64}'],
    ['[i32, (i32) -> (), unit, true]', '[i32, (i32) -> (), unit, true]'],
    ['array<i8: 1, -1>', 'array<i8: 1, -1>'],
    ['array<i1: true, false>', 'array<i1: true, false>'],
    ['array<f32>', 'array<f32>'],
    ['strided<[2, ?], offset: ?>', 'strided<[2, ?], offset: ?>'],
    ['strided<[-1], offset: 6>', 'strided<[-1], offset: 6>'],
    ['#d.a<{x -> [y, "}"]}>', '#d.a<{x -> [y, "}"]}>'],
    ['#d<a>', '#d<a>'],
    ['sparse<[[0, 0]], [1]> : tensor<2x2xi32>', 'sparse<[[0, 0]], [1]> : tensor<2x2xi32>'],
    ['distinct[0]<42 : i32>', 'distinct[0]<42 : i32>'],
    ['loc("a":1:2)', 'loc("a":1:2)'],
    ['dense<1> : tensor<2xi32>', 'dense<1> : tensor<2xi32>'],
    ['dense<[[1, 2], [3, 0xFF]]> : tensor<2x2xi8>', 'dense<[[1, 2], [3, -1]]> : tensor<2x2xi8>'],
    ['dense<[3, 3]> : tensor<2xi8>', 'dense<3> : tensor<2xi8>'],
    ['dense<[true, false]> : tensor<2xi1>', 'dense<[true, false]> : tensor<2xi1>'],
    ['dense<> : tensor<0xi8>', 'dense<> : tensor<0xi8>'],
    ['dense<"0x01000200"> : tensor<2xi16>', 'dense<[1, 2]> : tensor<2xi16>'],
    ['dense<(1.0, 2.0)> : tensor<complex<f32>>', 'dense<(1.000000e+00,2.000000e+00)> : tensor<complex<f32>>'],
    ['dense<[0x7FC00000, 1.5]> : vector<2xf32>', 'dense<[0x7FC00000, 1.500000e+00]> : vector<2xf32>'],
    ['dense<"a"> : tensor<1x!d.s>', 'dense<"a"> : tensor<1x!d.s>'],
    [
      'affine_map<(i)[n] -> (n * 2 + i - 1 + 3, i - i * 2, i * 0)>',
      'affine_map<(d0)[s0] -> (d0 + s0 * 2 + 2, -d0, 0)>',
    ],
    [
      'affine_map<(i, j) -> (i - j * 3, -(i + j), (i * 4) floordiv 2)>',
      'affine_map<(d0, d1) -> (d0 - d1 * 3, -(d0 + d1), d0 * 2)>',
    ],
    ['affine_set<(i)[n] : (i <= n, i - 1 == 0)>', 'affine_set<(d0)[s0] : (-d0 + s0 >= 0, d0 - 1 == 0)>'],
  ])('reads %s as %s', (source, text) => {
    expect(attribute(source)).toBe(text);
  });

  it('resolves aliases, inside dialect bodies too', () => {
    const module = parse(
      '#m = affine_map<(a) -> (a)>\n!t = tensor<2xf32>\n"t.a"() {a = #m, b = #d.x<#m, !t, "#m">, c = !t} : () -> ()',
    );
    const operation = module.region(0).entry?.first;
    expect(operation?.attribute('a')?.text).toBe('affine_map<(d0) -> (d0)>');
    expect(operation?.attribute('b')?.text).toBe('#d.x<affine_map<(d0) -> (d0)>, tensor<2xf32>, "#m">');
    expect(operation?.attribute('c')?.text).toBe('tensor<2xf32>');
  });
});

describe('types', () => {
  it.each([
    ['tensor<4x?x0xf32>', 'tensor<4x?x0xf32>'],
    ['tensor<*xf32>', 'tensor<*xf32>'],
    ['tensor<4 x f32, #d.e<x>>', 'tensor<4xf32, #d.e<x>>'],
    ['vector<4x[8]xi1>', 'vector<4x[8]xi1>'],
    ['memref<2x3xf32, affine_map<(i, j) -> (i, j)>, 0>', 'memref<2x3xf32>'],
    ['memref<2xf32, strided<[1], offset: ?>, 3>', 'memref<2xf32, strided<[1], offset: ?>, 3>'],
    ['memref<?xf32, "nram">', 'memref<?xf32, "nram">'],
    ['memref<*xf32, 1 : i32>', 'memref<*xf32, 1 : i32>'],
    ['complex<f64>', 'complex<f64>'],
    ['tuple<i32, tuple<>>', 'tuple<i32, tuple<>>'],
    ['(i32, none) -> ((si4) -> ui8, index)', '(i32, none) -> ((si4) -> ui8, index)'],
    ['!llvm.struct<(ptr, array<4 x i8>)>', '!llvm.struct<(ptr, array<4 x i8>)>'],
    ['f8E4M3FN', 'f8E4M3FN'],
  ])('reads %s as %s', (source, text) => {
    expect(type(source)).toBe(text);
  });
});

describe('errors', () => {
  it.each([
    ['"t.a"(', "a.mlir:1:7: error: found the end of the text, expected ')' or a value such as %0"],
    [
      '"t.a"(%x) : (i32) -> ()\n"t.b"(%y) : (f32) -> ()',
      'a.mlir:1:7: error: use of undeclared SSA value name\na.mlir:2:7: error: use of undeclared SSA value name',
    ],
    ['%x = "t.a"() : () -> i32\n%x = "t.a"() : () -> i32', "a.mlir:2:1: error: redefinition of SSA value '%x'"],
    [
      '%x = "t.a"() : () -> i32\n"t.b"(%x) : (f32) -> ()',
      "a.mlir:2:7: error: use of value '%x' expects different type than prior uses: 'f32' vs 'i32'",
    ],
    ['"t.a"()[^b] : () -> ()\n', 'a.mlir:1:9: error: reference to an undefined block'],
    ['"t.a"() ({\n^b:\n^b:\n}) : () -> ()', "a.mlir:3:1: error: redefinition of block '^b'"],
    ['%x:2 = "t.a"() : () -> i32', 'a.mlir:1:1: error: operation defines 1 results but was provided 2 to bind'],
    ['"t.a"() {a = 1, a = 2} : () -> ()', "a.mlir:1:17: error: duplicate key 'a' in dictionary attribute"],
    ['"t.a"() {a = 256 : i8} : () -> ()', 'a.mlir:1:14: error: integer constant out of range for attribute'],
    ['"t.a"() {a = #nope} : () -> ()', "a.mlir:1:14: error: undefined symbol alias id 'nope'"],
    ['"t.a"() {a = "x} : () -> ()', `a.mlir:1:14: error: expected '"' in string literal`],
    [
      '"t.a"() {a = dense<[1, 2]> : tensor<3xi8>} : () -> ()',
      'a.mlir:1:14: error: inferred shape of elements literal ([2]) does not match type ([3])',
    ],
    ['t.a %x', "a.mlir:1:1: error: dialect 't' not found for custom op 't.a'; loaded: none"],
    ['"t.a"() : (i32) -> ()', 'a.mlir:1:1: error: expected 0 operand types but had 1'],
    [
      '"t.a"() {a = affine_map<(d0) -> (d0 * d0)>} : () -> ()',
      'a.mlir:1:41: error: non-affine expression: at least one of the multiply operands has to be either a constant or symbolic',
    ],
    ['"t.a"() {a = #d.x<(]>} : () -> ()', "a.mlir:1:20: error: unbalanced ']' character in pretty dialect name"],
  ])('locates what is wrong with %s', (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  it('refuses operations of unknown dialects where the context does', () => {
    expect(() => parseModule('"t.a"() : () -> ()', new Context())).toThrow(
      /operation 't.a' being parsed with an unregistered dialect/,
    );
  });

  it.each([
    ['regions', (depth: number) => '"t.a"() ({'.repeat(depth)],
    ['attributes', (depth: number) => `"t.a"() {a = ${'['.repeat(depth)}`],
    ['types', (depth: number) => `"t.a"() {a = ${'tuple<'.repeat(depth)}`],
    ['locations', (depth: number) => `"t.a"() : () -> () loc(${'"a"('.repeat(depth)}`],
    ['dense lists', (depth: number) => `"t.a"() {a = dense<${'['.repeat(depth)}`],
    [
      'affine expressions',
      (depth: number) => `"t.a"() {a = affine_map<() -> (${'('.repeat(depth)}${')'.repeat(depth)})>} : () -> ()`,
    ],
  ])('ends in a diagnostic on deeply nested %s', (_, text) => {
    expect(errorOf(text(100_000))).toMatch(/error: nested deeper than/);
  });

  it('reads nesting up to the limit', () => {
    const depth = 490;
    const text = `${'"t.a"() ({'.repeat(depth)}${'}) : () -> ()'.repeat(depth)}`;
    expect(printOperation(parse(text)).match(/t\.a/g)?.length).toBe(depth);
  });

  it('refuses a text over the limit of bytes', () => {
    expect(errorOf('"t.a"() : () -> ()', { maxBytes: 4 })).toContain('more than the limit of 4');
  });
});

describe('numbers at their limits', () => {
  it.each([
    ['affine_map<() -> (9007199254740993)>', 'constant too large for index'],
    ['affine_map<(d0) -> (d0 * 4503599627370496 * 4503599627370496)>', 'constant too large for index'],
  ])('refuses %s', (attribute, message) => {
    expect(errorOf(`"t.a"() {a = ${attribute}} : () -> ()`)).toContain(message);
  });

  it('tells a stride of minus one from an unknown one', () => {
    const text = '"t.a"() {a = strided<[-1, ?], offset: ?>} : () -> ()';
    expect(printOperation(parse(text).region(0).entry?.first as Operation)).toBe(text);
  });
});
