/**
 * Making a module smaller as long as it still shows something. Reductions are tried on many places at once, then on
 * fewer, down to one; after Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input" (2002).
 */
import { Context, type Dialect, DiagnosticError, type Operation, verify } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import type { Reduction } from '../../rewrite/reduction.ts';

/** Whether a module still shows what is looked for. It may do with the module what it likes. */
export type Interesting = (module: Operation, text: string) => boolean;

/** How modules are reduced. */
export interface ReduceOptions {
  readonly dialects: readonly Dialect[];
  readonly reductions: readonly Reduction[];
  /** Whether every step must be valid; true by default. What is looked for may be that it is not. */
  readonly mustBeValid?: boolean;
  /** So many candidates are tried at most; 100,000 by default. */
  readonly maxSteps?: number;
  /** Whether to go on; asked before every candidate. */
  readonly goesOn?: () => boolean;
  /** Told of every step that was taken. */
  readonly onStep?: (step: ReduceStep) => void;
}

/** A step that made the module smaller. */
export interface ReduceStep {
  readonly reduction: string;
  readonly operations: number;
  readonly tried: number;
}

/** What came of it. */
export interface Reduced {
  readonly text: string;
  /** Operations below the module. */
  readonly operations: number;
  readonly steps: number;
  readonly tried: number;
  /** Whether nothing more could be taken away; otherwise the budget ended. */
  readonly complete: boolean;
}

/** How large a module is: operations that compute, all operations, characters; smaller at the first that differs. */
export type Size = readonly [computing: number, operations: number, characters: number];
/** Whether one size is less than another. */
export const isSmaller = (a: Size, b: Size): boolean => {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at >= 0 && (a[at] as number) < (b[at] as number);
};

/** The size of a module whose text is given. */
export function sizeOf(module: Operation, text: string): Size {
  let computing = 0;
  let operations = -1;
  module.walk((operation) => {
    operations++;
    if (!operation.hasTrait('constant-like')) computing++;
  });
  return [computing, operations, text.length];
}

/** Reduces a module. Throws an `Error` when the module itself is not interesting. */
export function reduce(text: string, isInteresting: Interesting, options: ReduceOptions): Reduced {
  return new Reducer(text, isInteresting, options).run();
}

class Reducer {
  private readonly isInteresting: Interesting;
  private readonly options: ReduceOptions;
  private text: string;
  private size: Size;
  private steps: number;
  private tried: number;

  constructor(text: string, isInteresting: Interesting, options: ReduceOptions) {
    this.isInteresting = isInteresting;
    this.options = options;
    this.steps = 0;
    this.tried = 0;
    const module = this.parsed(text);
    if (!module) throw new Error('the module cannot be read, or is not valid');
    this.text = printOperation(module);
    this.size = sizeOf(module, this.text);
    if (!isInteresting(module, this.text)) throw new Error('the module does not show what is looked for');
  }

  run(): Reduced {
    let before: number;
    do {
      before = this.steps;
      for (const one of this.options.reductions) this.exhaust(one);
    } while (this.steps > before && this.mayGoOn());
    const { text, size, steps, tried } = this;
    return { text, operations: size[1], steps, tried, complete: this.mayGoOn() };
  }

  private mayGoOn(): boolean {
    return this.tried < (this.options.maxSteps ?? 100_000) && (this.options.goesOn?.() ?? true);
  }

  /** A fresh module, in a context of its own: what an attempt leaves behind concerns no other. */
  private parsed(text: string): Operation | undefined {
    try {
      const module = parseModule(text, new Context(this.options.dialects, { allowUnregistered: true }), {
        maxErrors: 1,
      });
      return (this.options.mustBeValid ?? true) && verify(module).length > 0 ? undefined : module;
    } catch (error) {
      if (error instanceof DiagnosticError) return undefined;
      throw error;
    }
  }

  /** Tries one reduction on ever fewer places at once. */
  private exhaust(one: Reduction): void {
    const count = (): number => {
      const module = this.parsed(this.text);
      return module ? one.places(module) : 0;
    };
    let places = count();
    for (let size = places; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let from = 0; from < places && this.mayGoOn(); )
        if (this.attempt(one, from, Math.min(from + size, places))) places = count();
        else from += size;
  }

  private attempt(one: Reduction, from: number, to: number): boolean {
    const module = this.parsed(this.text);
    if (!module) return false;
    this.tried++;
    let candidate: string;
    try {
      if (!one.apply(module, from, to)) return false;
      candidate = printOperation(module);
    } catch (error) {
      // Several places at once may get into each other's way: then they are tried one by one.
      if (error instanceof DiagnosticError || error instanceof Error) return false;
      throw error;
    }
    const again = this.parsed(candidate);
    if (!again) return false;
    const size = sizeOf(again, candidate);
    if (!isSmaller(size, this.size) || !this.isInteresting(again, candidate)) return false;
    this.text = candidate;
    this.size = size;
    this.steps++;
    this.options.onStep?.({ reduction: one.name, operations: size[1], tried: this.tried });
    return true;
  }
}
