/**
 * `--verify-diagnostics`: the diagnostics of an input compared with those that comments in it
 * announce, such as `// expected-error@+1 {{text}}`. Source: MLIR's testing guide.
 */
import { type Diagnostic, errorAt, fileLocation, fileOf, formatDiagnostic, type Severity } from '../../ir/index.ts';

/** Whether diagnostics that nobody expected are errors. */
export type VerifyMode = 'all' | 'only-expected';

/** A diagnostic that a comment announces. */
interface Expectation {
  readonly severity: Severity;
  /** The line on which it is to stand; undefined for a diagnostic without a place. */
  line: number | undefined;
  readonly text: string;
  readonly matches: (message: string) => boolean;
  /** Where the comment stands, and how long it is. */
  readonly at: { readonly line: number; readonly column: number };
  met: boolean;
}

const pattern = /expected-(error|note|remark|warning)(-re)? *(?:@([+-]\d+|above|below|unknown))? *\{\{(.*)\}\}\s*$/;

/** Text outside of inner braces is taken as it is, and inside as a regular expression. */
function expressionOf(text: string): (message: string) => boolean {
  const source = text
    .split(/\{\{(.*?)\}\}/)
    .map((part, at) => (at % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : `(?:${part})`))
    .join('');
  const expression = new RegExp(source);
  return (message) => expression.test(message);
}

/** The expectations in one part of an input. */
function expectationsIn(text: string, firstLine: number): readonly Expectation[] {
  const found: Expectation[] = [];
  let below: Expectation[] = [];
  let lastPlain = firstLine;
  for (const [index, content] of text.split('\n').entries()) {
    const line = firstLine + index;
    const match = pattern.exec(content);
    if (!match) {
      for (const expectation of below) expectation.line = line;
      below = [];
      lastPlain = line;
      continue;
    }
    const [, severity, expression, where, message = ''] = match;
    const expectation: Expectation = {
      severity: severity as Severity,
      line:
        where === undefined
          ? line
          : where === 'unknown'
            ? undefined
            : where === 'above'
              ? lastPlain
              : where === 'below'
                ? line + 1
                : line + Number(where),
      text: message,
      matches: expression ? expressionOf(message) : (told) => told.includes(message),
      at: { line, column: match.index + 1 },
      met: false,
    };
    found.push(expectation);
    if (where === 'below') below.push(expectation);
  }
  return found;
}

/** Compares the diagnostics of one part after the other with what the part announces. */
export class DiagnosticVerifier {
  private readonly mode: VerifyMode;
  private readonly file: string;
  private readonly complaints: Diagnostic[];

  constructor(mode: VerifyMode, file: string) {
    this.mode = mode;
    this.file = file;
    this.complaints = [];
  }

  /** Compares what was told of a part; what does not fit is kept as a complaint. */
  check(text: string, firstLine: number, told: readonly Diagnostic[]): void {
    const expectations = expectationsIn(text, firstLine);
    for (const diagnostic of told) for (const one of [diagnostic, ...diagnostic.notes]) this.match(one, expectations);
    for (const { met, severity, text: message, at } of expectations)
      if (!met)
        this.complaints.push(
          errorAt(fileLocation(this.file, at.line, at.column), `expected ${severity} "${message}" was not produced`),
        );
  }

  private match(told: Diagnostic, expectations: readonly Expectation[]): void {
    const line = fileOf(told.location)?.line;
    const near = expectations.filter((one) => !one.met && one.line === line && one.matches(told.message));
    const same = near.find((one) => one.severity === told.severity);
    if (same) {
      same.met = true;
      return;
    }
    const [other] = near;
    if (other)
      this.complaints.push(
        errorAt(told.location, `'${told.severity}' diagnostic emitted when expecting a '${other.severity}'`),
      );
    else if (this.mode === 'all')
      this.complaints.push(errorAt(told.location, `unexpected ${told.severity}: ${told.message}`));
  }

  /** Everything that did not fit, as text; '' when all did. */
  report(sourceLine: (file: string, line: number) => string | undefined): string {
    return this.complaints.map((one) => `${formatDiagnostic(one, sourceLine)}\n`).join('');
  }
}
