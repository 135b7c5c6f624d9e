/** Reductions of half vectors: of one vector, or of each row of a matrix. */
import { floatToHalf, halfValues } from '../../ir/half.ts';
import { destination, groups, size, source } from '../field.ts';
import { instruction } from '../instruction.ts';

/** Reduces `length` halves from index `at`; the result is exact or a single. */
type Reduction = (halves: Uint16Array, at: number, length: number) => number;

const reductions = {
  sum(halves, at, length) {
    let total = 0;
    for (let i = 0; i < length; i++) total = Math.fround(total + (halfValues[halves[at + i] as number] as number));
    return total;
  },
  max(halves, at, length) {
    let best = -Infinity;
    for (let i = 0; i < length; i++) best = Math.max(best, halfValues[halves[at + i] as number] as number);
    return best;
  },
  min(halves, at, length) {
    let best = Infinity;
    for (let i = 0; i < length; i++) best = Math.min(best, halfValues[halves[at + i] as number] as number);
    return best;
  },
} as const satisfies Record<string, Reduction>;

const summaries = {
  sum: 'sum in order in single precision from +0, rounded once',
  max: 'maximum, NaN if any is',
  min: 'minimum, NaN if any is',
};

function whole<const N extends keyof typeof reductions>(name: N, opcode: number) {
  return instruction(`reduce.${name}.nram.f16`, {
    opcode,
    pipe: 'vector',
    summary: summaries[name],
    fields: { dst: destination('nram', 'one half'), src: source('nram', 'elements'), count: groups('elements') },
    syntax: '[$dst], [$src], $count',
    touches: ({ count }) => ({ dst: { bytes: 2 }, src: { bytes: 2 * count } }),
    execute({ nram: { halves } }, { dst, src, count }) {
      halves[dst / 2] = floatToHalf(reductions[name](halves, src / 2, count));
    },
    cycles: (throughput, { count }) => throughput.vector(2 * count),
  });
}

function rows<const N extends keyof typeof reductions>(name: N, opcode: number) {
  return instruction(`reduce.${name}.rows.nram.f16`, {
    opcode,
    pipe: 'vector',
    summary: `of each row: ${summaries[name]}`,
    fields: {
      dst: destination('nram', 'one half for each row'),
      src: source('nram', 'matrix, row after row'),
      rows: size('rows'),
      length: groups('elements of a row'),
    },
    syntax: '[$dst], [$src], $rows, $length',
    touches: (values) => ({ dst: { bytes: 2 * values.rows }, src: { bytes: 2 * values.rows * values.length } }),
    execute({ nram: { halves } }, { dst, src, rows, length }) {
      for (let r = 0; r < rows; r++)
        halves[dst / 2 + r] = floatToHalf(reductions[name](halves, src / 2 + r * length, length));
    },
    cycles: (throughput, { rows, length }) => throughput.vector(2 * rows * length),
  });
}

function indexed<const N extends 'max' | 'min'>(name: N, opcode: number) {
  return instruction(`reduce.${name}.index.nram.f16`, {
    opcode,
    pipe: 'vector',
    summary: `${summaries[name]}; with the 16-bit index of the first such element, of the first NaN if there is one`,
    fields: {
      dst: destination('nram', 'one half, then the index'),
      src: source('nram', 'elements'),
      count: groups('elements, at most 65536'),
    },
    syntax: '[$dst], [$src], $count',
    verify: ({ count }) => (count <= 65536 ? undefined : `'count' is ${count}, expected at most 65536`),
    touches: ({ count }) => ({ dst: { bytes: 4 }, src: { bytes: 2 * count } }),
    execute({ nram: { halves } }, { dst, src, count }) {
      const best = reductions[name](halves, src / 2, count);
      let index = 0;
      while (!Object.is(halfValues[halves[src / 2 + index] as number], best)) index++;
      halves[dst / 2] = floatToHalf(best);
      halves[dst / 2 + 1] = index;
    },
    cycles: (throughput, { count }) => throughput.vector(2 * count),
  });
}

/** Reductions. */
export const reduction = {
  reduceSum: whole('sum', 0x1c0),
  reduceMax: whole('max', 0x1c1),
  reduceMin: whole('min', 0x1c2),
  reduceSumRows: rows('sum', 0x1c4),
  reduceMaxRows: rows('max', 0x1c5),
  reduceMinRows: rows('min', 0x1c6),
  reduceMaxIndex: indexed('max', 0x1c8),
  reduceMinIndex: indexed('min', 0x1c9),
} as const;
