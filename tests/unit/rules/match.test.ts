/** What rules match, what they do, and why they do not match. */
import { describe, expect, test } from 'vitest';
import { stringAttribute } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { noMatch, patternOnAny, runPass, type Settings } from '../../../rewrite/index.ts';
import { applyRules, loadRules, type Native, pureFunction } from '../../../rewrite/rules/index.ts';
import { missOf, newContext, rewritten } from './subject.ts';

const source = '%x = "t.x"() : () -> i32\n%y = "t.x"() : () -> i32\n';
const rule = (text: string): string => `rule r { ${text} }`;

describe('the pass apply-rules', () => {
  const run = (
    rules: string,
    settings: Partial<Settings<ReturnType<typeof applyRules>['knobs']>>,
  ): readonly string[] => {
    const context = newContext();
    const module = parseModule('"t.a"() : () -> ()\n"t.b"() : () -> ()', context);
    runPass(applyRules(loadRules(rules, 'my.rules', context)), module, settings);
    return printOperation(module)
      .split('\n')
      .slice(1, -1)
      .map((line) => line.trim().split('(')[0] as string);
  };
  const steps = 'rule ab { (t.a) => (t.b) }\nrule bc { (t.b) => (t.c) }';

  test('goes on until nothing changes, or looks at everything once', () => {
    expect(run(steps, {})).toEqual(['"t.c"', '"t.c"']);
    expect(run(steps, { driver: 'walk' })).toEqual(['"t.b"', '"t.c"']);
  });

  test('begins at the first operation, or at the last', () => {
    const order: string[] = [];
    const context = newContext();
    const module = parseModule(
      '"t.a"() ({\n"t.b"() : () -> ()\n"t.c"() : () -> ()\n}) : () -> ()\n"t.d"() : () -> ()',
      context,
    );
    const watch = patternOnAny('watch', (operation) => {
      order.push(operation.name);
      return noMatch('only looks');
    });
    runPass(applyRules([watch]), module);
    runPass(applyRules([watch]), module, { topDown: false });
    expect(order).toEqual(['t.a', 't.b', 't.c', 't.d', 't.d', 't.a', 't.c', 't.b']);
  });
});

