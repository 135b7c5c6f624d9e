/** What the names of one rule stand for while it is applied: numbered slots, and terms that read them. */
import { VerifyError } from '../../ir/instantiate.ts';
import type { Operation } from '../../ir/operation.ts';
import type { NativeValue } from './native.ts';
import type { Sort, Term } from './rule-data.ts';

/** The values of names by slot. */
export type Frame = (NativeValue | undefined)[];
/** Reads a term from a frame. */
export type Read = (frame: Frame) => NativeValue;

const sigils = { operation: '%', value: '%', values: '%', attribute: '#', type: '!', types: '!' } as const;

/** The key under which a name is known: values and operations share their names. */
export const keyOf = (sort: Sort, name: string): string => `${sigils[sort]}${name}`;

/** Gives every name of a rule a slot. */
export class Slots {
  private readonly byKey: Map<string, number>;

  constructor() {
    this.byKey = new Map();
  }

  /** The slot of a name, made when first asked for. */
  of(sort: Sort, name: string): number {
    const key = keyOf(sort, name);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    this.byKey.set(key, this.byKey.size);
    return this.byKey.size - 1;
  }

  /** A frame in which no name stands for anything. */
  frame(): Frame {
    return new Array<NativeValue | undefined>(this.byKey.size).fill(undefined);
  }

  /** The reader of a term. */
  read(term: Term): Read {
    switch (term.kind) {
      case 'given-attribute':
      case 'given-type': {
        const { value } = term;
        return () => value;
      }
      case 'result': {
        const slot = this.of('operation', term.of);
        const { at } = term;
        return (frame) => {
          const operation = frame[slot] as Operation;
          if (at >= operation.resultCount)
            throw new VerifyError(`'${operation.name}' has ${operation.resultCount} results, the rule reads #${at}`);
          return operation.result(at);
        };
      }
      case 'results': {
        const slot = this.of('operation', term.of);
        return (frame) => (frame[slot] as Operation).results;
      }
      default: {
        const slot = this.of(term.kind, term.name);
        return (frame) => frame[slot] as NativeValue;
      }
    }
  }
}
