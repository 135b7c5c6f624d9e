/** Names of values that were read and not bound yet: a stack of triples on typed arrays. */

/** The names of the results or operands of the operations that are being read, innermost last. */
export class NameStack {
  keys: Float64Array;
  /** For a result, how many values it names; for an operand, which of them. */
  numbers: Float64Array;
  offsets: Float64Array;
  /** How many names there are; setting it smaller forgets the last. */
  size: number;

  constructor() {
    this.keys = new Float64Array(64);
    this.numbers = new Float64Array(64);
    this.offsets = new Float64Array(64);
    this.size = 0;
  }

  push(key: number, number: number, offset: number): void {
    const at = this.size++;
    if (at === this.keys.length) this.grow();
    this.keys[at] = key;
    this.numbers[at] = number;
    this.offsets[at] = offset;
  }

  private grow(): void {
    const longer = (list: Float64Array): Float64Array => {
      const grown = new Float64Array(2 * list.length);
      grown.set(list);
      return grown;
    };
    this.keys = longer(this.keys);
    this.numbers = longer(this.numbers);
    this.offsets = longer(this.offsets);
  }
}
