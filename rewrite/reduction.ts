/** Reductions: ways to make a program smaller, for tools that look for the smallest one that still shows something. */
import type { Operation } from '../ir/operation.ts';

/**
 * A way to make a program smaller at some of its places. It need not keep what the program means, nor that it is
 * valid: whoever applies it looks at that. Places are numbered in a fixed order.
 */
export interface Reduction {
  readonly name: string;
  /** How many places a module has. */
  places(module: Operation): number;
  /** Changes the module at the places from `from` up to `to`; whether it did anything. */
  apply(module: Operation, from: number, to: number): boolean;
}

/** A reduction from a list of places and what is done at one; later places first, as earlier ones may be read by them. */
export const reduction = <P>(
  name: string,
  placesIn: (module: Operation) => readonly P[],
  at: (place: P, module: Operation) => boolean,
): Reduction => ({
  name,
  places: (module) => placesIn(module).length,
  apply(module, from, to) {
    const chosen = placesIn(module).slice(from, to).reverse();
    return chosen.map((place) => at(place, module)).some((done) => done);
  },
});

/** All operations inside a module for which something holds, in order. */
export function operationsIn(module: Operation, holds: (operation: Operation) => boolean): readonly Operation[] {
  const found: Operation[] = [];
  module.walk((operation) => {
    if (operation !== module && holds(operation)) found.push(operation);
  });
  return found;
}
