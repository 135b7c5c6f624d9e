/** Reading the text form of a pipeline. Errors are located in the text, so that they show a caret. */
import { DiagnosticError, errorAt } from '../ir/diagnostic.ts';
import { fileLocation, type Location } from '../ir/location.ts';
import { type Knob, knobNamed, parseSetting, settingEnd, settingsWith } from './knob.ts';
import type { Pass } from './pass.ts';
import { anyAnchor, orderErrors, type OrderOptions, passesOf, type Pipeline, type Stage } from './pipeline.ts';

/** How a pipeline is read. */
export interface PipelineOptions extends OrderOptions {
  /** The anchor of a text that names only passes; `any` by default. */
  readonly anchor?: string;
  /** What the text is called in locations; `<pipeline>` by default. */
  readonly file?: string;
  /** Deepest nesting that is read; 64 by default. */
  readonly maxDepth?: number;
}

/**
 * Reads `anchor(pass{knob=value},anchor(…))` or a bare list of passes. Throws a `DiagnosticError`
 * located at the name, knob or order that is wrong.
 */
export function parsePipeline(text: string, passes: readonly Pass[], options: PipelineOptions = {}): Pipeline {
  return new PipelineParser(text, passes, options).parse();
}

/** The line `line` of a pipeline text, for `formatDiagnostic`; every other place is not its. */
export const pipelineLine =
  (text: string, file = '<pipeline>') =>
  (asked: string, line: number): string | undefined =>
    asked === file ? text.split('\n')[line - 1] : undefined;

class PipelineParser {
  private readonly text: string;
  private readonly byName: ReadonlyMap<string, Pass>;
  private readonly options: PipelineOptions;
  private readonly starts: number[];
  private at: number;

  constructor(text: string, passes: readonly Pass[], options: PipelineOptions) {
    this.text = text;
    this.byName = new Map(passes.map((one) => [one.name, one]));
    this.options = options;
    this.starts = [];
    this.at = 0;
  }

  parse(): Pipeline {
    const bare = this.options.anchor ?? anyAnchor;
    this.skipSpace();
    const mark = this.at;
    const name = this.name('a pass or an operation name');
    let parsed: Pipeline;
    if (this.peek() === '(') {
      parsed = { anchor: name, stages: this.stages(name, 1) };
    } else {
      this.at = mark;
      parsed = { anchor: bare, stages: this.list(bare, 0) };
    }
    this.skipSpace();
    if (this.at < this.text.length) this.fail(this.at, `expected the end, found '${this.text[this.at]}'`);
    const [wrong] = orderErrors(passesOf(parsed), [...this.byName.values()], this.options);
    if (wrong) this.fail(this.starts[wrong.at] as number, wrong.message);
    return parsed;
  }

  private stages(anchor: string, depth: number): readonly Stage[] {
    this.expect('(');
    this.skipSpace();
    const stages = this.peek() === ')' ? [] : this.list(anchor, depth);
    this.expect(')');
    return stages;
  }

  private list(anchor: string, depth: number): readonly Stage[] {
    if (depth > (this.options.maxDepth ?? 64)) this.fail(this.at, `nested deeper than ${this.options.maxDepth ?? 64}`);
    const stages: Stage[] = [];
    do stages.push(this.stage(anchor, depth));
    while (this.take(','));
    return stages;
  }

  private stage(anchor: string, depth: number): Stage {
    this.skipSpace();
    const start = this.at;
    const name = this.name('a pass or an operation name');
    if (this.peek() === '(') return { kind: 'nested', anchor: name, stages: this.stages(name, depth + 1) };
    const found = this.byName.get(name);
    if (!found) return this.fail(start, `no pass is called '${name}'${this.suggestion(name)}`);
    if (found.on !== undefined && found.on !== anchor && anchor !== anyAnchor)
      this.fail(start, `pass '${name}' runs on '${found.on}', but stands in '${anchor}'; write ${found.on}(${name})`);
    this.starts.push(start);
    return { kind: 'pass', pass: found, settings: settingsWith(found.knobs, this.knobs(found)) };
  }

  private knobs(found: Pass): Record<string, unknown> {
    const changes: Record<string, unknown> = {};
    if (!this.take('{')) return changes;
    for (;;) {
      this.skipSpace();
      if (this.take('}')) return changes;
      const start = this.at;
      const key = this.name(`a knob of '${found.name}'`);
      const value = this.take('=') ? this.word(found.knobs[knobNamed(found.knobs, key) ?? '']) : '';
      const parsed = parseSetting(found.knobs, key, value);
      if ('error' in parsed) return this.fail(start, `pass '${found.name}': ${parsed.error}`);
      if (Object.hasOwn(changes, parsed.name)) this.fail(start, `pass '${found.name}': knob '${key}' is given twice`);
      changes[parsed.name] = parsed.value;
      this.take(',');
    }
  }

  private word(declared: Knob | undefined): string {
    const start = this.at;
    this.at = settingEnd(this.text, start, declared);
    return this.text.slice(start, this.at);
  }

  private name(expected: string): string {
    this.skipSpace();
    const match = /^[A-Za-z_][\w$.-]*/.exec(this.text.slice(this.at, this.at + 256));
    if (!match) {
      const found = this.text[this.at];
      return this.fail(this.at, `expected ${expected}, found ${found === undefined ? 'the end' : `'${found}'`}`);
    }
    this.at += match[0].length;
    return match[0];
  }

  private peek(): string | undefined {
    this.skipSpace();
    return this.text[this.at];
  }

  private take(symbol: string): boolean {
    if (this.peek() !== symbol) return false;
    this.at++;
    return true;
  }

  private expect(symbol: string): void {
    const found = this.peek();
    if (!this.take(symbol))
      this.fail(this.at, `expected '${symbol}', found ${found === undefined ? 'the end' : `'${found}'`}`);
  }

  private skipSpace(): void {
    while (this.at < this.text.length && /\s/.test(this.text[this.at] as string)) this.at++;
  }

  private suggestion(name: string): string {
    const close = [...this.byName.keys()].find((known) => known.startsWith(name) || name.startsWith(known));
    return close === undefined ? '' : `; did you mean '${close}'?`;
  }

  private fail(at: number, message: string): never {
    throw new DiagnosticError([errorAt(this.location(at), message)]);
  }

  private location(at: number): Location {
    const before = this.text.slice(0, at).split('\n');
    return fileLocation(this.options.file ?? '<pipeline>', before.length, (before.at(-1) as string).length + 1);
  }
}
