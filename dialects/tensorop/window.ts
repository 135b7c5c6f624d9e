import { attr, element, f16, f32, op, tensor } from '../../ir/index.ts';
import { samplePool } from '../builtin/sample.ts';
import { windows } from './contraction.ts';

const T = element('T', f16, f32);

const shape = {
  kernel: attr.pair({ min: 1, max: 4096 }),
  strides: attr.pair({ min: 1, max: 64, default: [1, 1] }),
  /** Top, left, bottom, right. */
  pads: attr.quad({ min: 0, max: 64, default: [0, 0, 0, 0] }),
};

interface Pool {
  readonly H: number;
  readonly W: number;
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pads: readonly [number, number, number, number];
}
const pooled = ({ H, W, kernel: [kh, kw], strides: [sh, sw], pads: [top, left, bottom, right] }: Pool) => ({
  P: windows(top + H + bottom, kh, sh),
  Q: windows(left + W + right, kw, sw),
});
const windowFits = (bound: Pool): string | undefined => {
  const { P, Q } = pooled(bound);
  const {
    kernel: [kh, kw],
    pads: [top, left, bottom, right],
  } = bound;
  if (P < 1 || Q < 1) return `window of ${kh} × ${kw} is larger than the padded image`;
  return Math.max(top, bottom) >= kh || Math.max(left, right) >= kw
    ? `pads [${bound.pads}] reach a whole window of ${kh} × ${kw}, which would then see no image`
    : undefined;
};

/** The largest element of each window; the padding counts for nothing. */
export const maxPool = op('tensorop.max_pool', {
  summary: 'maximum of each window, NaN if any is',
  operands: { image: tensor('N H W C', T) },
  attributes: shape,
  results: { out: tensor('N P Q C', T) },
  dims: pooled,
  sample: ({ H, W }, draw) => samplePool(H, W, draw),
  verify: windowFits,
  traits: ['pure'],
  assembly: '$image attr-dict `:` type($image) `->` type($out)',
});

/** Sum over (r, s) in single precision, over the number of taps in the image (or all), rounded once. */
export const averagePool = op('tensorop.average_pool', {
  summary: 'mean of each window',
  operands: { image: tensor('N H W C', T) },
  attributes: { ...shape, count_include_pad: attr.flag({ default: false }) },
  results: { out: tensor('N P Q C', T) },
  dims: pooled,
  sample: ({ H, W }, draw) => samplePool(H, W, draw),
  verify: windowFits,
  traits: ['pure'],
  assembly: '$image attr-dict `:` type($image) `->` type($out)',
});

const rowReduction = <const N extends `tensorop.${string}`>(name: N, summary: string) =>
  op(name, {
    summary,
    operands: { input: tensor('...S C', T) },
    results: { out: tensor('...S 1', T) },
    traits: ['pure'],
    assembly: '$input attr-dict `:` type($input) `->` type($out)',
  });

/** Sums over the last dimension in order, in single precision from +0, rounded once. */
export const reduceSum = rowReduction('tensorop.reduce_sum', 'sum over the last dimension');
/** The largest of the last dimension. */
export const reduceMax = rowReduction('tensorop.reduce_max', 'maximum over the last dimension, NaN if any is');
