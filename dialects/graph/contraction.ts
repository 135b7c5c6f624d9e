import { attr, element, f16, f32, f64, op, optional, tensor } from '../../ir/index.ts';

const T = element('T', f32, f16, f64);

/** Extent of the result of a window that slides over a padded dimension. */
export const slid = (extent: number, pads: number, taps: number, stride: number, dilation = 1): number =>
  Math.floor((extent + pads - (taps - 1) * dilation - 1) / stride) + 1;

/** ONNX Conv in two dimensions. The padding is zeros that are multiplied like any value. */
export const conv = op('graph.conv', {
  summary: '2-D convolution, NCHW image, grouped filters, optional bias',
  description: 'Products are summed over (kh, kw, c) in order from +0; the bias is added after with its own rounding.',
  operands: { image: tensor('N C H W', T), filter: tensor('K G R S', T), bias: optional(tensor('K', T)) },
  attributes: {
    /** Top, left, bottom, right. */
    pads: attr.quad({ min: 0, max: 64, default: [0, 0, 0, 0] }),
    strides: attr.pair({ min: 1, max: 64, default: [1, 1] }),
    dilations: attr.pair({ min: 1, max: 64, default: [1, 1] }),
    group: attr.int({ min: 1, max: 65536, default: 1 }),
  },
  results: { out: tensor('N K P Q', T) },
  dims: ({ H, W, R, S, pads: [top, left, bottom, right], strides: [sh, sw], dilations: [dh, dw] }) => ({
    P: slid(H, top + bottom, R, sh, dh),
    Q: slid(W, left + right, S, sw, dw),
  }),
  sample: ({ G }, draw) => {
    const group = draw.int(1, 3);
    return { group, C: G * group, K: group * draw.int(1, 3) };
  },
  verify: ({ C, G, K, H, W, R, S, group, pads: [top, left, bottom, right], dilations: [dh, dw] }) => {
    if (C !== G * group) return `image has ${C} channels, the filter takes ${G} in each of ${group} groups`;
    if (K % group !== 0) return `filter has ${K} output channels, which do not divide into ${group} groups`;
    return slid(H, top + bottom, R, 1, dh) < 1 || slid(W, left + right, S, 1, dw) < 1
      ? `filter of ${R} × ${S} taps is larger than the padded image`
      : undefined;
  },
  traits: ['pure'],
  assembly:
    '$image `,` $filter (`,` $bias^)? attr-dict `:` type($image) `,` type($filter) (`,` type($bias)^)? `->` type($out)',
});

/** ONNX Gemm: alpha · A · B + beta · C, A and B possibly transposed. */
export const gemm = op('graph.gemm', {
  summary: 'matrix product with scaling and an optional broadcast addend',
  description: 'Products are summed over k in order from +0; then · alpha (unless 1), then + beta · c, each rounded.',
  operands: { lhs: tensor('A B', T), rhs: tensor('C D', T), addend: optional(tensor('...E', T)) },
  attributes: {
    alpha: attr.float({ default: 1 }),
    beta: attr.float({ default: 1 }),
    transA: attr.flag({ default: false }),
    transB: attr.flag({ default: false }),
  },
  results: { out: tensor('M N', T) },
  dims: ({ A, B, C, D, transA, transB }) => ({ M: transA ? B : A, N: transB ? C : D }),
  sample: ({ A, B, D, transA, transB }, draw) => {
    const [M, k] = transA ? [B, A] : [A, B];
    const N = D;
    const E = draw.of([[N], [1, N], [M, N], [M, 1], [1], []]);
    return { C: transB ? N : k, D: transB ? k : N, E };
  },
  verify: (bound) => {
    const { A, B, C, D, transA, transB } = bound;
    const [k, other] = [transA ? A : B, transB ? D : C];
    if (k !== other) return `lhs has k = ${k}, rhs has k = ${other}`;
    const { E } = bound as { E?: readonly number[] };
    const [M, N] = [transA ? B : A, transB ? C : D];
    if (E === undefined) return undefined;
    const fits = E.length <= 2 && E.every((extent, at) => extent === 1 || extent === [M, N][2 - E.length + at]);
    return fits ? undefined : `addend of [${E}] cannot be repeated to [${M}, ${N}]`;
  },
  traits: ['pure'],
  assembly:
    '$lhs `,` $rhs (`,` $addend^)? attr-dict `:` type($lhs) `,` type($rhs) (`,` type($addend)^)? `->` type($out)',
});

/** ONNX MatMul of equal batches. */
export const matmul = op('graph.matmul', {
  summary: 'matrix product, for each of a batch',
  operands: { lhs: tensor('...B M K', T), rhs: tensor('...B K N', T) },
  results: { out: tensor('...B M N', T) },
  traits: ['pure'],
  assembly: '$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($out)',
});
