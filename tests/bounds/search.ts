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
  newElements,
  rounding,
  tensoropSemantics,
} from '../../interpreter/index.ts';
import { bitsInFormat, numberInFormat } from '../../interpreter/float-format.ts';
import {
  f32,
  f64,
  type FloatType,
  integerRange,
  type IntegerType,
  nameLocation,
  type Operation,
  tensorType,
  type Type,
  within,
} from '../../ir/index.ts';
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

/** The types of an operand in a program over `element`; integers stay what they are. */
const typeIn = (type: Type, element: Type): Type =>
  type.kind === 'tensor' && type.element.kind === 'float' ? tensorType(type.shape, element) : type;

/** The instance with operands of one type. */
export function inType(instance: Case, element: Type): Operation {
  const context = newContext();
  const types = instance.types.map((type) => typeIn(type, element));
  const block = context.newBlock(types);
  const { operation } = within(context, nameLocation('case'), () => instance.build(block.arguments));
  block.append(operation);
  return operation;
}

/** The reference of an operation that takes or gives integers where the reference has numbers is built for itself. */
function singleOf(instance: Case): Operation {
  const operation = inType(instance, f32);
  for (const result of operation.results) result.setType(typeIn(result.type, f32));
  return operation;
}

/** A number of this program, and how far the reference's is from it: of integers absolute, else relative unless it is 0. */
interface Chosen {
  own: number;
  apart: number;
  isInteger: boolean;
}
type Point = readonly (readonly Chosen[])[];

const referenceOf = ({ own, apart, isInteger }: Chosen): number =>
  isInteger ? own + apart : Math.fround(own === 0 ? apart : own * (1 + apart));
/** A reference that rounds to integers as well has one that is not further away, and in the range. */
const roundingReferenceOf = (chosen: Chosen): number =>
  chosen.isInteger ? chosen.own + Math.trunc(chosen.apart) : referenceOf(chosen);
/** Arrays of the elements that the instance has; where there are floating-point numbers, of `element`. */
const arrays = (instance: Case, point: Point, element: Type, of: (chosen: Chosen) => number): readonly NdArray[] =>
  point.map((numbers, at) => {
    const type = typeIn(instance.types[at] as Type, element);
    return filled(instance, at, element === f64 || type.kind !== 'tensor' ? element : type.element, numbers.map(of));
  });
function filled(instance: Case, at: number, element: Type, numbers: readonly number[]): NdArray {
  const data = newElements(element, numbers.length);
  const [least, most] = element.kind === 'integer' ? integerRange(element.width).map(Number) : [-Infinity, Infinity];
  for (const [place, x] of numbers.entries())
    data[place] = (Number.isNaN(x) ? x : Math.min(Math.max(x, least as number), most as number)) as never;
  return new NdArray(instance.inputs[at]?.shape ?? [], element, data);
}
const distance = (chosen: Chosen): number => Math.abs(referenceOf(chosen) - chosen.own) * (1 + 2 ** -50);

const casts = new Set(['tensorop.cast', 'arith.truncf', 'arith.extf']);

/** One operation, here in some type and in the single precision of the reference. */
class Subject {
  private readonly instance: Case;
  private readonly element: Type;
  private readonly operation: Operation;
  private readonly single: Operation | undefined;
  private readonly evaluator: AnyEvaluator;
  elements: number;
  unbounded: number;
  flipped: number;
  caught: number;
  wrong: string | undefined;

  constructor(instance: Case, element: Type) {
    this.instance = instance;
    this.element = element;
    this.operation = inType(instance, element);
    // The reference does not cast.
    this.single = casts.has(this.operation.name) ? undefined : singleOf(instance);
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
    const reference = arrays(instance, point, f64, referenceOf);
    const bounds = arrays(instance, point, f64, distance);
    const { value, bound } = evaluateBounds(
      this.operation,
      own.map((x, at) => bounded(x, bounds[at])),
    );
    const exact = exactResult(this.operation, reference.map(exactArray));
    const single =
      this.single &&
      (this.evaluator.apply(this.single, arrays(instance, point, f32, roundingReferenceOf))[0] as NdArray);
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
      if (isExact && z !== undefined) this.flip(y, z, room, value.element);
    }
    return largest;
  }

  private flip(y: number, exact: bigint, room: bigint, element: Type): void {
    const other = flipped(y, element);
    if (!Number.isFinite(other)) return;
    this.flipped++;
    if (absolute((exactOf(other) as bigint) - exact) > room) this.caught++;
  }

  private tell(point: Point, at: number, y: number, limit: number, expected: number): void {
    const shown = JSON.stringify(point).slice(0, 600);
    this.wrong ??= `${this.operation.name} element ${at}: ${y}, expected ${expected}, bound ${limit}; inputs ${shown}`;
  }
}

