/** What is known of each value while constants are propagated: nothing yet, one constant, or that it varies. */
import type { Attribute } from '../ir/attribute.ts';
import type { Value } from '../ir/value.ts';

/** A constant, and the dialect that can make it an operation. */
export interface KnownConstant {
  readonly attribute: Attribute;
  readonly dialect: string;
}
/** What a value is found to be; undefined while no way to it has been seen. */
export type Knowledge = KnownConstant | 'varies' | undefined;

/** The knowledge of values, which only ever grows less certain. */
export class ConstantLattice {
  private readonly known: Map<Value, KnownConstant | 'varies'>;
  private readonly changed: (value: Value) => void;

  /** `changed` is told of every value of which more is known than before. */
  constructor(changed: (value: Value) => void) {
    this.known = new Map();
    this.changed = changed;
  }

  of(value: Value): Knowledge {
    return this.known.get(value);
  }

  /** The constant of a value; undefined for one that varies or is not known. */
  attributeOf(value: Value): Attribute | undefined {
    const known = this.known.get(value);
    return known === 'varies' ? undefined : known?.attribute;
  }

  /** Adds that `value` may be what is known as `what`. */
  join(value: Value, what: Knowledge): void {
    if (what === undefined) return;
    const before = this.known.get(value);
    if (before === 'varies') return;
    if (before !== undefined && what !== 'varies' && before.attribute === what.attribute) return;
    this.known.set(value, before === undefined ? what : 'varies');
    this.changed(value);
  }
}
