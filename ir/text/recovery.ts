/**
 * Reading on after an error, to tell of independent errors in one text. It is done in a second
 * reading, whose operations nobody sees: the first goes straight and only learns that it failed.
 */
import { Context } from '../context.ts';
import { ParseFailure } from './failure.ts';
import { Mlir } from './generated/Mlir.ts';
import type { ParserSetup } from './lean-parser.ts';
import type { Lexer } from './lexer.ts';
import { token } from './token.ts';

/** Every error of a text that is known to have one, in the order in which reading comes to them. */
export function allFailures(setup: ParserSetup, limit: number): readonly ParseFailure[] {
  const { context } = setup;
  const scratch = new Context([...context.dialects.values()], { allowUnregistered: context.allowUnregistered });
  const failures: ParseFailure[] = [];
  let parser: RecoveringParser | undefined;
  try {
    parser = new RecoveringParser({ ...setup, context: scratch }, failures, limit);
    parser.source();
    parser.regions.checkBlocks();
    parser.aliases.finish();
  } catch (error) {
    if (!(error instanceof ParseFailure)) throw error;
    failures.push(error);
  }
  if (parser) failures.push(...parser.regions.values.undefinedUses());
  return failures.slice(0, limit);
}

/** A parser that passes over an operation that it cannot read. */
class RecoveringParser extends Mlir {
  private readonly failures: ParseFailure[];
  /** With so many errors the rest of the text is not read. */
  private readonly limit: number;

  constructor(setup: ParserSetup, failures: ParseFailure[], limit: number) {
    super(setup as never);
    this.failures = failures;
    this.limit = limit;
  }

  override operation(): never {
    const start = this.lexer.start;
    const state = this.save();
    try {
      return super.operation() as never;
    } catch (error) {
      if (!(error instanceof ParseFailure)) throw error;
      this.failures.push(error);
      if (this.failures.length >= this.limit) throw new ParseFailure('too many errors', error.offset);
      this.restore(state);
      this.regions.passOverOperation();
      this.passOver(start);
      return undefined as never;
    }
  }

  /** Moves from the operation that starts at `start` to what may be the next one, or the end of the region. */
  private passOver(start: number): void {
    const { lexer } = this;
    lexer.restart(start);
    this.resultsAreUnknown();
    let braces = 0;
    let others = 0;
    for (let first = true; lexer.kind !== token.EOF; first = false) {
      const { kind } = lexer;
      if (!first && braces === 0) {
        if (kind === token.RBRACE && others <= 0) return;
        if (beginsLine(lexer) && (others <= 0 ? mayBegin(kind) : kind === token.VALUE_ID && definesValue(lexer)))
          return;
      }
      if (kind === token.LBRACE) braces++;
      else if (kind === token.RBRACE) braces--;
      else if (kind === token.LPAREN || kind === token.LBRACKET) others++;
      else if (kind === token.RPAREN || kind === token.RBRACKET) others--;
      if (braces < 0) return;
      this.step();
    }
  }

  /** The next token; of a line with something that is none the rest is passed over. */
  private step(): void {
    const { lexer } = this;
    for (let from = -1; ; ) {
      try {
        if (from < 0) lexer.next();
        else lexer.restart(from);
        return;
      } catch (error) {
        if (!(error instanceof ParseFailure)) throw error;
        const lineEnd = lexer.bytes.indexOf(0x0a, Math.max(from, lexer.end));
        from = lineEnd < 0 ? lexer.bytes.length : lineEnd + 1;
      }
    }
  }

  /** The names that the operation at the current token would define stand for anything from here on. */
  private resultsAreUnknown(): void {
    const { lexer } = this;
    if (lexer.kind !== token.VALUE_ID || !definesValue(lexer)) return;
    while (lexer.kind === token.VALUE_ID) {
      this.regions.values.defineUnknown(lexer);
      this.step();
      while (lexer.kind !== token.VALUE_ID && lexer.kind !== token.EQUAL && lexer.kind !== token.EOF) this.step();
    }
  }
}

/** Whether the current token is the first on its line. */
function beginsLine({ bytes, start }: Lexer): boolean {
  let at = start - 1;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at--;
  return at < 0 || bytes[at] === 0x0a || bytes[at] === 0x0d;
}

const mayBegin = (kind: number): boolean =>
  kind === token.VALUE_ID || kind === token.STRING || kind === token.BARE_ID || kind === token.CARET_ID;

/** Whether the value name at the current token is followed by `=`, possibly after a count or further names. */
function definesValue({ bytes, start }: Lexer): boolean {
  const lineEnd = bytes.indexOf(0x0a, start);
  const line = new TextDecoder().decode(bytes.subarray(start, lineEnd < 0 ? bytes.length : lineEnd));
  return /^%[\w$.-]+(\s*:\s*\d+)?(\s*,\s*%[\w$.-]+(\s*:\s*\d+)?)*\s*=/.test(line);
}
