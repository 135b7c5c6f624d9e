/** Operations of bounded passes are compared one by one, on the inputs that they have after the pass. */
import { describe, expect, test } from 'vitest';
import { Context, type Operation } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { differenceText } from '../../../tools/diff/finding-text.ts';
import { Judge, usualJudging } from '../../../tools/diff/judge.ts';
import { allDialects } from '../../../tools/lists.ts';

const t = 'tensor<4xf32>';
const h = 'tensor<4xf16>';
const module = (text: string): Operation => parseModule(text, new Context(allDialects));
// Whatever the first difference is, the second is zero: the results show nothing.
const single = `func.func @f(%a: ${t}, %b: ${t}) -> ${t} {
  %0 = tensorop.sub %a, %b : ${t} loc("f":1:1)
  %1 = tensorop.sub %0, %0 : ${t} loc("f":2:1)
  return %1 : ${t}
}`;
const half = (lhs: string, rhs: string, place = 'loc("f":1:1)'): string => `func.func @f(%a: ${t}, %b: ${t}) -> ${t} {
  %a16 = tensorop.cast %a : ${t} -> ${h} loc("f":1:1)
  %b16 = tensorop.cast %b : ${t} -> ${h} loc("f":1:1)
  %0 = tensorop.sub ${lhs}, ${rhs} : ${h} ${place}
  %1 = tensorop.sub %0, %0 : ${h} loc("f":2:1)
  %2 = tensorop.cast %1 : ${h} -> ${t} loc("f":2:1)
  return %2 : ${t}
}`;
const told = (before: string, after: string, contract: true | { readonly bound: string }): string | undefined => {
  const start = module(before);
  const judge = new Judge(start, { ...usualJudging, styles: ['small'] });
  const { difference } = judge.judge({ exact: contract, lacks: undefined }, module(after), undefined, start);
  return difference && differenceText(difference);
};

describe('a bounded pass', () => {
  const contract = { bound: 'rounding' };

  test('is asked for every operation', () => {
    expect(told(single, half('%a16', '%b16'), contract)).toBeUndefined();
    expect(told(single, half('%b16', '%a16'), contract)).toMatch(
      /^'tensorop\.sub' of f:1:1 in @f, element \d is, on the same inputs, \S+ before and \S+ after, more than \S+ apart$/,
    );
  });

  test('may put other operations in the place of what was there', () => {
    expect(told(single, half('%b16', '%a16', 'loc("f":9:1)'), contract)).toBeUndefined();
  });
});

test('what two programs of halves round in their own ways is added up', () => {
  const program = (quotient: string): string => `func.func @f(%a: ${t}, %b: ${t}) -> ${t} {
  %a16 = tensorop.cast %a : ${t} -> ${h} loc("f":1:1)
  %b16 = tensorop.cast %b : ${t} -> ${h} loc("f":1:2)
${quotient}
  %1 = tensorop.cast %0 : ${h} -> ${t} loc("f":2:1)
  return %1 : ${t}
}`;
  const quotient = program(`  %0 = tensorop.div %a16, %b16 : ${h} loc("f":3:1)`);
  const byReciprocal = (over: string): string =>
    program(`  %r = tensorop.recip ${over} : ${h} loc("f":3:1)\n  %0 = tensorop.mul %a16, %r : ${h} loc("f":3:1)`);
  const contract = { bound: 'three half roundings instead of one' };
  expect(told(quotient, byReciprocal('%b16'), contract)).toBeUndefined();
  expect(told(quotient, byReciprocal('%a16'), contract)).toMatch(/on the same inputs|result #0/);
});

test('of an exact pass the results count', () => {
  const other = single.replace('%a, %b :', '%b, %a :');
  expect(told(single, other, true)).toBeUndefined();
  expect(told(single, other.replace('%0, %0', '%0, %a'), true)).toMatch(/^result #0 of @f/);
});
