import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../../ir/index.ts';
import {
  arithSemantics,
  builtinSemantics,
  cfSemantics,
  evaluate,
  funcSemantics,
  scfSemantics,
} from '../../../interpreter/index.ts';
import { mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';
import { callProgram, randomFrom } from './call-programs.ts';
import { byJudge, byOurs, parsed, passed } from './judged-pass.ts';

if (mlirOpt === undefined) mlirOptMissing();

/** Compares locations as well, but for the module's: the judge reads each program where it stands in one long text. */
function mustAgree(programs: readonly string[], options: string): void {
  const print = ['--mlir-print-debuginfo', '--mlir-print-local-scope'];
  const debugInfo = { debugInfo: true, localScope: true };
  const texts = programs.map((text) => passed(text, 'any()', debugInfo).text);
  const theirs = byJudge(texts, [`--inline=${options}`, ...print], print);
  const ours = byOurs(texts, `inline{${options}}`, print, debugInfo);
  expect(theirs.length).toBe(programs.length);
  for (const [at, text] of theirs.entries()) expect(ours[at], programs[at]).toBe(text);
}

const chosen = [
  // A dead function keeps what it calls, as upstream.
  `func.func private @dead(%a: i32) -> i32 { %0 = func.call @used(%a) : (i32) -> i32 return %0 : i32 }
   func.func private @used(%a: i32) -> i32 { return %a : i32 }`,
  // A callee with several blocks goes into a function, not into a region of one block.
  `func.func private @blocks(%c: i1, %a: i32) -> (i32, i32) {
    cf.cond_br %c, ^bb1, ^bb2(%a : i32)
   ^bb1:
    %d = arith.addi %a, %a : i32
    return %d, %a : i32, i32
   ^bb2(%x: i32):
    return %x, %x : i32, i32
  }
  func.func @main(%c: i1, %a: i32) -> i32 {
    %0:2 = func.call @blocks(%c, %a) : (i1, i32) -> (i32, i32)
    %r = scf.if %c -> i32 {
      %1:2 = func.call @blocks(%c, %0#1) : (i1, i32) -> (i32, i32)
      scf.yield %1#0 : i32
    } else { scf.yield %a : i32 }
    %e = scf.execute_region -> i32 {
      %1:2 = func.call @blocks(%c, %r) : (i1, i32) -> (i32, i32)
      scf.yield %1#0 : i32
    }
    %2:2 = func.call @blocks(%c, %0#1) : (i1, i32) -> (i32, i32)
    %s = arith.addi %e, %2#0 : i32
    return %s : i32
  }`,
  // Rings of calls are left where they would not end.
  `func.func @self(%a: i32) -> i32 { %0 = func.call @self(%a) : (i32) -> i32 return %0 : i32 }
   func.func private @lost(%a: i32) -> i32 { %0 = func.call @lost(%a) : (i32) -> i32 return %0 : i32 }
   func.func @user(%a: i32) -> i32 { %0 = func.call @self(%a) : (i32) -> i32 return %0 : i32 }
   func.func @ma(%a: i32) -> i32 { %0 = func.call @mb(%a) : (i32) -> i32 return %0 : i32 }
   func.func @mb(%a: i32) -> i32 { %0 = func.call @mc(%a) : (i32) -> i32 return %0 : i32 }
   func.func @mc(%a: i32) -> i32 { %0 = func.call @ma(%a) : (i32) -> i32 return %0 : i32 }`,
  // Names in attributes and in other tables are uses.
  `module {
     func.func private @p() { return }
     func.func private @q() { return }
     func.func private @r() { return }
     func.func @user() { func.call @p() {m.other = [@q]} : () -> () func.call @r() : () -> () func.call @q() : () -> () return }
     "m.use"() {f = @r} : () -> ()
     module @inner {
       func.func nested @n() { return }
       func.func nested @o() { return }
       func.func @p() { func.call @n() : () -> () func.call @o() : () -> () return }
     }
   }`,
  // Bodies that are not known are not moved, nor what says no.
  `func.func private @unknown() { "m.x"() : () -> () return }
   func.func private @inside(%c: i1) { scf.if %c { "m.x"() : () -> () } return }
   func.func private @never() attributes {no_inline} { return }
   func.func private @outside()
   func.func @yes() { return }
   func.func @user(%c: i1) {
     func.call @unknown() : () -> ()
     func.call @inside(%c) : (i1) -> ()
     func.call @never() : () -> ()
     func.call @outside() : () -> ()
     func.call @yes() {no_inline} : () -> ()
     "m.y"() ({ func.call @yes() : () -> () "m.z"() : () -> () }, {}) : () -> ()
     return
   }`,
  // A block may stand before the one whose values it reads.
  `func.func private @late(%a: i32) -> i32 {
     cf.br ^bb2
   ^bb1:
     %r = arith.addi %v, %a : i32
     return %r : i32
   ^bb2:
     %v = arith.muli %a, %a : i32
     cf.br ^bb1
   }
   func.func @user(%a: i32) -> i32 {
     %0 = func.call @late(%a) : (i32) -> i32
     %1 = func.call @late(%0) : (i32) -> i32
     return %1 : i32
   }`,
  // From nowhere nothing is called.
  `func.func private @f(%a: i32 loc("a")) -> i32 {
     %0 = arith.addi %a, %a : i32 loc("add")
     return %0 : i32 loc("return")
   } loc("f")
   func.func private @g(%a: i32, %c: i1) -> i32 {
     cf.cond_br %c, ^bb1(%a : i32), ^bb1(%a : i32) loc("branch")
   ^bb1(%x: i32 loc("x")):
     %0 = func.call @f(%x) : (i32) -> i32 loc("call of f")
     return %0 : i32 loc("return from g")
   }
   func.func @user(%a: i32, %c: i1) -> i32 {
     %0 = func.call @f(%a) : (i32) -> i32 loc(unknown)
     %1 = func.call @g(%0, %c) : (i32, i1) -> i32 loc("call of g")
     %2 = func.call @g(%1, %c) : (i32, i1) -> i32 loc(unknown)
     return %2 : i32
   }`,
];

const random = randomFrom(11);
const drawn = (count: number, recursive: boolean, odd = false, flat = false): readonly string[] =>
  Array.from({ length: count }, () => callProgram(random, { recursive, odd, flat }));

describe.skipIf(mlirOpt === undefined)('as the judge, with locations and to the last operation', () => {
  test('on chosen programs', () => {
    mustAgree(chosen, 'default-pipeline=');
    mustAgree(chosen, 'default-pipeline= max-iterations=1');
  });

  test.each([
    ['acyclic', false, ''],
    ['odd', false, ''],
    ['with rings', true, 'max-iterations=2'],
    ['with rings, looked at once', true, 'max-iterations=1'],
    ['small into large', false, 'inlining-threshold=60'],
    ['nothing', false, 'inlining-threshold=0'],
  ])('on random programs: %s', (title, recursive, options) => {
    mustAgree(drawn(60, recursive, title === 'odd'), `default-pipeline= ${options}`);
  });

  test('with canonicalisation before', () => {
    const simple = drawn(40, false, false, true);
    const then = ['--canonicalize'];
    // Every run of the judge turns constants round.
    const sorted = (text: string): readonly string[] => text.split('\n').sort();
    for (const pipelines of ['', 'op-pipelines=func.func(canonicalize,cse)'])
      expect(byOurs(simple, `inline{${pipelines}}`, then).map(sorted)).toEqual(
        byJudge(simple, [`--inline=${pipelines}`], then).map(sorted),
      );
  });
});

test('what programs compute stays', () => {
  const levels = [builtinSemantics, funcSemantics, arithSemantics, cfSemantics, scfSemantics];
  let inlined = 0;
  for (const text of drawn(150, false)) {
    const before = parsed(text);
    const { module } = passed(text, 'inline');
    inlined += before.region().blocks[0]!.operations.length - module.region().blocks[0]!.operations.length;
    const entry = `f${before.region().blocks[0]!.operations.length - 1}`;
    for (const condition of [0, 1])
      expect(evaluate(levels, module, entry, [3, -7, condition]), text).toEqual(
        evaluate(levels, before, entry, [3, -7, condition]),
      );
  }
  expect(inlined).toBeGreaterThan(100);
});

test('what the root itself names stays, which upstream forgets', () => {
  const text = `module attributes {m.entry = @f} {
    func.func private @f() { return }
    func.func @g() { func.call @f() : () -> () return }
  }`;
  expect(passed(text, 'inline').statistics).toEqual({ inlined: 1 });
});

test('statistics tell what was inlined and erased', () => {
  const text = `func.func private @f() { return }
    func.func @g() { func.call @f() : () -> () func.call @f() : () -> () return }`;
  expect(passed(text, 'inline').statistics).toEqual({ inlined: 2, erased: 1 });
});

test('a pipeline that cannot be read, and a root without symbols, are errors', () => {
  const text = 'func.func @f() { return }';
  const error = (pipeline: string): string => {
    try {
      passed(text, pipeline);
    } catch (caught) {
      if (caught instanceof DiagnosticError) return caught.message;
      throw caught;
    }
    return 'none';
  };
  expect(error('inline{default-pipeline=canonicalise}')).toContain("no pass is called 'canonicalise'");
  expect(error('inline{op-pipelines=cse}')).toContain("'op-pipelines' names pass 'cse', expected OPERATION(PASSES)");
  expect(error('builtin.module(func.func(inline))')).toContain('runs on operations that hold symbols');
});

test('many calls take time in proportion to their number', () => {
  const chain = Array.from(
    { length: 2000 },
    (_, at) => `func.func private @f${at}(%a: i32) -> i32 {
      %0 = arith.addi %a, %a : i32
      ${at === 0 ? '' : `%1 = func.call @f${Math.floor(at / 2)}_leaf(%0) : (i32) -> i32`}
      return %0 : i32 }
      func.func private @f${at}_leaf(%a: i32) -> i32 { %0 = arith.muli %a, %a : i32 return %0 : i32 }`,
  );
  const calls = chain.map((_, at) => `%${at + 1} = func.call @f${at}(%${at}) : (i32) -> i32`);
  const text = `module {\n${chain.join('\n')}\nfunc.func @main(%0: i32) -> i32 {\n${calls.join('\n')}\nreturn %2000 : i32 }\n}`;
  const start = performance.now();
  const { module } = passed(text, 'inline');
  expect(performance.now() - start).toBeLessThan(4_000);
  expect(module.region().entry?.operations.length).toBe(1);
});
