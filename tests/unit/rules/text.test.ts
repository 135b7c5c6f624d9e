/** The text of rules: what is refused and how, and that printing is reading's inverse. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../../ir/index.ts';
import { builtinNatives, parseRules, printRules } from '../../../rewrite/rules/index.ts';
import { Random } from '../../../tools/check/random.ts';
import { judgeNatives } from '../../rules/judged.ts';
import { randomRule } from '../../rules/random-rules.ts';
import { complaints, newContext } from './subject.ts';

describe('what is refused', () => {
  test('has its line and a caret', () => {
    expect(complaints('rule add-zero {\n  (arith.addi %x, 5)\n  => %x\n}')).toBe(
      "my.rules:2:19: error: found '5', expected a value such as '%x', or an operation in parentheses\n" +
        '  (arith.addi %x, 5)\n                  ^',
    );
  });

  test('of several wrong rules, all are told', () => {
    expect(complaints('rule a { (t.a) => %x }\nrule b { (t.a) where is-even(!t) => erase }')).toMatch(
      /^my\.rules:1:19: error: rule 'a': '%x' stands for nothing; it is not matched[\s\S]*my\.rules:2:22: error: rule 'b': no condition 'is-even'; known: is-integer, /,
    );
  });

  test.each([
    ['rule', "found the end of the text, expected the rule's name"],
    ['match a { (t.a) => erase }', "found 'match', expected 'rule'"],
    ['rule a { (t.a) => erase }\nrule a { (t.a) => erase }', "2:1: error: rule 'a' is defined twice"],
    ['rule a benefit x { (t.a) => erase }', "found 'x', expected the benefit, a number"],
    ['rule a benefit 99999 { (t.a) => erase }', 'benefit is 99999, expected 0 to 32767'],
    ['rule a { => erase }', "found '=', expected an operation in parentheses"],
    ['rule a { (t.a) = > erase }', "found '=', expected an operation, 'where' or '=>'"],
    ['rule a { (t.a %x => erase }', "found '=', expected ')' that closes the operation"],
    ['rule a { (t.a) }', "found '}', expected an operation, 'where' or '=>'"],
    ['rule a { (t.a) => }', "found '}', expected what replaces the root, or 'erase'"],
    ['rule a { (t.a) => erase', "found the end of the text, expected a step or '}'"],
    ['rule a { (t.a %x..., %y) => erase }', 'the rest of the operands comes last'],
    ['rule a { (t.a -> (!t..., i32)) => erase }', 'as the rest of the types comes last'],
    ['rule a { (t.a {k = }) => erase }', "found '}', expected an attribute"],
    ['rule a { (t.a {k = tensor<}) => erase }', "found '}', expected"],
    ['rule a { (t.a {k = #a : 5}) => erase }', "found '5', expected a type"],
    ['rule a { (t.a {k 5}) => erase }', "found '5', expected '=', ',' or '}'"],
    ['rule a { (t.a -> 5) => erase }', "found '5', expected a type"],
    ['rule a { %s = %x (t.a) => erase }', "found '%x', expected '(' that begins an operation"],
    ['rule a { (5) => erase }', "found '5', expected the name of an operation, or '_' for any"],
    ['rule a { (t.a) => (_) }', "an operation that is made needs a name, found '_'"],
    ['rule a { (t.a) => (commutative t.b %x, %y) }', "'commutative' is for operations that are matched"],
    ['rule a { (commutative t.a %x) => erase }', "'t.a' is commutative, so it takes exactly two operands"],
    ['rule a { (t.a) => replace %x with }', "found '}', expected a value"],
    ['rule a { (t.a %x) => %x#... }', "'%x' is no operation, so it has no results"],
    ['rule a { (t.a %x {k = #x}) => (t.b {k = #y}) }', "'#y' stands for nothing; it is not matched"],
    ['rule a { (t.a) (t.b) => erase }', "is not reached from the root 't.b' through operands"],
    ['rule a { %s = (t.a) %s = (t.b %s) => erase }', "'%s' is defined twice"],
    ['rule a { (t.a %s, %s...) => erase }', "'%s' stands for a value already, not for a list of values"],
    ['rule a { (t.a %x) => (t.b (t.c %x)) }', "'t.c' is not declared, so its result needs a type; write it after '->'"],
    ['rule a { (t.a %x) => %n = (t.b -> i32) %n#1 }', "'t.b' is made with 1 results, none is #1"],
    ['rule a { %s = (t.b) (t.a %s) => erase %s }', "the root 't.a' is neither replaced nor erased"],
    ['rule a { (t.a %x) => %x %x }', "'%0' is replaced or erased twice"],
    ['rule a { %s = (t.b) (t.a %s) => erase erase %x }', "'%x' is no matched operation"],
    ['rule a { %s = (t.b) (t.a %s) => replace %s with (t.c) %s }', "'%s#0' is read after '%s' was replaced or erased"],
    ['rule a { %s = (t.b) (t.a %s) => %s erase %s }', "'%s' is erased, but the rule still reads it"],
    ['rule a { %r = (t.a) => %n = (t.b %r -> i32) (t.c %n) }', "what replaces '%r' reads it; it would read itself"],
    ['rule a { (t.a {k = 1, k = 2}) => erase }', "attribute 'k' is asked for twice"],
    [
      'rule a { (t.a {k = #a}) where is-zero(#a, #a) => erase }',
      "'is-zero' takes (attribute), found (attribute, attribute): #a, #a",
    ],
    ['rule a { (t.a {k = #a}) where add(#a, #a) => erase }', "'add' is a function, expected a condition"],
    ['rule a { (t.a {k = #a}) => (t.b {k = is-zero(#a)}) }', "'is-zero' is a condition, expected a function"],
    ['rule a { (t.a {k = #a}) => !t = add(#a, #a) (t.b) }', "'add' gives attribute, found names for type"],
    ['rule a { (arith.addx %x) => erase }', "dialect 'arith' has no operation 'arith.addx'"],
    ['rule a { (arith.addi %x) => %x }', "'arith.addi' has 2 operands, the rule gives 1"],
    ['rule a { (arith.addi %x, %y -> (i32, i32)) => %x }', "'arith.addi' has 1 results, the rule gives 2 types"],
    ['rule a { (t.a -> !t) => (arith.constant -> !t) }', "'arith.constant' needs attribute 'value'"],
    ['rule a { (t.a %x) => (scf.if %x) }', "'scf.if' has regions or successors, which a rule cannot make"],
    [`rule a { ${'(t.a '.repeat(300)}`, 'nested deeper than 200 operations'],
    [`rule a { (t.a) => (t.b {k = ${'add('.repeat(300)}`, 'nested deeper than 200 calls'],
    ['rule "a', 'expected'],
  ])('%s', (rules, message) => {
    expect(complaints(rules)).toContain(message);
  });

  test('operations of unknown dialects, where these are not allowed', () => {
    const context = newContext();
    context.allowUnregistered = false;
    expect(() => parseRules('rule a { (t.a) => erase }', 'my.rules', context)).toThrow(
      "operation 't.a' is of a dialect that is not loaded; allow unregistered dialects",
    );
  });

  test('whatever is cut or exchanged, nothing but a diagnostic comes of it', () => {
    const random = new Random(11);
    let refused = 0;
    for (let at = 0; at < 400; at++) {
      const text = randomRule(random, 'r', 1);
      const from = random.below(text.length);
      const piece = random.pick([
        '',
        '%',
        '#...',
        '...',
        ')',
        '(',
        '=>',
        '{',
        '"',
        '!',
        ' -> ',
        'tensor<',
        '#a',
        '0x',
        '\u{1f600}',
      ]);
      try {
        parseRules(text.slice(0, from) + piece + text.slice(from + random.below(4)), 'r', newContext(), {
          natives: judgeNatives,
        });
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(200);
  });
});

describe('docs/rules.md', () => {
  const page = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  /** The patterns and rewrites that tables show, by what begins them. */
  const shown = [...page.matchAll(/^\| (`.*?)(?<!\\) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text),
  );

  test('has rules that can be read', () => {
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.map(complaints)).toEqual(blocks.map(() => ''));
  });

  test('has tables of what can be matched', () => {
    const matched = shown.filter((text) => /^\([\w(]/.test(text));
    expect(matched.length).toBeGreaterThan(10);
    expect(matched.map((text) => complaints(`rule r { ${text} => erase }`))).toEqual(matched.map(() => ''));
  });

  test('names every native helper', () => {
    const missing = [...builtinNatives.keys()].filter(
      (name) => !page.includes(`\`${name}\``) && !page.includes(`\`${name}(`),
    );
    expect(missing).toEqual([]);
  });
});

