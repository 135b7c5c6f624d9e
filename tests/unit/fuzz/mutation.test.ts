import { describe, expect, test } from 'vitest';
import { Random } from '../../../tools/check/random.ts';
import { modulesOf, textCampaign } from '../../../tools/fuzz/text/campaign.ts';
import {
  mutateBytes,
  mutateLines,
  mutateMeaning,
  mutateRanges,
  mutateTokens,
} from '../../../tools/fuzz/text/mutation.ts';
import { classOf, rangesOf, tokensOf } from '../../../tools/fuzz/text/tokens.ts';

const text = '%0 = "t.a"(%1) <{a = [1, 2.0], b = "x\\"y"}> : (tensor<2x3xi8>) -> (i32) // end\n"t.b"() {c} : () -> ()';
const other = '%7 = "u.c"() ({\n^bb0(%a: f32):\n}) {d = array<i64: 1>} : () -> f32';

describe('random numbers', () => {
  test('are the same for the same seed and case, and others otherwise', () => {
    const first = (seed: number, stream: number): readonly number[] => {
      const random = new Random(seed, stream);
      return Array.from({ length: 4 }, () => random.word());
    };
    expect(first(1, 5)).toEqual(first(1, 5));
    const all = [0, 1, 2, 3].flatMap((seed) => [0, 1, 2, 3].map((stream) => first(seed, stream).join()));
    expect(new Set(all).size).toBe(16);
  });

  test('reach every choice about equally often', () => {
    const counts = [0, 0, 0, 0, 0];
    const at = (index: number): number => counts[index] ?? 0;
    for (let stream = 0; stream < 5000; stream++) {
      const choice = new Random(9, stream).below(5);
      counts[choice] = at(choice) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('tokens', () => {
  test('together are the text, whatever its bytes', () => {
    expect(tokensOf(text).join('')).toBe(text);
    const bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, at) => at));
    expect(tokensOf(bytes).join('')).toBe(bytes);
  });

  test('are told apart by what they are', () => {
    const classes = tokensOf(text).map((token) => classOf(token));
    for (const found of ['%', '"', 'word', 'number', 'shape', 'mark', 'blank', 'comment'])
      expect(classes).toContain(found);
    expect(tokensOf(text)).toContain('"x\\"y"');
    expect(tokensOf(text)).toContain('->');
  });

  test('brackets are matched, an arrow closes nothing, strays are passed over', () => {
    const inside = (of: string): readonly string[] => {
      const tokens = tokensOf(of);
      return rangesOf(tokens).map(({ open, close }) => tokens.slice(open, close + 1).join(''));
    };
    expect(inside('a<(b) -> [c]> }')).toEqual(['(b)', '[c]', '<(b) -> [c]>']);
    expect(inside('( [ ) ]')).toEqual(['( [ )']);
  });
});

describe.each([
  ['bytes', mutateBytes],
  ['tokens', mutateTokens],
  ['ranges', mutateRanges],
  ['lines', mutateLines],
  ['meaning', mutateMeaning],
] as const)('mutation of %s', (_, mutate) => {
  const many = (first: string, second: string): readonly string[] =>
    Array.from({ length: 300 }, (_, stream) => mutate(first, second, new Random(4, stream)));

  test('is the same for the same random numbers', () => {
    expect(many(text, other)).toEqual(many(text, other));
  });

  test('mostly changes the text, in many ways', () => {
    const changed = many(text, other).filter((one) => one !== text);
    expect(changed.length).toBeGreaterThan(150);
    expect(new Set(changed).size).toBeGreaterThan(10);
  });

  test('bears texts with nothing in them', () => {
    for (const odd of ['', ' ', '(', '\n', '\0']) expect(many(odd, odd)).toHaveLength(300);
  });
});

test('mutations together make what the campaign is to try', () => {
  const file = (name: string, of: string) => ({ name, bytes: Buffer.from(of, 'latin1') });
  const runner = textCampaign.open([file('a', text), file('b', other)]);
  const all = Array.from({ length: 3000 }, (_, stream) =>
    Buffer.from(runner.make(new Random(2, stream))).toString('latin1'),
  );
  for (const part of ['\0', '\xff', '\r', '\xef\xbb\xbf%', '\r\n"', '__proto__', '9'.repeat(400), 'u.c', 'i16777216'])
    expect(
      all.some((one) => one.includes(part)),
      part,
    ).toBe(true);
});

test('modules are taken out of files with separators, cases and expected outputs', () => {
  const bytes = Buffer.from('// paleo-opt: cse\n\n// # one\n"a"()\n// ==>\n"b"()\n\n// -----\n"c"()\n');
  expect(modulesOf([{ name: 'f.mlir', bytes }])).toEqual(['"a"()', '"b"()', '"c"()']);
});

test('nesting goes beyond every budget now and then', () => {
  const lengths = Array.from({ length: 3000 }, (_, stream) => mutateTokens(text, other, new Random(6, stream)).length);
  expect(Math.max(...lengths)).toBeGreaterThan(10_000);
});
