import { attr, element, f16, f32, op, tensor } from '../../ir/index.ts';

const T = element('T', f16, f32);
const strides = attr.pair({ min: 1, max: 64, default: [1, 1] });
const dilations = attr.pair({ min: 1, max: 64, default: [1, 1] });

/** The number of windows of `taps` elements at distance `dilation` that fit into `extent`. */
export const windows = (extent: number, taps: number, stride: number, dilation = 1): number =>
  Math.floor((extent - (taps - 1) * dilation - 1) / stride) + 1;

interface Windowed {
  readonly H: number;
  readonly W: number;
  readonly R: number;
  readonly S: number;
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
}

const windowed = ({ H, W, R, S, strides: [sh, sw], dilations: [dh, dw] }: Windowed) => ({
  P: windows(H, R, sh, dh),
  Q: windows(W, S, sw, dw),
});
const filterFits = (bound: Windowed): string | undefined => {
  const { P, Q } = windowed(bound);
  return P < 1 || Q < 1
    ? `filter of ${bound.R} × ${bound.S} taps is larger than the image of ${bound.H} × ${bound.W}; pad the image`
    : undefined;
};

/** Slides `filter` over `image` and sums the products over (r, s, c). */
export const conv2d = op('tensorop.conv2d', {
  summary: '2-D convolution, NHWC image, KRSC filter; no padding of its own',
  operands: { image: tensor('N H W C', T), filter: tensor('K R S C', T) },
  attributes: { strides, dilations },
  results: { out: tensor('N P Q K', T) },
  dims: windowed,
  verify: filterFits,
  traits: ['pure'],
  assembly: '$image `,` $filter attr-dict `:` type($image) `,` type($filter) `->` type($out)',
});

/** Every channel has a filter of its own; products are summed over (r, s) in the accumulator type. */
export const depthwiseConv2d = op('tensorop.depthwise_conv2d', {
  summary: '2-D convolution of each channel with its own filter',
  operands: { image: tensor('N H W C', T), filter: tensor('R S C', T) },
  attributes: { strides, dilations, accumulator: attr.oneOf(['f32', 'f16'], { default: 'f32' }) },
  results: { out: tensor('N P Q C', T) },
  dims: windowed,
  verify: (bound) =>
    filterFits(bound) ??
    (bound.accumulator === 'f16' && bound.T === f32 ? `an accumulator of f16 needs operands of f16` : undefined),
  traits: ['pure'],
  assembly: '$image `,` $filter attr-dict `:` type($image) `,` type($filter) `->` type($out)',
});

/** Sums lhs[m, k] · rhs[k, n] over k. */
export const matmul = op('tensorop.matmul', {
  summary: 'matrix product, for each of a batch',
  operands: { lhs: tensor('...B M K', T), rhs: tensor('...B K N', T) },
  results: { out: tensor('...B M N', T) },
  traits: ['pure'],
  assembly: '$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($out)',
});
