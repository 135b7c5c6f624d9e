/** Pooling of [h, w, c] halves: a window of kh × kw slides by sy rows and sx columns; the result is [oh, ow, c]. */
import { floatToHalf, halfValues } from '../../ir/half.ts';
import { destination, type FieldValues, groups, size, source } from '../field.ts';
import { instruction } from '../instruction.ts';
import { windowOutput } from '../kernel/contraction.ts';

const fields = {
  dst: destination('nram', 'result [oh, ow, c]'),
  src: source('nram', 'image [h, w, c]'),
  c: groups('channels'),
  h: size('rows of the image'),
  w: size('columns of the image'),
  kh: size('rows of the window'),
  kw: size('columns of the window'),
  sx: size('columns from one window to the next'),
  sy: size('rows from one window to the next'),
};
type Values = FieldValues<typeof fields>;

const largerThanImage = ({ h, w, kh, kw }: Values): string | undefined =>
  kh > h || kw > w ? `the window ${kh} x ${kw} is larger than the image ${h} x ${w}` : undefined;

const outputs = (values: Values): number => {
  const [oh, ow] = windowOutput(values);
  return oh * ow * values.c;
};

/** Calls `visit` with the element index of each result and of its window's first element. */
function forEachWindow(values: Values, visit: (result: number, first: number) => void): void {
  const { c, w, sx, sy } = values;
  const [oh, ow] = windowOutput(values);
  for (let y = 0; y < oh; y++) {
    for (let x = 0; x < ow; x++) {
      for (let k = 0; k < c; k++) visit((y * ow + x) * c + k, (y * sy * w + x * sx) * c + k);
    }
  }
}

/** What one window comes to, from its elements in the order (kh, kw). */
interface Fold {
  readonly start: number;
  step(total: number, x: number): number;
  finish(total: number, elements: number): number;
}

const folds = {
  max: { start: -Infinity, step: (total, x) => Math.max(total, x), finish: (total) => total },
  min: { start: Infinity, step: (total, x) => Math.min(total, x), finish: (total) => total },
  sum: { start: 0, step: (total, x) => Math.fround(total + x), finish: (total) => total },
  avg: { start: 0, step: (total, x) => Math.fround(total + x), finish: (total, n) => Math.fround(total / n) },
} as const satisfies Record<string, Fold>;

const summaries = {
  max: 'maximum of each window, NaN if any is',
  min: 'minimum of each window, NaN if any is',
  sum: 'sum of each window in the order (kh, kw) in single precision from +0, rounded once',
  avg: 'the single precision sum of each window over kh · kw, rounded to single and then to half',
};

function pool<const N extends keyof typeof folds>(name: N, opcode: number) {
  return instruction(`${name}pool.nram.f16`, {
    opcode,
    pipe: 'vector',
    summary: summaries[name],
    fields,
    syntax: '[$dst], [$src], $c, $h, $w, $kh, $kw, $sx, $sy',
    verify: largerThanImage,
    touches: (values) => ({ dst: { bytes: 2 * outputs(values) }, src: { bytes: 2 * values.h * values.w * values.c } }),
    execute({ nram: { halves } }, values) {
      const { dst, src, c, w, kh, kw } = values;
      const { start, step, finish } = folds[name] as Fold;
      forEachWindow(values, (result, first) => {
        let total = start;
        for (let r = 0; r < kh; r++) {
          const row = src / 2 + first + r * w * c;
          for (let s = 0; s < kw; s++) total = step(total, halfValues[halves[row + s * c] as number] as number);
        }
        halves[dst / 2 + result] = floatToHalf(finish(total, kh * kw));
      });
    },
    cycles: (throughput, values) => throughput.vector(2 * outputs(values) * values.kh * values.kw),
  });
}

function poolIndex<const N extends 'max' | 'min'>(name: N, opcode: number) {
  return instruction(`${name}pool.index.nram.f16`, {
    opcode,
    pipe: 'vector',
    summary: `16-bit index r · kw + s of the ${name}imum of each window, of the first NaN if there is one`,
    fields,
    syntax: '[$dst], [$src], $c, $h, $w, $kh, $kw, $sx, $sy',
    verify: largerThanImage,
    touches: (values) => ({ dst: { bytes: 2 * outputs(values) }, src: { bytes: 2 * values.h * values.w * values.c } }),
    execute({ nram: { halves } }, values) {
      const { dst, src, c, w, kh, kw } = values;
      const { step } = folds[name] as Fold;
      forEachWindow(values, (result, first) => {
        const at = (i: number): number =>
          halfValues[halves[src / 2 + first + (Math.floor(i / kw) * w + (i % kw)) * c] as number] as number;
        let best = 0;
        for (let i = 1; i < kh * kw; i++) if (!Object.is(step(at(best), at(i)), at(best))) best = i;
        halves[dst / 2 + result] = best;
      });
    },
    cycles: (throughput, values) => throughput.vector(2 * outputs(values) * values.kh * values.kw),
  });
}

/** Pooling. */
export const pooling = {
  maxpool: pool('max', 0x1e0),
  minpool: pool('min', 0x1e1),
  sumpool: pool('sum', 0x1e2),
  avgpool: pool('avg', 0x1e3),
  maxpoolIndex: poolIndex('max', 0x1e4),
  minpoolIndex: poolIndex('min', 0x1e5),
} as const;