describe('matching', () => {
  test('operands of declared commutative operations stand in either order', () => {
    const rules = rule('(arith.addi %x, (arith.constant {value = 0 : i32})) => %x');
    const body = `${source}%c = arith.constant 0 : i32\n%0 = arith.addi %c, %x : i32\n%1 = arith.subi %c, %y : i32\n"t.use"(%0, %1) : (i32, i32) -> ()`;
    expect(rewritten(rules, body).at(-1)).toBe('"t.use"(%1, %3) : (i32, i32) -> ()');
    const [subtract] = [rule('(arith.subi %x, (arith.constant {value = 0 : i32})) => %x')];
    expect(rewritten(subtract, body).some((line) => line.includes('subi'))).toBe(true);
  });

  test('two commutative operations make four orders', () => {
    const rules = rule('(commutative t.a (commutative t.b %x, (t.k)), (t.l)) => %x');
    for (const [b, a] of [
      ['%x, %k', '%b, %l'],
      ['%k, %x', '%b, %l'],
      ['%x, %k', '%l, %b'],
      ['%k, %x', '%l, %b'],
    ] as const)
      expect(
        rewritten(
          rules,
          `${source}%k = "t.k"() : () -> i32\n%l = "t.l"() : () -> i32\n%b = "t.b"(${b}) : (i32, i32) -> i32\n` +
            `%a = "t.a"(${a}) : (i32, i32) -> i32\n"t.use"(%a) : (i32) -> ()`,
        ).at(-1),
      ).toBe('"t.use"(%0) : (i32) -> ()');
  });

  test('what stands twice is the same', () => {
    const rules = rule('(t.a %x, %x {k = #c, l = #c} -> !t, !t) => erase').replace('!t, !t', '(!t, !t)');
    const with_ = (operands: string, attributes: string, types: string): string =>
      missOf(rules, `${source}%0:2 = "t.a"(${operands}) {${attributes}} : (i32, i32) -> (${types})`);
    expect(with_('%x, %x', 'k = 1, l = 1', 'f32, f32')).toBe('it matches');
    expect(with_('%x, %y', 'k = 1, l = 1', 'f32, f32')).toBe("operand #1 of 't.a' is not what 'x' stands for already");
    expect(with_('%x, %x', 'k = 1, l = 2', 'f32, f32')).toBe(
      "attribute 'l' of 't.a' is not what 'c' stands for already",
    );
    expect(with_('%x, %x', 'k = 1, l = 1', 'f32, f64')).toBe("result #1 of 't.a' is not what 't' stands for already");
  });

  test.each([
    ['(t.a %a, %b, %c) => erase', "'t.a' has 2 operands, expected 3"],
    ['(t.a %a, %b, %c, %r...) => erase', "'t.a' has 2 operands, expected at least 3"],
    ['(t.a %a : f32, %b) => erase', "operand #0 of 't.a' is i32, expected f32"],
    ['(t.a %a, %b {m = 1 : i32}) => erase', "'t.a' has no attribute 'm'"],
    ['(t.a %a, %b {k = 2 : i8}) => erase', "attribute 'k' of 't.a' is 1 : i8, expected 2 : i8"],
    ['(t.a %a, %b {k = #c : i32}) => erase', "attribute 'k' of 't.a' is i8, expected i32"],
    ['(t.a %a, %b {u = #c : i32}) => erase', "attribute 'u' of 't.a' has no type"],
    ['(t.a %a, %b -> ()) => erase', "'t.a' has 1 results, expected 0"],
    ['(t.a %a, %b -> (i32, i32, !t...)) => erase', "'t.a' has 1 results, expected at least 2"],
    ['(t.a %a, %b -> f32) => erase', "result #0 of 't.a' is i32, expected f32"],
    ['(t.a (t.b), %b) => erase', "expected 't.b', found 't.x'"],
    ['(t.a (t.x)#1, %b) => erase', "operand #0 of 't.a' is result #0 of 't.x', expected #1"],
    ['%s = (t.x) (t.a %s#0, %s#0) => erase', 'one operation of the rule would stand for two'],
    ['(t.b) => erase', "expected 't.b', found 't.a'"],
    ['(t.a %a, %b -> !t) where is-float(!t) => erase', "condition 'is-float' does not hold"],
    ['(t.a %a, %b -> !t) where not is-integer(!t) => erase', "condition 'not is-integer' does not hold"],
    ['(t.a %a, %b {u = #c}) where is-zero(#c) => erase', 'unit is no integer'],
    [
      '(t.a %a, %b {k = #c, l = #d}) => (t.c {k = add(#c, #d)} -> i32)',
      /'add' gives nothing: 1 : i8 and 2 : i16 are not two/,
    ],
    ['%s = (t.x) (t.a %s, %b) => %b erase %s', "'t.x' would be erased, but 't.other' reads it"],
    ['(t.a %r... -> !t) where is-integer(!t) => erase', 'it matches'],
  ])('%s: %s', (text, reason) => {
    const body = `${source}"t.other"(%x) : (i32) -> ()\n%0 = "t.a"(%x, %y) {k = 1 : i8, l = 2 : i16, u} : (i32, i32) -> i32`;
    const miss = missOf(rule(text), body);
    if (typeof reason === 'string') expect(miss).toBe(reason);
    else expect(miss).toMatch(reason);
  });

  test('rests that stand twice are the same lists', () => {
    const rules = rule('(t.a (t.b %r... -> (i32, !q...)), %r... -> (!q...)) => erase');
    const with_ = (first: string, then: string, types: string): string => {
      const count = (list: string): string =>
        `(${list
          .split(', ')
          .map(() => 'i32')
          .join(', ')})`;
      return missOf(
        rules,
        `${source}%0:2 = "t.b"(${first}) : ${count(first)} -> (i32, f32)\n` +
          `%1${types.includes(',') ? ':2' : ''} = "t.a"(%0#0, ${then}) : ${count(`_, ${then}`)} -> (${types})`,
      );
    };
    expect(with_('%x, %y', '%x, %y', 'f32')).toBe('it matches');
    for (const then of ['%y, %x', '%x', '%x, %y, %x'])
      expect(with_('%x, %y', then, 'f32')).toBe("the last operands of 't.a' are not what 'r' stands for already");
    for (const types of ['f64', 'f32, f32'])
      expect(with_('%x, %y', '%x, %y', types)).toBe("the last results of 't.a' are not what 'q' stands for already");
  });

  test('a block argument is no operation', () => {
    const body = '"t.f"() ({\n^bb0(%x: i32):\n"t.a"(%x) : (i32) -> ()\n}) : () -> ()';
    const rules = rule('(t.a (t.x)) => erase');
    expect(rewritten(rules, body).join(' ')).toContain('t.a');
    expect(rewritten(rule('(t.a %x) where is-argument(%x) => erase'), body).join(' ')).not.toContain('t.a');
  });
});

