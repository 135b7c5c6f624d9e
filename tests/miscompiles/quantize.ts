/** Wrong rewrites of fixed point: another rounding, no limits, another position. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import { tensoropPatterns } from '../../dialects/tensorop/patterns.ts';
import { integerAttribute, signedInteger } from '../../ir/index.ts';
import { castToHalf } from '../../lowering/precision.ts';
import { noMatch, type Pass, type RewritePattern, rule } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import { type Miscompile, only, peephole } from './miscompile.ts';

const { dequantize, quantize, requantize } = tensorop.ops;

const wrong: readonly (readonly [area: string, pattern: RewritePattern])[] = [
  [
    'rounding',
    rule('ties-away-from-zero', {
      match: requantize.of({ input: 'q', shift: 's', rounding: 'r' }),
      build: ({ q, s, r }, root) =>
        s > 0 && r === 'nearest'
          ? requantize({ input: q, shift: s, rounding: 'away', types: [root.result().type] })
          : noMatch('no tie'),
    }),
  ],
  [
    'saturation',
    rule('requantise-without-limits', {
      match: requantize.of({ input: requantize.of({ input: 'q', shift: 'a' }), shift: 'b', rounding: 'r' }),
      build: ({ q, a, b, r }, root) =>
        a <= 0 ? requantize({ input: q, shift: a + b, rounding: r, types: [root.result().type] }) : noMatch('rounds'),
    }),
  ],
  [
    'position',
    rule('dequantise-other-position', {
      match: dequantize.of({ input: requantize.of({ input: 'q', shift: 's' }), position: 'p' }),
      build: ({ q, s, p }, root) => dequantize({ input: q, position: p + s, types: [root.result().type] }),
    }),
  ],
];

/** Bytes that are requantised twice and become halves. */
function requantised(at: number): string {
  const random = new Random(9, at);
  const count = 1 + random.below(8);
  const [bytes, words, halves] = ['i8', 'i16', 'f16'].map((element) => `tensor<${count}x${element}>`);
  const shift = (): number => random.below(7) - 3;
  return `func.func @main(%a: ${bytes}, %b: ${words}) -> (${halves}, ${halves}) {
    %0 = tensorop.requantize %a {shift = ${shift()}} : ${bytes} -> ${bytes}
    %1 = tensorop.requantize %0 {shift = ${shift()}} : ${bytes} -> ${words}
    %2 = tensorop.dequantize %1 {position = -4} : ${words} -> ${halves}
    %3 = tensorop.requantize %b {shift = ${shift()}} : ${words} -> ${bytes}
    %4 = tensorop.dequantize %3 {position = ${shift()}} : ${bytes} -> ${halves}
    return %2, %4 : ${halves}, ${halves}
  }`;
}

/** A cast to half after which numbers are quantised at the next position. */
const castWithOtherPosition: Pass = {
  ...(castToHalf as unknown as Pass),
  run(root, settings, context) {
    (castToHalf as unknown as Pass).run(root, settings, context);
    root.walk((operation) => {
      const position = operation.is(quantize) && signedInteger(operation.attribute('position'));
      if (typeof position === 'bigint') operation.setAttribute('position', integerAttribute(Number(position) + 1));
    });
  },
};
function quantised(at: number): string {
  const random = new Random(4, at);
  const count = 1 + random.below(8);
  const [singles, bytes] = [`tensor<${count}xf32>`, `tensor<${count}xi8>`];
  return `func.func @main(%a: ${singles}) -> ${bytes} {
    %0 = tensorop.relu %a : ${singles}
    %1 = tensorop.quantize %0 {position = ${random.below(4) - 6}} : ${singles} -> ${bytes}
    return %1 : ${bytes}
  }`;
}

/** The wrong rewrites of fixed point, among the canonical patterns, and a wrong cast. */
export const quantizeMiscompiles: readonly Miscompile[] = [
  ...wrong.map(([area, one]) => ({
    name: `fixed point, ${one.name}`,
    area,
    pipeline: only(peephole('canonical', [one, ...tensoropPatterns])),
    pass: 'canonical',
    pattern: one.name,
    program: requantised,
  })),
  {
    name: 'fixed point, another position in half',
    area: 'position',
    pipeline: only(castWithOtherPosition),
    pass: castToHalf.name,
    pattern: undefined,
    program: quantised,
  },
];
