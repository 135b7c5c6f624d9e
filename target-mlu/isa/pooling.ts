/** Pooling of [h, w, c] halves: a window of kh × kw slides by sy rows and sx columns; the result is [oh, ow, c]. */
import { binaryFunctions } from '../../interpreter/scalar.ts';
import { halfToFloat, narrowToHalf, widenHalf } from '../../ir/half.ts';
import { destination, type FieldValues, groups, size, source } from '../field.ts';
import { instruction } from '../instruction.ts';
import { windowOutput } from '../kernel/contraction.ts';
import { scratchSingles } from '../kernel/scratch.ts';
import { arithmeticLoops, type PairLoop } from '../kernel/vector.ts';

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

/** Calls `visit` with the element index of the first channel of each result and of its window's first pixel. */
function forEachWindow(values: Values, visit: (result: number, first: number) => void): void {
  const { c, w, sx, sy } = values;
  const [oh, ow] = windowOutput(values);
  for (let y = 0; y < oh; y++) {
    for (let x = 0; x < ow; x++) visit((y * ow + x) * c, (y * sy * w + x * sx) * c);
  }
}

/** What a window comes to, for all channels at once, from its pixels in the order (kh, kw). */
interface Fold {
  readonly start: number;
  readonly step: PairLoop;
  /** Divide by the number of elements at the end. */
  readonly mean?: boolean;
}

const folds = {
  max: { start: -Infinity, step: arithmeticLoops.max },
  min: { start: Infinity, step: arithmeticLoops.min },
  sum: { start: 0, step: arithmeticLoops.add },
  avg: { start: 0, step: arithmeticLoops.add, mean: true },
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
      const { start, step, mean = false }: Fold = folds[name];
      const totals = scratchSingles('totals', c);
      const pixel = scratchSingles('pixel', c);
      forEachWindow(values, (result, first) => {
        totals.fill(start);
        for (let r = 0; r < kh; r++) {
          for (let s = 0; s < kw; s++) {
            widenHalf(halves, src / 2 + first + (r * w + s) * c, c, pixel);
            step(totals, pixel, c);
          }
        }
        if (mean) for (let k = 0; k < c; k++) totals[k] = (totals[k] as number) / (kh * kw);
        narrowToHalf(totals, c, halves, dst / 2 + result);
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
      const better = binaryFunctions[name];
      forEachWindow(values, (result, first) => {
        for (let k = 0; k < c; k++) {
          const at = (i: number): number =>
            halfToFloat(halves[src / 2 + first + (Math.floor(i / kw) * w + (i % kw)) * c + k] as number);
          let best = 0;
          for (let i = 1; i < kh * kw; i++) if (!Object.is(better(at(best), at(i)), at(best))) best = i;
          halves[dst / 2 + result + k] = best;
        }
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
