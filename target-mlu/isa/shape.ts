/** Padding and transposition of halves. */
import { destination, groups, number, size, source } from '../field.ts';
import { instruction } from '../instruction.ts';

/** dst[y + top, x + left, k] = src[y, x, k], the value elsewhere. */
const pad = instruction('pad.nram.f16', {
  opcode: 0x200,
  pipe: 'vector',
  summary: 'an image [h, w, c] with a border of a constant on each side',
  fields: {
    dst: destination('nram', 'result [top + h + bottom, left + w + right, c]'),
    src: source('nram', 'image [h, w, c]'),
    c: groups('channels'),
    h: size('rows of the image'),
    w: size('columns of the image'),
    top: size('rows above', 0),
    bottom: size('rows below', 0),
    left: size('columns before', 0),
    right: size('columns behind', 0),
    value: number('bit pattern of the border; the low 16 bits count'),
  },
  syntax: '[$dst], [$src], $c, $h, $w, $top, $bottom, $left, $right, $value',
  touches: ({ c, h, w, top, bottom, left, right }) => ({
    dst: { bytes: 2 * (top + h + bottom) * (left + w + right) * c },
    src: { bytes: 2 * h * w * c },
  }),
  execute({ nram: { halves } }, { dst, src, c, h, w, top, bottom, left, right, value }) {
    const row = (left + w + right) * c;
    const to = dst / 2;
    halves.fill(value % 65536, to, to + (top + h + bottom) * row);
    for (let y = 0; y < h; y++) {
      const from = src / 2 + y * w * c;
      halves.copyWithin(to + (top + y) * row + left * c, from, from + w * c);
    }
  },
  cycles: (throughput, { c, h, w, top, bottom, left, right }) =>
    throughput.vector(2 * (top + h + bottom) * (left + w + right) * c),
});

/** dst[x, y] = src[y, x]. */
const transpose = instruction('trans.nram.f16', {
  opcode: 0x201,
  pipe: 'vector',
  summary: 'the transpose [w, h] of a matrix [h, w]',
  fields: {
    dst: destination('nram', 'result [w, h]'),
    src: source('nram', 'matrix [h, w]'),
    h: groups('rows of the matrix'),
    w: groups('columns of the matrix'),
  },
  syntax: '[$dst], [$src], $h, $w',
  touches: ({ h, w }) => ({ dst: { bytes: 2 * h * w }, src: { bytes: 2 * h * w } }),
  execute({ nram: { halves } }, { dst, src, h, w }) {
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) halves[dst / 2 + x * h + y] = halves[src / 2 + y * w + x] as number;
    }
  },
  cycles: (throughput, { h, w }) => throughput.vector(2 * h * w),
});

/** Changes of shape. */
export const shape = { pad, transpose } as const;
