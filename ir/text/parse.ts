/** Parsing: MLIR text as a module. */
import type { Context } from '../context.ts';
import { type Diagnostic, DiagnosticError, errorAt } from '../diagnostic.ts';
import { fileLocation } from '../location.ts';
import type { Operation } from '../operation.ts';
import { ParseFailure } from './failure.ts';
import { Mlir } from './generated/Mlir.ts';
import type { ParserSetup } from './lean-parser.ts';
import { allFailures } from './recovery.ts';

/** What a text may cost, and what it is called. */
export interface ParseOptions {
  /** The name in locations and messages; `-` unless given. */
  readonly fileName?: string;
  /** The number of the first line, for a text that is part of another; 1 unless given. */
  readonly firstLine?: number;
  /** How deep types, attributes and regions may be nested in each other; 500 unless given. */
  readonly maxDepth?: number;
  /** How many independent errors are told; 20 unless given. With 1 the text is not read a second time. */
  readonly maxErrors?: number;
  /** The longest text in bytes; 1 GiB unless given. */
  readonly maxBytes?: number;
  /** Without it, a top level other than one `builtin.module` is put into one. */
  readonly noImplicitModule?: boolean;
}

const moduleName = 'builtin.module';
/** Line and column of a byte offset, both from 1; the column counts bytes. */
export function placeOf(bytes: Uint8Array, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < offset; at = bytes.indexOf(0x0a, at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/**
 * Reads a text as a module of `context`. A top level that is not one `builtin.module` is put into
 * one. Throws a `DiagnosticError` with located diagnostics for anything that cannot be read; what
 * was made until then stays unreachable in the context, so give up the context as well when its
 * memory matters.
 */
export function parseModule(source: Uint8Array | string, context: Context, options: ParseOptions = {}): Operation {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const file = options.fileName ?? '-';
  const firstLine = options.firstLine ?? 1;
  const diagnosticOf = (failure: ParseFailure): Diagnostic => {
    const { line, column } = placeOf(bytes, failure.offset);
    return errorAt(fileLocation(file, line + firstLine - 1, column), failure.message);
  };
  const maxBytes = options.maxBytes ?? 1 << 30;
  if (bytes.length > maxBytes)
    throw new DiagnosticError([
      errorAt(
        fileLocation(file, firstLine, 1),
        `the text has ${bytes.length} bytes, more than the limit of ${maxBytes}`,
      ),
    ]);
  const setup: ParserSetup = {
    bytes,
    context,
    file,
    firstLine,
    maxDepth: options.maxDepth ?? 500,
  };
  let parser: Mlir | undefined;
  try {
    parser = new Mlir(setup as never);
    parser.source();
    parser.regions.checkBlocks();
    parser.aliases.finish();
    const undefinedUses = parser.regions.values.undefinedUses();
    const [undefinedUse] = undefinedUses;
    if (undefinedUse) throw undefinedUse;
    return moduleOf(context, parser.regions.block, file, firstLine, options.noImplicitModule ?? false);
  } catch (error) {
    if (error instanceof ParseFailure)
      throw new DiagnosticError(failuresFrom(error, setup, options.maxErrors ?? 20).map(diagnosticOf));
    if (error instanceof RangeError && error.message.includes('call stack'))
      throw new DiagnosticError([diagnosticOf(new ParseFailure('nested too deep to read', parser?.lexer.start ?? 0))]);
    throw error;
  }
}

/** All errors of a text of which the first is known; only that one where reading on leads elsewhere. */
function failuresFrom(first: ParseFailure, setup: ParserSetup, limit: number): readonly ParseFailure[] {
  if (limit <= 1) return [first];
  try {
    const all = allFailures(setup, limit);
    const [again, ...others] = all;
    if (again?.offset === first.offset && again.message === first.message) return [first, ...others];
  } catch (error) {
    // Reading on is an extra: what is too deep for it is not told.
    if (!(error instanceof RangeError)) throw error;
  }
  return [first];
}

function moduleOf(context: Context, top: number, file: string, firstLine: number, explicit: boolean): Operation {
  const block = context.block(top);
  const { first } = block;
  if (first && first === block.last && (first.name === moduleName || explicit)) {
    first.remove();
    return first;
  }
  if (explicit)
    throw new DiagnosticError([
      errorAt(fileLocation(file, firstLine, 1), 'expected exactly one operation at the top level'),
    ]);
  const module = context.create(moduleName, [], [], { regions: 1, location: fileLocation(file, firstLine, 1) });
  module.region(0).append(block);
  return module;
}
