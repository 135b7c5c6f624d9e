/** Reading little-endian binary data that may be damaged. */

/** Bytes that are not a well-formed object file; `offset` is where the reader noticed. */
export class ObjectFileError extends Error {
  override readonly name = 'ObjectFileError';
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(`object file, byte ${offset}: ${message}`);
    this.offset = offset;
  }
}

/** A position in bytes. Every method throws ObjectFileError when the bytes end too early. */
export class ByteReader {
  readonly bytes: Uint8Array;
  private readonly view: DataView;
  at: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }

  /** Moves over `count` bytes of `what` and returns where they begin. */
  take(count: number, what: string): number {
    const at = this.at;
    if (count > this.bytes.length - at) {
      throw new ObjectFileError(`${what} takes ${count} bytes, but only ${this.bytes.length - at} are left`, at);
    }
    this.at += count;
    return at;
  }

  fail(message: string): never {
    throw new ObjectFileError(message, this.at);
  }

  u8(what: string): number {
    return this.view.getUint8(this.take(1, what));
  }

  u32(what: string): number {
    return this.view.getUint32(this.take(4, what), true);
  }

  /** An integer below 2^53. */
  u64(what: string): number {
    const at = this.take(8, what);
    const value = this.view.getUint32(at, true) + this.view.getUint32(at + 4, true) * 2 ** 32;
    if (!Number.isSafeInteger(value)) throw new ObjectFileError(`${what} is ${value}, expected less than 2^53`, at);
    return value;
  }

  /** How many items follow, each of at least `least` bytes: no more than the bytes that are left can hold. */
  count(what: string, least: number): number {
    const at = this.at;
    const count = this.u32(`the number of ${what}`);
    if (count * least > this.bytes.length - this.at) {
      throw new ObjectFileError(`${count} ${what} do not fit the ${this.bytes.length - this.at} bytes left`, at);
    }
    return count;
  }

  text(what: string): string {
    const length = this.count(`bytes of ${what}`, 1);
    const at = this.take(length, what);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes.subarray(at, at + length));
    } catch {
      throw new ObjectFileError(`${what} is not UTF-8`, at);
    }
  }

  words(count: number, what: string): Uint32Array {
    const at = this.take(4 * count, what);
    const words = new Uint32Array(count);
    for (let i = 0; i < count; i++) words[i] = this.view.getUint32(at + 4 * i, true);
    return words;
  }
}
