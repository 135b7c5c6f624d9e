import { describe, expect, it } from 'vitest';
import {
  attr,
  Context,
  denseAttribute,
  f32,
  fileLocation,
  floatAttribute,
  i32,
  i64,
  index,
  integerAttribute,
  op,
  stringAttribute,
  tensor,
  tensorType,
  dialect,
  unitAttribute,
  variadic,
  within,
  unknownLocation,
} from '../../../ir/index.ts';
import { parseModule, printOperation, printTo } from '../../../ir/text/index.ts';
import { allDialects } from '../../../tools/lists.ts';

const fresh = (): Context => new Context([], { allowUnregistered: true });

describe('generic form', () => {
  it('prints operands, properties, attributes and types in upstream order', () => {
    const context = fresh();
    const a = context.create('t.a', [], [i32, f32]);
    const b = context.create('t.b', [a.result(0), a.result(1)], [i64], {
      attributes: [
        { name: 'p', value: integerAttribute(3), property: true },
        { name: 'd', value: unitAttribute, property: false },
        { name: 'e f', value: stringAttribute('x"y'), property: false },
      ],
    });
    const module = context.create('m.m', [], [], { regions: 1 });
    const block = module.region(0).addBlock();
    block.append(a);
    block.append(b);
    expect(printOperation(module)).toBe(
      '"m.m"() ({\n  %0:2 = "t.a"() : () -> (i32, f32)\n' +
        '  %1 = "t.b"(%0#0, %0#1) <{p = 3 : i64}> {d, "e f" = "x\\22y"} : (i32, f32) -> i64\n}) : () -> ()',
    );
  });

  it('labels blocks with their predecessors and numbers arguments as upstream', () => {
    const context = fresh();
    const f = context.create('t.f', [], [], { regions: 1 });
    const entry = f.region(0).addBlock([i32]);
    const other = f.region(0).addBlock([index]);
    entry.append(context.create('t.br', [entry.argument(0)], [], { successors: [other, other] }));
    other.append(context.create('t.use', [other.argument(0)], []));
    expect(printOperation(f)).toBe(
      '"t.f"() ({\n^bb0(%arg0: i32):\n  "t.br"(%arg0)[^bb1, ^bb1] : (i32) -> ()\n' +
        '^bb1(%0: index):  // 2 preds: ^bb0, ^bb0\n  "t.use"(%0) : (index) -> ()\n}) : () -> ()',
    );
  });

  it('numbers neighbouring regions alike and inner regions after the outer one', () => {
    const context = fresh();
    const outer = context.create('t.o', [], [], { regions: 2 });
    for (const region of outer.regions) {
      const block = region.addBlock();
      const inner = context.create('t.i', [], [i32], { regions: 1 });
      inner
        .region(0)
        .addBlock()
        .append(context.create('t.x', [], [i32]));
      block.append(inner);
      block.append(context.create('t.y', [], [i32]));
    }
    const half = '%0 = "t.i"() ({\n    %2 = "t.x"() : () -> i32\n  }) : () -> i32\n  %1 = "t.y"() : () -> i32\n';
    expect(printOperation(outer)).toBe(`"t.o"() ({\n  ${half}}, {\n  ${half}}) : () -> ()`);
  });

  it('prints locations and elides large data on request', () => {
    const context = fresh();
    const data = denseAttribute(tensorType([4], i32), new Uint8Array([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0]));
    const a = context.create('t.a', [], [], {
      attributes: [{ name: 'v', value: data, property: true }],
      location: fileLocation('a.mlir', 3, 4),
    });
    const shown = '"t.a"() <{v = dense<[1, 2, 3, 4]> : tensor<4xi32>}> : () -> ()';
    expect(printOperation(a, { debugInfo: true })).toBe(`${shown} loc(#loc)\n#loc = loc("a.mlir":3:4)`);
    expect(printOperation(a, { debugInfo: true, localScope: true })).toBe(`${shown} loc("a.mlir":3:4)`);
    expect(printOperation(a, { debugInfo: true, prettyDebugInfo: true })).toBe(`${shown} a.mlir:3:4`);
    expect(printOperation(a, { hexLargerThan: 3 })).toContain('dense<"0x01000000020000000300000004000000">');
    expect(printOperation(a, { elideLargerThan: 3 })).toContain('dense_resource<__elided__> : tensor<4xi32>');
  });

  it('writes maps, sets and locations once and by name', () => {
    const text = `#map = affine_map<(d0) -> (d0 + 1)>
#set = affine_set<(d0) : (d0 - 1 >= 0)>
#map1 = affine_map<() -> ()>
"t.m"() ({
^bb0(%arg0: memref<4xf32, #map> loc("x"("f":1:2))):
  "t.a"() {m = [#map, #set], s = "affine_map<(d0) -> (d0 + 1)>", t = #map1} : () -> () loc(fused["f":1:2, "g":3:4])
}) : () -> () loc(unknown)`;
    const module = parseModule(text, new Context([], { allowUnregistered: true }), { noImplicitModule: true });
    expect(printOperation(module)).toBe(text.replace(/ loc\((?:[^()]|\([^()]*\))*\)/g, ''));
    const located = printOperation(module, { debugInfo: true });
    expect(located.split('\n').slice(-5)).toEqual([
      '}) : () -> () loc(unknown)',
      '#loc = loc("f":1:2)',
      '#loc1 = loc("x"(#loc))',
      '#loc2 = loc("g":3:4)',
      '#loc3 = loc(fused[#loc, #loc2])',
    ]);
    const again = parseModule(located, new Context([], { allowUnregistered: true }), { noImplicitModule: true });
    expect(printOperation(again, { debugInfo: true })).toBe(located);
    expect(printOperation(module, { localScope: true })).not.toContain('#map');
  });

  it('tells who reads a value, and calls values by the names of their locations', () => {
    const text = `"t.m"() ({
^bb0(%a: i32 loc("left side"), %b: i32):
  %c:2 = "t.c"(%a, %a) : (i32, i32) -> (i32, i32) loc("sum")
  %d = "t.d"(%c#1) : (i32) -> i32 loc("sum")
}) : () -> ()`;
    const module = parseModule(text, new Context([], { allowUnregistered: true }), { noImplicitModule: true });
    expect(printOperation(module, { valueUsers: true })).toBe(`"t.m"() ({
^bb0(%arg0: i32, %arg1: i32):
  // %arg0 is used by %0#0, %0#1
  // %arg1 is unused
  %0:2 = "t.c"(%arg0, %arg0) : (i32, i32) -> (i32, i32) // users: (unused), (%1)
  %1 = "t.d"(%0#1) : (i32) -> i32 // unused
}) : () -> ()`);
    expect(printOperation(module, { nameLocations: true })).toBe(`"t.m"() ({
^bb0(%left_side: i32, %arg0: i32):
  %sum:2 = "t.c"(%left_side, %left_side) : (i32, i32) -> (i32, i32)
  %sum_0 = "t.d"(%sum#1) : (i32) -> i32
}) : () -> ()`);
  });

  it('hands text on in chunks that add up to the whole', () => {
    const context = fresh();
    const module = context.create('m.m', [], [], { regions: 1 });
    const block = module.region(0).addBlock();
    for (let at = 0; at < 5000; at++) block.append(context.create('t.a', [], [i32]));
    const chunks: string[] = [];
    printTo(module, {
      write: (chunk) => {
        chunks.push(chunk);
      },
    });
    expect(chunks.length).toBeGreaterThan(1);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(70_000);
    expect(chunks.join('')).toBe(printOperation(module));
  });

  it('refuses nesting that it cannot follow with a diagnostic', () => {
    const context = fresh();
    const root = context.create('t.n', [], [], { regions: 1 });
    let at = root;
    for (let depth = 0; depth < 5000; depth++) {
      const inner = context.create('t.n', [], [], { regions: 1 });
      at.region(0).addBlock().append(inner);
      at = inner;
    }
    expect(() => printOperation(root)).toThrow(/too deep to print/);
  });
});

