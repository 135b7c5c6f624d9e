import { test } from 'vitest';
import { Context, DiagnosticError, formatDiagnostic } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { rewriteGreedily } from '../../../rewrite/index.ts';
import { loadRules, parseRules, printRules } from '../../../rewrite/rules/index.ts';
import { allDialects } from '../../../tools/lists.ts';
test('x', () => {
  const context = new Context(allDialects, { allowUnregistered: true });
  const text = `
// x + 0 = x
rule add-zero benefit 2 group canonical {
  (arith.addi %x, (arith.constant {value = 0 : i32}))
  => %x
}
rule merge {
  (t.add (t.add %x, (t.k {v = #a})), (t.k {v = #b} -> !t))
  where not equal(#a, #b), is-integer(!t)
  => (t.add %x, (t.k {v = add(#a, #b)} -> !t))
}
rule split {
  %s = (t.split %x)
  (t.join %s#1, %s, %rest...)
  => (t.flip %s#0, %rest...)
}
rule gone { (t.nothing -> ()) => erase }
`;
  try {
    const rules = parseRules(text, 'my.rules', context);
    console.log(printRules(rules));
    console.log(printRules(parseRules(printRules(rules), 'again', context)) === printRules(rules));
    const patterns = loadRules(text, 'my.rules', context);
    const m = parseModule(`func.func @f(%x: i32) -> i32 {
      %c = arith.constant 0 : i32
      %0 = arith.addi %c, %x : i32
      %k = "t.k"() {v = 3 : i8} : () -> i32
      %l = "t.k"() {v = 4 : i8} : () -> i32
      %1 = "t.add"(%0, %k) : (i32, i32) -> i32
      %2 = "t.add"(%1, %l) : (i32, i32) -> i32
      %3:2 = "t.split"(%2) : (i32) -> (i32, i32)
      %4 = "t.join"(%3#1, %3#0, %x, %c) : (i32, i32, i32, i32) -> i32
      "t.nothing"() : () -> ()
      return %4 : i32
    }`, context);
    console.log(rewriteGreedily(m, patterns, { check: true }));
    console.log(printOperation(m));
  } catch (e) {
    if (!(e instanceof DiagnosticError)) throw e;
    for (const d of e.diagnostics) console.log(formatDiagnostic(d, (_f, n) => text.split('\n')[n - 1]));
  }
});