/** The number with its last but two bit flipped. */
function flipped(y: number, element: Type): number {
  if (element.kind !== 'float') return Number(BigInt(y) ^ 4n);
  const bits = bitsInFormat(y, element.name);
  return bits === undefined ? NaN : numberInFormat(bits ^ 4n, element.name);
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
const integerApartness = [0, 0.25, 0.5, -0.5, 0.75, 1, -1, 1.5, 3.25, -3.25, 40];
const apartness = [0, 2 ** -24, 2 ** -12, 2 ** -11, -(2 ** -11), 2 ** -8, -(2 ** -8), 0.05, -0.05, 0.7, -0.7];

/** Numbers of floating-point operands, and how far apart the two programs are. */
interface Drawing {
  chosen(mode: number): Chosen;
  changed(chosen: Chosen, mode: number): Chosen;
  /** The number of an instance, where it is taken. */
  given(x: number): number;
}

function floatDrawing(element: Type, next: () => number): Drawing {
  const below = (count: number): number => Math.floor(next() * count);
  const round = rounding(element);
  const number = (x: number): number => (Number.isFinite(round(x)) ? round(x) : 1);
  const drawn = (): number =>
    number(next() < 0.08 ? (edges[below(edges.length)] as number) : (next() - 0.5) * 2 ** (below(16) - 9));
  const chosen = (mode: number): Chosen => ({
    own: drawn(),
    apart: mode === 0 ? 0 : (apartness[below(mode === 1 ? 7 : apartness.length)] as number),
    isInteger: false,
  });
  return {
    chosen,
    given: number,
    changed(old, mode) {
      if (mode > 0 && next() < 0.4) return { ...old, apart: chosen(mode).apart };
      if (next() < 0.5) return { ...old, own: drawn() };
      return { ...old, own: number(old.own * (1 + (below(9) - 4) * 2 ** -11)) };
    },
  };
}

function integerDrawing(width: number, next: () => number): Drawing {
  const below = (count: number): number => Math.floor(next() * count);
  const [least, most] = integerRange(width).map(Number) as [number, number];
  const within = (q: number): number => Math.min(Math.max(q, least), most);
  const drawn = (): number =>
    next() < 0.15
      ? ([least, most, 0, 1, -1][below(5)] as number)
      : within(Math.floor((next() - 0.5) * 2 ** (1 + below(width))));
  const chosen = (mode: number): Chosen => ({
    own: drawn(),
    apart: mode === 0 ? 0 : (integerApartness[below(mode === 1 ? 7 : integerApartness.length)] as number),
    isInteger: true,
  });
  return {
    chosen,
    given: within,
    changed(old, mode) {
      if (mode > 0 && next() < 0.4) return { ...old, apart: chosen(mode).apart };
      return { ...old, own: next() < 0.5 ? drawn() : within(old.own + below(9) - 4) };
    },
  };
}

/** Searches some instances of an operation; the same for the same seed. */
export function search(
  cases: fc.Arbitrary<Case>,
  element: FloatType | IntegerType,
  { instances, steps, seed }: { readonly instances: number; readonly steps: number; readonly seed: number },
): Findings {
  const next = random(seed);
  const below = (count: number): number => Math.floor(next() * count);
  const drawing = element.kind === 'float' ? floatDrawing(element, next) : integerDrawing(element.width, next);
  const found = { elements: 0, unbounded: 0, flipped: 0, caught: 0, exact: 0, moved: 0 };
  let wrong: string | undefined;
  for (const [at, instance] of fc.sample(cases, { seed, numRuns: instances }).entries()) {
    const subject = new Subject(instance, element);
    const mode = at % 3;
    let point: Point = instance.inputs.map(({ data }) =>
      Array.from(data as ArrayLike<number>, (x) =>
        next() < 0.5 ? drawing.chosen(mode) : { ...drawing.chosen(mode), own: drawing.given(x) },
      ),
    );
    let best = subject.measure(point);
    const places = point.flatMap((numbers, i) => numbers.map((_, j) => [i, j] as const));
    for (let step = 0; step < steps && places.length > 0; step++) {
      const [i, j] = places[below(places.length)] as readonly [number, number];
      const tried = point.map((numbers, k) =>
        k === i ? numbers.with(j, drawing.changed(numbers[j] as Chosen, mode)) : numbers,
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
