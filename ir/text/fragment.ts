/** Reading text of another grammar whose types and attributes are those of MLIR. */
import type { Attribute } from '../attribute.ts';
import type { Context } from '../context.ts';
import { DiagnosticError, errorAt } from '../diagnostic.ts';
import { fileLocation, type Location } from '../location.ts';
import type { Type } from '../type.ts';
import { ParseFailure } from './failure.ts';
import { Mlir } from './generated/Mlir.ts';
import type { ParserSetup } from './lean-parser.ts';
import type { Lexer } from './lexer.ts';
import { placeOf } from './parse.ts';

/** Tokens of a text, and the rules that read a type or an attribute where the current token begins one. */
export interface FragmentParser {
  readonly lexer: Lexer;
  type(): Type;
  attribute(): Attribute;
  /** The place of a byte offset. */
  locationOf(offset: number): Location;
}

/** Runs `read` over a text; what cannot be read becomes a `DiagnosticError` at its place. */
export function readFragments<T>(
  source: Uint8Array | string,
  context: Context,
  file: string,
  read: (parser: FragmentParser) => T,
): T {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const locationOf = (offset: number): Location => {
    const { line, column } = placeOf(bytes, offset);
    return fileLocation(file, line, column);
  };
  const setup: ParserSetup = { bytes, context, file, firstLine: 1, maxDepth: 500 };
  try {
    const parser = new Mlir(setup as never);
    return read({
      lexer: parser.lexer,
      type: () => parser.anyType().value,
      attribute: () => parser.attribute().value,
      locationOf,
    });
  } catch (error) {
    if (error instanceof ParseFailure) throw new DiagnosticError([errorAt(locationOf(error.offset), error.message)]);
    throw error;
  }
}
