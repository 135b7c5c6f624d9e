/**
 * Smaller programs than a given one: what reductions leave of it, as far as that is valid and surely has a meaning.
 * The search goes on where it last found something, so that it does not begin anew with every step.
 */
import { Context, type Dialect, type Operation, verify } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import type { Reduction } from '../../../rewrite/reduction.ts';
import { allReductions } from '../../reduce/all-reductions.ts';
import { isSmaller, type Size, sizeOf } from '../../reduce/reduce.ts';
import type { Generations } from './generations.ts';

/** Where a search goes on: which reduction, on how many places at once, from which on. */
export interface ShrinkState {
  readonly reduction: number;
  readonly places: number;
  readonly from: number;
}

/** A smaller program, and where to go on when it is taken. */
export interface Shrunk {
  readonly text: string;
  readonly state: ShrinkState;
}

/** What is needed to make a program smaller. */
export interface ShrinkOptions {
  readonly dialects: readonly Dialect[];
  readonly generations: Generations;
  readonly reductions?: readonly Reduction[];
}

/** A module read in a context of its own; undefined when it is not valid. */
function read(text: string, dialects: readonly Dialect[], strict: boolean): Operation | undefined {
  try {
    const module = parseModule(text, new Context(dialects, { allowUnregistered: !strict }), { maxErrors: 1 });
    return strict && verify(module).length > 0 ? undefined : module;
  } catch {
    return undefined;
  }
}

/** What one reduction leaves at some places; undefined where that is not smaller, not valid, or may mean nothing. */
function attempt(
  text: string,
  size: Size,
  reduction: Reduction,
  from: number,
  to: number,
  { dialects, generations }: ShrinkOptions,
): string | undefined {
  const module = read(text, dialects, false);
  if (!module) return undefined;
  let candidate: string;
  try {
    if (!reduction.apply(module, from, to)) return undefined;
    candidate = printOperation(module);
  } catch {
    // Several places at once may get into each other's way.
    return undefined;
  }
  const again = read(candidate, dialects, true);
  if (!again || !isSmaller(sizeOf(again, candidate), size) || !generations.isDefined(again)) return undefined;
  return candidate;
}

/** Every smaller program that one reduction gives, the smallest first. */
export function* shrunkPrograms(
  text: string,
  options: ShrinkOptions,
  start: ShrinkState = { reduction: 0, places: Number.POSITIVE_INFINITY, from: 0 },
): IterableIterator<Shrunk> {
  const reductions = options.reductions ?? allReductions;
  const module = read(text, options.dialects, true);
  if (!module) return;
  const size = sizeOf(module, text);
  for (let turn = 0; turn <= reductions.length; turn++) {
    const at = (start.reduction + turn) % reductions.length;
    const reduction = reductions[at] as Reduction;
    const count = reduction.places(module);
    let from = turn === 0 ? start.from : 0;
    for (let places = turn === 0 ? Math.min(start.places, count) : count; places >= 1; ) {
      for (; from < count; from += places) {
        const smaller = attempt(text, size, reduction, from, Math.min(from + places, count), options);
        if (smaller !== undefined) yield { text: smaller, state: { reduction: at, places, from } };
      }
      from = 0;
      places = places === 1 ? 0 : Math.ceil(places / 2);
    }
  }
}
