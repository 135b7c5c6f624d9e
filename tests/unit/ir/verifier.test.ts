/** What the verifier refuses: dominance, terminators, symbols, isolation, declarations. */
import { describe, expect, test } from 'vitest';
import { Context, DiagnosticError, Dominance, lookupSymbol, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { allDialects } from '../../../tools/lists.ts';

const read = (text: string) => parseModule(text, new Context(allDialects, { allowUnregistered: true }));
/** The messages of everything that is wrong with a text, found by reader or verifier. */
function errors(text: string): readonly string[] {
  try {
    return verify(read(text)).map(({ message }) => message);
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics.map(({ message }) => message);
    throw error;
  }
}

describe('verify', () => {
  test.each([
    ['a right program', 'func.func @f(%a: i32) -> i32 { %b = arith.addi %a, %a : i32  func.return %b : i32 }', []],
    [
      'a use before its definition',
      'func.func @f() { "x.use"(%a) : (i32) -> ()  %a = "x.def"() : () -> i32  func.return }',
      [/operand #0 does not dominate this use/],
    ],
    ['a missing terminator', 'func.func @f() { "x.op"() : () -> () "x.op"() : () -> () }', []],
    [
      'a block without an end',
      'func.func @f() { %a = arith.constant 1 : i32 }',
      [/block with no terminator, has 'arith.constant' at its end/],
    ],
    [
      'a terminator in the middle',
      'func.func @f() { func.return  func.return }',
      [/must be the last operation in its block/],
    ],
    [
      'two symbols of one name',
      'func.func @f() { func.return } func.func @f() { func.return }',
      [/redefinition of symbol named 'f'/],
    ],
    [
      'a value from outside of a function',
      '%a = "x.def"() : () -> i32 func.func @f() { "x.use"(%a) : (i32) -> ()  func.return }',
      [/undeclared SSA value|using value defined outside the region/],
    ],
    [
      'a return of another type',
      'func.func @f(%a: i32) -> i64 { "func.return"(%a) : (i32) -> () }',
      [/type of return operand 0 \('i32'\) doesn't match function result type \('i64'\) in function @f/],
    ],
  ] as const)('%s', (_, text, expected) => {
    const found = errors(text);
    expect(found.length).toBe(expected.length);
    for (const [at, pattern] of expected.entries()) expect(found[at]).toMatch(pattern);
  });
});

test('dominance follows the control flow', () => {
  const module = read(`func.func @f() {
    ^entry: %a = "x.def"() : () -> i32  "x.br"()[^left, ^right] : () -> ()
    ^left: "x.br"()[^join] : () -> ()
    ^right: %b = "x.def"() : () -> i32  "x.br"()[^join] : () -> ()
    ^join: "x.end"() : () -> ()
  }`);
  const [entry, left, right, join] = module.region().entry?.first?.region().blocks ?? [];
  if (!entry || !left || !right || !join) throw new Error('four blocks were read');
  const dominance = new Dominance();
  expect([left, right, join].map((block) => dominance.blockDominates(entry, block))).toEqual([true, true, true]);
  expect([left, right].map((block) => dominance.blockDominates(block, join))).toEqual([false, false]);
  const end = join.first;
  if (!end || !entry.first || !right.first) throw new Error('blocks have operations');
  expect(dominance.dominates(entry.first.result(), end)).toBe(true);
  expect(dominance.dominates(right.first.result(), end)).toBe(false);
});

test('symbols are found from inside, nearest table first', () => {
  const module = read(
    'func.func @f() { func.return } builtin.module @inner { func.func @f() { func.return } func.func @g() { func.return } }',
  );
  const [f, inner] = module.region().entry?.operations ?? [];
  const g = inner?.region().entry?.last;
  if (!f || !inner || !g) throw new Error('three symbols were read');
  expect(lookupSymbol(f, 'f')).toBe(f);
  expect(lookupSymbol(g, 'f')).toBe(inner.region().entry?.first);
  expect(lookupSymbol(g, 'h')).toBeUndefined();
});