const matmul = op('toy.matmul', {
  summary: 'product',
  operands: { lhs: tensor('M K'), rhs: tensor('K N') },
  attributes: { steps: attr.pair({ default: [1, 1] }), mode: attr.oneOf(['fast', 'exact'], {}), scale: attr.float({}) },
  results: { out: tensor('M N') },
  assembly: '$lhs, $rhs $mode scale = $scale attr-dict : (type($lhs), type($rhs))',
});
const sum = op('toy.sum', {
  summary: 'sum',
  operands: { inputs: variadic(tensor('N')) },
  attributes: { last: attr.unit() },
  results: { out: tensor('N') },
  assembly: '$inputs (`last` $last^)? attr-dict `:` functional-type(operands, results)',
});
const toy = dialect('toy', { matmul, sum });

describe('declared assembly', () => {
  it('prints by the format, and in generic form when asked', () => {
    const context = new Context([toy], { allowUnregistered: true });
    within(context, unknownLocation, () => {
      const a = context.create('t.a', [], [tensorType([2, 3], f32)]);
      const b = context.create('t.b', [], [tensorType([3, 4], f32)]);
      const product = matmul({ lhs: a, rhs: b, mode: 'fast', scale: 0.5 });
      const module = context.create('m.m', [], [], { regions: 1 });
      const block = module.region(0).addBlock();
      for (const operation of [a, b, product.operation]) block.append(operation);
      expect(printOperation(product.operation)).toBe(
        '%2 = toy.matmul %0, %1 fast scale = 5.000000e-01 {steps = array<i64: 1, 1>} : (tensor<2x3xf32>, tensor<3x4xf32>)',
      );
      expect(printOperation(product.operation, { generic: true })).toBe(
        '%2 = "toy.matmul"(%0, %1) <{mode = "fast", scale = 5.000000e-01 : f32, steps = array<i64: 1, 1>}> : ' +
          '(tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>',
      );
    });
  });

  it('prints optional groups by their anchor', () => {
    const context = new Context([toy], { allowUnregistered: true });
    const a = context.create('t.a', [], [tensorType([2], f32)]);
    within(context, unknownLocation, () => {
      expect(printOperation(sum({ inputs: [a, a], last: true }).operation)).toBe(
        '%0 = toy.sum %1, %1 last : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>',
      );
      expect(printOperation(sum({ inputs: [a] }).operation)).toBe('%0 = toy.sum %1 : (tensor<2xf32>) -> tensor<2xf32>');
    });
  });

  it('falls back to the generic form where the format would lose something', () => {
    const context = new Context([toy], { allowUnregistered: true });
    const a = context.create('t.a', [], [tensorType([2, 3], f32)]);
    const wrong = context.create('toy.matmul', [a.result(), a.result()], [f32], {
      attributes: [
        { name: 'mode', value: stringAttribute('fast'), property: true },
        { name: 'scale', value: floatAttribute(1, f32), property: true },
      ],
    });
    expect(printOperation(wrong)).toContain('"toy.matmul"(');
  });
});

describe('what is not as declared', () => {
  it('is not left out as an implied terminator', () => {
    const context = new Context(allDialects, { allowUnregistered: true });
    const text = `"scf.forall"() <{operandSegmentSizes = array<i32: 0, 0, 0, 0>, staticLowerBound = array<i64: 0>, staticStep = array<i64: 1>, staticUpperBound = array<i64: 4>}> ({
^bb0(%i: index):
  "scf.forall.in_parallel"() : () -> ()
}) : () -> ()`;
    const module = parseModule(text, context);
    const again = parseModule(printOperation(module), new Context(allDialects, { allowUnregistered: true }));
    expect(printOperation(again, { generic: true })).toBe(printOperation(module, { generic: true }));
  });
});