describe('printing', () => {
  test.each([
    'rule "a b" benefit 2 group x, "y z" { ("odd name" %x, ... {"k 1" = "s", u}) where not is-unused(%x) => erase }',
    'rule r { %s = (t.s %a... -> (i32, !t...)) (commutative t.b %s#1 : f32, %x : !u {k = #k : !u}) => let %n : operation, #v = make(%s, %s#...) call(%n) replace %s with %a... (t.c %n#0, %a... {k = #v} -> (!t...)) }',
    'rule r { (_ -> ()) => !t = element-type(f32) (t.b {k = type-attribute(!t)} -> ()) }',
  ])('%s', (text) => {
    const context = newContext();
    const options = { unknownNatives: true };
    const printed = printRules(parseRules(text, 'r', context, options));
    expect(printRules(parseRules(printed, 'r', context, options))).toBe(printed);
  });

  test('random rules come back as they were', () => {
    const random = new Random(5);
    for (let at = 0; at < 200; at++) {
      const context = newContext();
      const read = (text: string) =>
        parseRules(text, 'r', context, { natives: judgeNatives }).map((rule) => JSON.stringify(rule, withoutPlaces));
      const text = randomRule(random, 'r', 1);
      const rules = parseRules(text, 'r', context, { natives: judgeNatives });
      expect(read(printRules(rules))).toEqual(read(text));
    }
  });
});

/** Locations differ between a text and its print. */
const withoutPlaces = (key: string, value: unknown): unknown => (key === 'location' ? undefined : value);