describe('rewriting', () => {
  const last = (rules: string, body: string, natives?: ReadonlyMap<string, Native>): readonly string[] =>
    rewritten(rule(rules), source + body, natives ? { natives } : {}).slice(2);

  test('several results are replaced by values or by one operation', () => {
    const body = '%0:2 = "t.a"(%x) {k = 1} : (i32) -> (i32, i32)\n"t.use"(%0#0, %0#1) : (i32, i32) -> ()';
    expect(last('(t.a %v : !t -> (!t, i32)) => %v, (t.b %v -> i32)', body)).toEqual([
      '%2 = "t.b"(%0) : (i32) -> i32',
      '"t.use"(%0, %2) : (i32, i32) -> ()',
    ]);
    expect(last('(t.a %v {k = #k}) => (t.b %v, %v {l = #k, u})', body)).toEqual([
      '%2:2 = "t.b"(%0, %0) {l = 1 : i64, u} : (i32, i32) -> (i32, i32)',
      '"t.use"(%2#0, %2#1) : (i32, i32) -> ()',
    ]);
    expect(last('(t.a %v) => %n = (t.b -> (i32, f32, i32)) %n#2, %n', body)).toEqual([
      '%2:3 = "t.b"() : () -> (i32, f32, i32)',
      '"t.use"(%2#2, %2#0) : (i32, i32) -> ()',
    ]);
  });

  test('rests are carried over', () => {
    const body = '%0:2 = "t.a"(%x, %y, %x) : (i32, i32, i32) -> (f32, i8)\n"t.use"(%0#0) : (f32) -> ()';
    expect(last('(t.a %v, %r... -> (f32, !q...)) => (t.b %r..., %v -> (f32, !q...))', body)).toEqual([
      '%2:2 = "t.b"(%1, %0, %0) : (i32, i32, i32) -> (f32, i8)',
      '"t.use"(%2#0) : (f32) -> ()',
    ]);
  });

  test('operations before the root are replaced and erased as well', () => {
    const body = '%0 = "t.a"(%x) : (i32) -> i32\n%1 = "t.b"(%0) : (i32) -> i32\n"t.use"(%1) : (i32) -> ()';
    expect(last('%a = (t.a %v) (t.b %a) => (t.ab %v) erase %a', body)).toEqual([
      '%2 = "t.ab"(%0) : (i32) -> i32',
      '"t.use"(%2) : (i32) -> ()',
    ]);
    const read = body.replace('"t.use"(%1) : (i32)', '"t.use"(%0, %1) : (i32, i32)');
    expect(last('%a = (t.a %v) (t.b %a) => replace %a with %v (t.c %v)', read)).toEqual([
      '%2 = "t.c"(%0) : (i32) -> i32',
      '"t.use"(%0, %2) : (i32, i32) -> ()',
    ]);
  });

  test('functions compute attributes and types, in the type that they have', () => {
    const body = '%0 = "t.a"() {k = 100 : i8, l = 100 : i8} : () -> i8\n"t.use"(%0) : (i8) -> ()';
    const [made] = last(
      '(t.a {k = #k, l = #l} -> !t) => #s = add(#k, #l) (t.b {s = #s, f = number(3, f32), n = number(3, !t), m = multiply(#s, #s)} -> !t)',
      body,
    );
    expect(made).toBe('%2 = "t.b"() {f = 3.000000e+00 : f32, m = 64 : i8, n = 3 : i8, s = -56 : i8} : () -> i8');
  });

  test('declared operations get the types that follow', () => {
    const body = '%0 = "t.a"(%x) : (i32) -> i32\n"t.use"(%0) : (i32) -> ()';
    expect(last('(t.a %v) => %n = (arith.addi %v, %v) %n', body)[0]).toBe('%2 = arith.addi %0, %0 : i32');
    expect(() => last('(t.a %v) => %n = (arith.addf %v, %v) %n', body)).toThrow(
      /pattern 'r' on 't.a' builds an invalid operation: arith.addf/,
    );
  });

  test('helpers of the caller are found by name', () => {
    const natives = new Map<string, Native>([
      [
        'loud',
        pureFunction(['attribute'], 'attribute', (a) =>
          a.kind === 'string' ? stringAttribute(a.value.toUpperCase()) : 'no text',
        ),
      ],
    ]);
    const body = '%0 = "t.a"() {k = "hi"} : () -> i32\n"t.use"(%0) : (i32) -> ()';
    expect(last('(t.a {k = #k}) => (t.b {k = loud(#k)})', body, natives)[0]).toContain('k = "HI"');
  });

  test('of several rules the largest benefit is taken, of equal ones the first; groups choose', () => {
    const rules =
      'rule a group slow, old { (t.a) => (t.slow) }\nrule b benefit 3 group fast { (t.a) => (t.fast) }\nrule c { (t.a) => (t.c) }';
    const body = '%0 = "t.a"() : () -> i32\n"t.use"(%0) : (i32) -> ()';
    expect(rewritten(rules, body)[0]).toContain('t.fast');
    expect(rewritten(rules, body, { groups: ['old'] })[0]).toContain('t.slow');
    expect(rewritten(rules, body, { groups: [] })[0]).toContain('t.c');
  });
});
