/** Pieces of MLIR text that are rare in modules and that readers and printers get wrong. */

/** Numbers at and beyond the limits of what holds them. */
export const numbers: readonly string[] = [
  ...['0', '-0', '00', '-1', '0x', '0x0', '0xFF', '1e5', '0.', '-0.0', '1.0e400', '1.0e-400', '1.7976931348623157e308'],
  ...['127', '128', '255', '256', '65504', '65505', '16777215', '16777216', '2147483647', '2147483648', '4294967296'],
  ...['9007199254740991', '9007199254740992', '9223372036854775807', '9223372036854775808', '-9223372036854775808'],
  ...['18446744073709551615', '18446744073709551616', '0x7FC00000', '0x7F800001', '0xFFFFFFFFFFFFFFFF', '1.5e-45'],
  `0x${'F'.repeat(40)}`,
  '9'.repeat(400),
];

/** Names that mean something to JavaScript, to MLIR, or to a terminal. */
export const names: readonly string[] = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'loc', 'dense', 'unit', 'true', 'none', 'x', 'i1'],
  ...['"__proto__"', '""', '"\\00"', '"\\FF"', '"a.b"', '"\\22"', '"\x1b[2J"', '"\\n"', '"\xc3\xa9"', '"\xff"'],
];

/** Types. */
export const types: readonly string[] = [
  ...['i0', 'i1', 'si8', 'ui64', 'i128', 'i16777215', 'i16777216', 'index', 'none', 'f8E4M3FN', 'f4E2M1FN', 'tf32'],
  ...[
    'bf16',
    'f16',
    'f80',
    'f128',
    'complex<f32>',
    'complex<i3>',
    'complex<tensor<1xf32>>',
    'tuple<>',
    'tuple<i1, none>',
  ],
  ...[
    '() -> ()',
    '(() -> ()) -> (() -> ())',
    '() -> (i1, i2)',
    '!d.t',
    '!d<"a>">',
    '!d.t<[a], {b = "c"}>',
    '!__proto__.a',
  ],
  ...[
    'tensor<f32>',
    'tensor<0xi4>',
    'tensor<?x2xf32, 1 : i8>',
    'tensor<*xf32>',
    'tensor<2x!d.t>',
    'tensor<1xi32, unit>',
  ],
  ...[
    'vector<i1>',
    'vector<[4]x2xi1>',
    'vector<0xi1>',
    'vector<2x?xi1>',
    'tensor<9007199254740993xi1>',
    'memref<*xf32, 1>',
  ],
  ...[
    'memref<2x2xf32, strided<[?, 1], offset: ?>>',
    'memref<4xf32, affine_map<(d0) -> (d0 mod 2, d0 floordiv 2)>, "x">',
  ],
  ...[
    'memref<?xf32, affine_map<(d0)[s0] -> (d0 * s0)>, 0>',
    'memref<2xi8, 0 : i32>',
    'memref<2xi8, unit>',
    'tuple<tuple<>>',
  ],
];

/** Attributes. */
export const attributes: readonly string[] = [
  ...[
    'unit',
    'true',
    '[]',
    '{}',
    '[[], [1, 2.0, "a"]]',
    '{a, b = {"c d" = 1}}',
    '@a',
    '@"a b"::@c::@"\\00"',
    '#d.a',
    '#d<"a">',
  ],
  ...['#d.a<(b) -> [c]>', '1 : index', '-1 : i1', '-129 : i8', '1 : ui8', '-1 : ui8', '1 : none', '0x7FC00001 : f32'],
  ...['0xFFC0 : bf16', '1.0e10 : f16', '1.5 : f8E5M2', '1.5 : f4E2M1FN', '1.0 : i8', '"s" : !d.t', 'i8', '(i8) -> ()'],
  ...[
    'array<i8>',
    'array<i1: true, false>',
    'array<f32: 1.0, 0x7F800000>',
    'array<i8: 300>',
    'array<i64: -1>',
    'loc(unknown)',
  ],
  ...[
    'dense<> : tensor<0xi32>',
    'dense<1> : tensor<2xi4>',
    'dense<[true, false]> : tensor<2xi1>',
    'dense<1> : vector<[2]xi8>',
  ],
  ...['dense<"0x00FF"> : tensor<2xi8>', 'dense<"0x1"> : tensor<1xi8>', 'dense<(1, -2)> : tensor<2xcomplex<i8>>'],
  ...['dense<["a", "b"]> : tensor<2x!d.t>', 'dense<0x7FC00000> : tensor<2xf32>', 'dense<1.5> : tensor<1xf8E4M3FN>'],
  ...['dense<1> : tensor<99999999999xi32>', 'dense<[[1], [2, 3]]> : tensor<2x1xi32>', 'dense<1.0> : tensor<2x2xf80>'],
  ...['dense_resource<r> : tensor<2xi8>', 'dense_resource<"__proto__"> : tensor<2xi8>', 'sparse<0, 1> : tensor<2xi8>'],
  ...['sparse<[[0, 1]], 2.0> : tensor<2x2xf32>', 'sparse<[], []> : tensor<0xi1>', 'distinct[0]<>', 'distinct[7]<unit>'],
  ...[
    'strided<[1, ?], offset: 3>',
    'strided<[]>',
    'affine_map<() -> ()>',
    'affine_map<(d0, d1)[s0] -> (d1 ceildiv s0, -d0)>',
  ],
  ...['affine_map<(d0) -> (d0 floordiv 0)>', 'affine_map<(d0) -> (d0 mod -2, d0 * 9223372036854775807 * 2)>'],
  ...[
    'affine_set<(d0)[s0] : (d0 - s0 >= 0, d0 == 0)>',
    'affine_set<() : (1 >= 0)>',
    'loc("a":1:2)',
    'loc(fused<"m">["a", "b"])',
  ],
  ...[
    'loc(callsite("a" at "b":0:0))',
    'loc("n"(fused[]))',
    'loc("f":1:2 to 3:4)',
    'loc(fused<[1]>[])',
    '"\\"\\\\\\0A"',
  ],
];

/** What brackets nest, opened and closed. */
export const nests: readonly (readonly [string, string])[] = [
  ...[['(', ')'] as const, ['[', ']'] as const, ['{', '}'] as const, ['<', '>'] as const, ['({', '})'] as const],
  ...[['{a = ', '}'] as const, ['tuple<', '>'] as const, ['tensor<1x', '>'] as const, ['complex<', '>'] as const],
  ...[['() -> (', ')'] as const, ['(', ') -> ()'] as const, ['!d.t<', '>'] as const, ['memref<1xf32, ', '>'] as const],
  ...[['"a"() ({', '}) : () -> ()'] as const, ['loc(fused[', '])'] as const, ['dense<[', ']> : tensor<1xi8>'] as const],
  ...[['module {', '}'] as const, ['affine_map<() -> (', ')>'] as const, ['-', ''] as const, ['%', ''] as const],
];
