/**
 * Generators as functions of a list of choices. fast-check makes and shrinks the list, so whatever
 * is built from it shrinks by itself and stays valid: smaller choices build simpler cases.
 */
import fc from 'fast-check';
import type { Draw } from '../../ir/index.ts';

/** Thrown by a generator that cannot go on from its choices; the case does not count. */
export class Discarded extends Error {}

/** Reads choices one after the other; after the last one, the simplest is taken. */
export class Choices implements Draw {
  private readonly choices: readonly number[];
  private at: number;

  constructor(choices: readonly number[]) {
    this.choices = choices;
    this.at = 0;
  }

  int(min: number, max: number): number {
    if (max <= min) return min;
    const choice = this.choices[this.at++] ?? 0;
    return min + (choice % (max - min + 1));
  }

  of<T>(values: readonly T[]): T {
    if (values.length === 0) throw new Discarded('nothing to choose from');
    return values[this.int(0, values.length - 1)] as T;
  }

  flag(): boolean {
    return this.int(0, 1) === 1;
  }
}

const discardLimit = 2000;

/** What `build` makes of some choices; cases that `build` discards are not run. */
export function fromChoices<T>(build: (draw: Draw) => T, length = 64): fc.Arbitrary<T> {
  let discarded = 0;
  const attempt = (choices: readonly number[]): { readonly value: T } | undefined => {
    try {
      const value = build(new Choices(choices));
      discarded = 0;
      return { value };
    } catch (error) {
      if (!(error instanceof Discarded)) throw error;
      // Without a limit a generator that never succeeds would look like a hang.
      if (++discarded > discardLimit) throw new Error(`no case in ${discardLimit} attempts: ${error.message}`);
      return undefined;
    }
  };
  return fc
    .array(fc.nat({ max: 0xffff }), { minLength: 0, maxLength: length, size: 'max' })
    .map(attempt)
    .filter((made): made is { readonly value: T } => made !== undefined)
    .map((made) => made.value);
}
