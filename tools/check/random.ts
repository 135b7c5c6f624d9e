/** Random numbers of a campaign: a function of the seed and the number of the case, on every machine. */

/** A stream of random choices. */
export class Random {
  private state: number;

  constructor(seed: number, stream = 0) {
    this.state = Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b);
    // Neighbouring streams differ in a few bits; two rounds spread them.
    this.state = this.word() ^ Math.imul(stream, 0xc2b2ae35);
    this.word();
  }

  /** The next 32 bits. Source: the finaliser of MurmurHash3 over a Weyl sequence. */
  word(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  }

  /** An integer from 0 up to `limit`, which is not reached; 0 when `limit` is 0. */
  below(limit: number): number {
    return Math.floor((this.word() / 0x1_0000_0000) * limit);
  }

  /** True once in `of` times. */
  once(of: number): boolean {
    return this.below(of) === 0;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}
