import { attr, element, f16, type MemRefType, memref, op, type Operation } from '../../ir/index.ts';
import { isContiguous } from './layout.ts';
import { vectorGroup } from './vector.ts';

const half = element('T', f16);

/** The tensor unit takes channels in groups of 64, on both sides, without gaps. */
function channelError(operation: Operation): string | undefined {
  for (const [at, value] of operation.operands.entries()) {
    const type = value.type as MemRefType;
    if (!isContiguous(type)) return `operand #${at} ${type.text} is not contiguous`;
    const channels = type.shape.at(-1) ?? 0;
    if (channels % vectorGroup !== 0)
      return `operand #${at} has ${channels} channels, expected a multiple of ${vectorGroup}`;
  }
  return undefined;
}

/** Convolution of one image tile: products summed over (kh, kw, c) in single precision, rounded once. */
export const conv = op('mlu.conv', {
  summary: 'convolution of one H × W × C tile with K filters',
  operands: {
    source: memref('H W C', 'nram', half),
    kernel: memref('K R S C', 'wram', half),
    target: memref('P Q K', 'nram', half),
  },
  attributes: { strides: attr.pair({ min: 1, max: 64, default: [1, 1] }) },
  assembly: '$source `,` $kernel `,` $target attr-dict `:` type($source) `,` type($kernel) `->` type($target)',
  verify: ({ H, W, R, S, P, Q, strides: [sh, sw] }) =>
    Math.floor((H - R) / sh) + 1 !== P || Math.floor((W - S) / sw) + 1 !== Q
      ? `has ${P} × ${Q} windows, expected ${Math.floor((H - R) / sh) + 1} × ${Math.floor((W - S) / sw) + 1}`
      : undefined,
  verifyOperation: channelError,
});

/** Matrix product of one tile: products summed over c in single precision, rounded once. */
export const mlp = op('mlu.mlp', {
  summary: 'M rows times the K rows of a transposed matrix',
  operands: {
    source: memref('M C', 'nram', half),
    kernel: memref('K C', 'wram', half),
    target: memref('M K', 'nram', half),
  },
  assembly: '$source `,` $kernel `,` $target attr-dict `:` type($source) `,` type($kernel) `->` type($target)',
  verifyOperation: channelError,
});
