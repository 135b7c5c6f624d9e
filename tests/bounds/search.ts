/** Looks for the inputs on which an error comes nearest to its bound, by climbing from random ones. */
import fc from 'fast-check';
import {
  arithSemantics,
  bounded,
  type Evaluator as AnyEvaluator,
  evaluateBounds,
  Evaluator,
  graphSemantics,
  NdArray,
  rounding,
  tensoropSemantics,
} from '../../interpreter/index.ts';
import { bitsInFormat, numberInFormat } from '../../interpreter/float-format.ts';
import { f32, f64, type FloatType, nameLocation, type Operation, tensorType, within } from '../../ir/index.ts';
import { random } from '../../tools/check/tensors.ts';
import type { Case } from '../unit/interpreter/cases.ts';
import { newContext } from '../unit/interpreter/program.ts';
import { exactArray, exactResult } from './exact-meaning.ts';
import { absolute, doubleOf, exactOf } from './exact-number.ts';

/** What a search has seen. */
export interface Findings {
  /** Elements with a finite bound that were compared with their exact values. */
  readonly elements: number;
  /** Elements of finite inputs whose result is finite, but not their bound. */
  readonly unbounded: number;
  /** The largest error in units of its bound: of exact inputs, and of inputs that are off themselves. */
  readonly exact: number;
  readonly moved: number;
  /** Results with the last but two bit flipped: all, and those that were outside of the bound. */
  readonly flipped: number;
  readonly caught: number;
  /** What left its bound, if anything did. */
  readonly wrong: string | undefined;
}

/** The instance with operands of one type. */
export function inType(instance: Case, element: FloatType): Operation {
  const context = newContext();
  const types = instance.types.map((type) => (type.kind === 'tensor' ? tensorType(type.shape, element) : type));
  const block = context.newBlock(types);
  const { operation } = within(context, nameLocation('case'), () => instance.build(block.arguments));
  block.append(operation);
  return operation;
}

/** A number of this program, and how far the reference's is from it, relative or where it is 0 absolute. */
interface Chosen {
  own: number;
  apart: number;
}
type Point = readonly (readonly Chosen[])[];

const referenceOf = ({ own, apart }: Chosen): number => Math.fround(own === 0 ? apart : own * (1 + apart));
const arrays = (instance: Case, point: Point, element: FloatType, of: (chosen: Chosen) => number): readonly NdArray[] =>
  point.map((numbers, at) => {
    const data = numbers.map(of);
    const shape = instance.inputs[at]?.shape ?? [];
    return new NdArray(shape, element, element === f64 ? Float64Array.from(data) : Float32Array.from(data));
  });
const distance = (chosen: Chosen): number => Math.abs(referenceOf(chosen) - chosen.own) * (1 + 2 ** -50);

const casts = new Set(['tensorop.cast', 'arith.truncf', 'arith.extf']);

/** One operation, here in some type and in the single precision of the reference. */
class Subject {
  private readonly instance: Case;
  private readonly element: FloatType;
  private readonly operation: Operation;
  private readonly single: Operation | undefined;
  private readonly evaluator: AnyEvaluator;
  elements: number;
  unbounded: number;
  flipped: number;
  caught: number;
  wrong: string | undefined;

  constructor(instance: Case, element: FloatType) {
    this.instance = instance;
    this.element = element;
    this.operation = inType(instance, element);
    // The reference does not cast.
    this.single = casts.has(this.operation.name) ? undefined : inType(instance, f32);
    this.evaluator = new Evaluator([tensoropSemantics, graphSemantics, arithSemantics]);
    this.elements = 0;
    this.unbounded = 0;
    this.flipped = 0;
    this.caught = 0;
    this.wrong = undefined;
  }

  /** The largest error of any element in units of its bound. */
  measure(point: Point): number {
    const { instance, element } = this;
    const own = arrays(instance, point, element, (chosen) => chosen.own);
    const reference = arrays(instance, point, f32, referenceOf);
    const bounds = arrays(instance, point, f64, distance);
    const { value, bound } = evaluateBounds(
      this.operation,
      own.map((x, at) => bounded(x, bounds[at])),
    );
    const exact = exactResult(this.operation, reference.map(exactArray));
    const single = this.single && (this.evaluator.apply(this.single, reference)[0] as NdArray);
    const isExact = point.every((numbers) => numbers.every(({ apart }) => apart === 0));
    let largest = 0;
    for (const [at, limit] of (bound.data as Float64Array).entries()) {
      const y = Number(value.data[at]);
      if (limit === Infinity) {
        if (Number.isFinite(y) && isExact) this.unbounded++;
        continue;
      }
      this.elements++;
      const [x, z] = [exactOf(y) as bigint, exact.data[at]];
      const room = exactOf(limit) as bigint;
      const apart = z === undefined ? undefined : absolute(x - z);
      if (apart === undefined || apart > room) this.tell(point, at, y, limit, z === undefined ? NaN : doubleOf(z));
      const s = single ? Number(single.data[at]) : y;
      if (!(Math.abs(y - s) <= limit)) this.tell(point, at, y, limit, s);
      if (limit > 0 && apart !== undefined) largest = Math.max(largest, doubleOf(apart) / limit);
      if (isExact && z !== undefined) this.flip(y, z, room, value.element as FloatType);
    }
    return largest;
  }

