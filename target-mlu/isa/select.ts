/** Choosing and counting elements by a mask of halves; an element of the mask is true unless it is ±0. */
import { destination, groups, source } from '../field.ts';
import { instruction } from '../instruction.ts';
import { isTrue } from '../kernel/vector.ts';

/** dst[i] = mask[i] ? a[i] : b[i]. */
const select = instruction('select.nram.f16', {
  opcode: 0x1a0,
  pipe: 'vector',
  summary: 'a where the mask is true, else b',
  fields: {
    dst: destination('nram', 'result'),
    mask: source('nram', 'mask'),
    a: source('nram', 'elements where true'),
    b: source('nram', 'elements where false'),
    count: groups('elements'),
  },
  syntax: '[$dst], [$mask], [$a], [$b], $count',
  touches: ({ count }) => {
    const extent = { bytes: 2 * count };
    return { dst: extent, mask: extent, a: extent, b: extent };
  },
  inPlace: ['mask', 'a', 'b'],
  execute({ nram: { halves } }, { dst, mask, a, b, count }) {
    for (let i = 0; i < count; i++) {
      halves[dst / 2 + i] = halves[(isTrue(halves[mask / 2 + i] as number) ? a : b) / 2 + i] as number;
    }
  },
  cycles: (throughput, { count }) => throughput.vector(2 * count),
});

/** The elements of src where the mask is true, packed to the front; +0 behind them. */
const collect = instruction('collect.nram.f16', {
  opcode: 0x1a1,
  pipe: 'vector',
  summary: 'the elements where the mask is true, packed to the front, +0 behind them',
  fields: {
    dst: destination('nram', 'result, count elements'),
    src: source('nram', 'elements'),
    mask: source('nram', 'mask'),
    count: groups('elements'),
  },
  syntax: '[$dst], [$src], [$mask], $count',
  touches: ({ count }) => ({ dst: { bytes: 2 * count }, src: { bytes: 2 * count }, mask: { bytes: 2 * count } }),
  execute({ nram: { halves } }, { dst, src, mask, count }) {
    let to = dst / 2;
    for (let i = 0; i < count; i++) {
      if (isTrue(halves[mask / 2 + i] as number)) halves[to++] = halves[src / 2 + i] as number;
    }
    halves.fill(0, to, dst / 2 + count);
  },
  cycles: (throughput, { count }) => throughput.vector(2 * count),
});

/** How many elements of the mask are true. */
const count = instruction('count.nram.f16', {
  opcode: 0x1a2,
  pipe: 'vector',
  summary: 'how many elements of the mask are true, as a 32-bit integer',
  fields: { dst: destination('nram', 'result, 4 bytes'), mask: source('nram', 'mask'), count: groups('elements') },
  syntax: '[$dst], [$mask], $count',
  touches: (values) => ({ dst: { bytes: 4 }, mask: { bytes: 2 * values.count } }),
  execute({ nram: { halves, words } }, values) {
    let total = 0;
    for (let i = 0; i < values.count; i++) if (isTrue(halves[values.mask / 2 + i] as number)) total++;
    words[values.dst / 4] = total;
  },
  cycles: (throughput, values) => throughput.vector(2 * values.count),
});

/** Selection by mask. */
export const selection = { select, collect, count } as const;
