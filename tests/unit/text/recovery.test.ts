/** Several independent errors of one text are told at once, and none that only follows from another. */
import { expect, test } from 'vitest';
import { Context, DiagnosticError, fileOf } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { allDialects } from '../../../tools/lists.ts';

function errorsOf(text: string): readonly string[] {
  try {
    parseModule(text, new Context(allDialects, { allowUnregistered: true }));
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map(({ location, message }) => {
      const place = fileOf(location);
      return `${place?.line}:${place?.column}: ${message}`;
    });
  }
}

test('errors in several operations, functions and regions', () => {
  const text = `func.func @a(%x: i32) -> i32 {
  %0 = arith.addi %x, %x  i32
  %1 = "t.foo"(%0, %x) : (i32) -> i32
  %2:2 = "t.bar"(%1, %undef) : (i32, i32) -> (i32, i32)
  %3 = arith.muli %2#1, %0 : i32
  scf.for %i = %x to %x stepp %x {
    %9 = arith.bogus %x
  }
  "t.region"() ({
    "t.inner"(%3) {a = dense<[1, [2]]> : tensor<2xi32>} : (i32) -> ()
    %5 = "t.unclosed"(%3 : (i32) -> i32
    "t.after"(%5) : (i32) -> ()
  }) : () -> ()
  return %3 : i32
}
func.func @b() {
  cf.br ^nowhere
}
func.func @c() {
  %s = "t.z"() : () -> tensor<tensor<i32>>
  return
}`;
  expect(errorsOf(text)).toEqual([
    "2:27: custom op 'arith.addi': found 'i32', expected ':'",
    '3:8: expected 2 operand types but had 1',
    "6:25: custom op 'scf.for': found 'stepp', expected 'step'",
    '10:35: tensor literal is invalid; ranks are not consistent between elements',
    "11:26: found ':', expected ')' or ','",
    '17:9: reference to an undefined block',
    '20:31: invalid tensor element type: tensor<i32>',
    '4:22: use of undeclared SSA value name',
  ]);
});

test('the first error is the one that reading stops at, and twenty are enough', () => {
  expect(errorsOf('"t.a"() {a = } : () -> ()\n'.repeat(50))).toHaveLength(20);
  expect(errorsOf('#m = affine_map<>\n"t.a"() {a = } : () -> ()')).toHaveLength(1);
  expect(errorsOf('"t.a"(\u0001\u0002"unclosed\n"t.b"( : () -> ()')[0]).toMatch(/^1:7: /);
});

test('a text with errors leaves nothing in the context', () => {
  const context = new Context(allDialects, { allowUnregistered: true });
  expect(() => parseModule('func.func @f() { "t.a"( }', context)).toThrow(DiagnosticError);
  expect(parseModule('func.func @f() { return }', context).region(0).entry?.operations).toHaveLength(1);
});