  private flip(y: number, exact: bigint, room: bigint, element: FloatType): void {
    const bits = bitsInFormat(y, element.name);
    const other = bits === undefined ? NaN : numberInFormat(bits ^ 4n, element.name);
    if (!Number.isFinite(other)) return;
    this.flipped++;
    if (absolute((exactOf(other) as bigint) - exact) > room) this.caught++;
  }

  private tell(point: Point, at: number, y: number, limit: number, expected: number): void {
    const shown = JSON.stringify(point).slice(0, 600);
    this.wrong ??= `${this.operation.name} element ${at}: ${y}, expected ${expected}, bound ${limit}; inputs ${shown}`;
  }
}

/** Ends of formats: the smallest numbers, normal and subnormal, the largest half, and what is near 1. */
const edges = [
  0,
  -0,
  1,
  -1,
  2 ** -149,
  2 ** -126,
  6e-8,
  -6e-8,
  2 ** -14,
  1e-5,
  65504,
  -65504,
  1 + 2 ** -10,
  1 - 2 ** -11,
];
const apartness = [0, 2 ** -24, 2 ** -12, 2 ** -11, -(2 ** -11), 2 ** -8, -(2 ** -8), 0.05, -0.05, 0.7, -0.7];

/** Searches some instances of an operation; the same for the same seed. */
export function search(
  cases: fc.Arbitrary<Case>,
  element: FloatType,
  { instances, steps, seed }: { readonly instances: number; readonly steps: number; readonly seed: number },
): Findings {
  const next = random(seed);
  const below = (count: number): number => Math.floor(next() * count);
  const round = rounding(element);
  const number = (x: number): number => (Number.isFinite(round(x)) ? round(x) : 1);
  const drawn = (): number =>
    number(next() < 0.08 ? (edges[below(edges.length)] as number) : (next() - 0.5) * 2 ** (below(16) - 9));
  const chosen = (mode: number): Chosen => ({
    own: drawn(),
    apart: mode === 0 ? 0 : (apartness[below(mode === 1 ? 7 : apartness.length)] as number),
  });
  const changed = ({ own, apart }: Chosen, mode: number): Chosen => {
    if (mode > 0 && next() < 0.4) return { own, apart: chosen(mode).apart };
    if (next() < 0.5) return { own: drawn(), apart };
    return { own: number(own * (1 + (below(9) - 4) * 2 ** -11)), apart };
  };
  const found = { elements: 0, unbounded: 0, flipped: 0, caught: 0, exact: 0, moved: 0 };
  let wrong: string | undefined;
  for (const [at, instance] of fc.sample(cases, { seed, numRuns: instances }).entries()) {
    const subject = new Subject(instance, element);
    const mode = at % 3;
    let point: Point = instance.inputs.map(({ data }) =>
      Array.from(data as ArrayLike<number>, (x) => (next() < 0.5 ? chosen(mode) : { ...chosen(mode), own: number(x) })),
    );
    let best = subject.measure(point);
    const places = point.flatMap((numbers, i) => numbers.map((_, j) => [i, j] as const));
    for (let step = 0; step < steps && places.length > 0; step++) {
      const [i, j] = places[below(places.length)] as readonly [number, number];
      const tried = point.map((numbers, k) =>
        k === i ? numbers.with(j, changed(numbers[j] as Chosen, mode)) : numbers,
      );
      const ratio = subject.measure(tried);
      if (ratio >= best) [point, best] = [tried, ratio];
    }
    const kind = mode === 0 ? 'exact' : 'moved';
    found[kind] = Math.max(found[kind], best);
    for (const key of ['elements', 'unbounded', 'flipped', 'caught'] as const) found[key] += subject[key];
    wrong ??= subject.wrong;
  }
  return { ...found, wrong };
}
