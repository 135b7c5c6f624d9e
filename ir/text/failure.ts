/** Why a text cannot be read, and where. */

/** Thrown inside the text layer; `parseModule` turns it into a `DiagnosticError`. */
export class ParseFailure extends Error {
  /** Byte offset in the text. */
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Reports an error at a byte offset. */
export function failAt(message: string, offset: number): never {
  throw new ParseFailure(message, offset);
}
