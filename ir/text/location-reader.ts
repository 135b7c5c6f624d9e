/** Locations from tokens. */
import type { Attribute } from '../attribute.ts';
import { callSiteLocation, fileLocation, type Location, unknownLocation } from '../location.ts';
import { failAt } from './failure.ts';
import type { Lexer } from './lexer.ts';
import { token } from './token.ts';

/** Lines and columns have 32 bits. */
const largestPlace = 0xffffffff;

/** Makes locations. */
export class LocationReader {
  readonly unknown: Location;
  private readonly lexer: Lexer;
  private text: string;
  private numbers: number[];
  private ranged: boolean;

  constructor(lexer: Lexer) {
    this.unknown = unknownLocation;
    this.lexer = lexer;
    this.text = '';
    this.numbers = [];
    this.ranged = false;
  }

  /** The current token is the string of a file or of a name. */
  begin(): void {
    this.text = this.lexer.string();
    this.numbers = [];
    this.ranged = false;
  }

  number(): void {
    const { lexer } = this;
    const value = Number(lexer.text());
    // What is no integer is the grammar's to report.
    if (lexer.kind === token.INTEGER && !(value >= 0 && value <= largestPlace))
      failAt('expected integer line or column number of at most 32 bits', lexer.start);
    this.numbers.push(value);
  }

  range(): void {
    this.ranged = true;
  }

  file(): Location {
    const [line = 0, column = 0, third, fourth] = this.numbers;
    if (!this.ranged || third === undefined) return fileLocation(this.text, line, column);
    return fourth === undefined
      ? { kind: 'file', file: this.text, line, column, endColumn: third }
      : { kind: 'file', file: this.text, line, column, endLine: third, endColumn: fourth };
  }

  name(): string {
    return this.text;
  }

  named(name: string, child?: Location): Location {
    return child ? { kind: 'name', name, child } : { kind: 'name', name };
  }

  callSite(callee: Location, caller: Location): Location {
    return callSiteLocation(callee, caller);
  }

  fused(locations: readonly Location[], metadata: Attribute | undefined): Location {
    return metadata ? { kind: 'fused', locations, metadata: metadata.text } : { kind: 'fused', locations };
  }
}
