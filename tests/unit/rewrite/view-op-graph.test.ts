import { expect, test } from 'vitest';
import { judge, mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';
import { passed } from './judged-pass.ts';

if (mlirOpt === undefined) mlirOptMissing();

const blocks = `func.func @f(%a: i32, %b: i1) -> i32 attributes {x = "hello\\"quote\\\\"} {
  %c = arith.constant 1 : i32
  %d:2 = "my.two"(%a, %c) {k = dense<[1,2,3]> : tensor<3xi32>, l = unit} : (i32, i32) -> (i32, tensor<3xf32>)
  cf.cond_br %b, ^bb1(%c : i32), ^bb2
^bb1(%x: i32):
  %r = scf.if %b -> i32 {
    %q = arith.addi %x, %c : i32
    scf.yield %q : i32
  } else {
    scf.yield %a : i32
  }
  return %r : i32
^bb2:
  "my.empty"() ({}, {^bb0: }) : () -> ()
  return %d#0 : i32
}`;
const attributes = `module attributes {t.map = affine_map<(d0) -> (d0)>} {
func.func @f(%a: tensor<2x3xf32>) {
  "my.x"() {a = dense<1.0> : tensor<4x8xf32>, b = dense<[[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18]]> : tensor<1x18xi8>,
    c = [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17], d = array<i64: 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18>,
    e = #my.foo<"x{|}">, f = @f::@g, g = affine_map<(d0) -> (d0)>, h = dense_resource<foo> : tensor<100xf32>,
    i = sparse<[[0,0]], 1> : tensor<10x10xi32>, j = "\\0A\\\\", m = [1, "a"]} : () -> ()
  %t:3 = "my.reg"(%a, %a) ({
   ^bb0(%q: !my.ty<"<">):
    %i = arith.constant dense<2> : vector<20xi32>
    "my.y"(%q, %i) ({}, {}) : (!my.ty<"<">, vector<20xi32>) -> ()
  }) : (tensor<2x3xf32>, tensor<2x3xf32>) -> (i32, tensor<2x3xf32>, tensor<2x3xf32, "enc">)
  "my.u"(%t#1, %t#1, %t#2) : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32, "enc">) -> ()
  return
}
}`;

/** Numbers in place of the names of values, since upstream names constants after what they are. */
function numbered(graph: string): string {
  const numbers = new Map<string, number>();
  return graph.replace(/(%|res_|arg_)((?:arg|c)?[\w#]+)/g, (_, prefix: string, name: string) => {
    const key = name.replace('#', '_');
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return `${prefix}${numbers.get(key)}`;
  });
}

/** Of the judge only the graph, not the IR behind it. */
const graphOf = (text: string, args: string): string =>
  judge(['--allow-unregistered-dialect', `--view-op-graph=${args}`, '-o', '/dev/null'], text).stderr;

const settings = [
  '',
  'print-attrs=0',
  'print-control-flow-edges=1',
  'print-data-flow-edges=0',
  'print-result-types=0',
  'max-label-len=6',
];

test.skipIf(mlirOpt === undefined)('the graph is upstream’s', () => {
  for (const program of [blocks, attributes, 'module {}'])
    for (const setting of settings) {
      const { printed, text } = passed(program, `view-op-graph{${setting}}`);
      expect(numbered(printed)).toBe(numbered(graphOf(program, setting)));
      expect(text).toBe(passed(program, 'any()').text);
    }
});

test('what would end a label or a field in it is escaped', () => {
  const { printed } = passed('%0 = "my.x"() {"a|b" = "c"} : () -> !my.ty<"{">', 'view-op-graph');
  expect(printed).toContain('label = "{my.x\\l\\la\\|b: \\"c\\"\\l|{<res_0> %0 !my.ty\\<\\"\\{\\"\\>}}"');
  const cluster = passed('%0 = "my.x"() ({}) : () -> !my.ty<"a">', 'view-op-graph');
  expect(cluster.printed).toContain('label = "my.x : (!my.ty<\\"a\\">)\\l"');
});
