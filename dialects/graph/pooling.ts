import { attr, element, f16, f32, f64, op, tensor } from '../../ir/index.ts';
import { samplePool } from '../builtin/sample.ts';
import { slid } from './contraction.ts';

const T = element('T', f32, f16, f64);

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
  P: slid(H, top + bottom, kh, sh),
  Q: slid(W, left + right, kw, sw),
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

/** ONNX MaxPool; the padding counts for nothing. */
export const maxPool = op('graph.max_pool', {
  summary: 'maximum of each window, NaN if any is',
  operands: { image: tensor('N C H W', T) },
  attributes: shape,
  results: { out: tensor('N C P Q', T) },
  dims: pooled,
  sample: ({ H, W }, draw) => samplePool(H, W, draw),
  verify: windowFits,
  traits: ['pure'],
  assembly: '$image attr-dict `:` type($image) `->` type($out)',
});

/** ONNX AveragePool: the sum over (kh, kw) from +0, divided by the number of taps that count. */
export const averagePool = op('graph.average_pool', {
  summary: 'mean of each window',
  operands: { image: tensor('N C H W', T) },
  attributes: { ...shape, count_include_pad: attr.flag({ default: false }) },
  results: { out: tensor('N C P Q', T) },
  dims: pooled,
  sample: ({ H, W }, draw) => samplePool(H, W, draw),
  verify: windowFits,
  traits: ['pure'],
  assembly: '$image attr-dict `:` type($image) `->` type($out)',
});

/** ONNX GlobalAveragePool: the mean over the whole image. */
export const globalAveragePool = op('graph.global_average_pool', {
  summary: 'mean of each channel',
  operands: { image: tensor('N C H W', T) },
  results: { out: tensor('N C 1 1', T) },
  traits: ['pure'],
  assembly: '$image attr-dict `:` type($image) `->` type($out)',
});
