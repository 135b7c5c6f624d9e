/** Assembly text to programs, with every mistake reported at its line and column. */
import { directiveReaders, type DraftProgram, type DraftSection, emptyDraft } from './assembly-directive.ts';
import { EncodingError } from './field-words.ts';
import { LineError } from './field-text.ts';
import { instructionWords } from './instruction.ts';
import { withMnemonic } from './isa/index.ts';
import { type Program, programProblem, type Section } from './program.ts';

/** One mistake in assembly text; line and column count from 1. */
export interface AssemblyDiagnostic {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Text that is not a program; `diagnostics` has every mistake that was found, the message the first ones. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
  readonly diagnostics: readonly AssemblyDiagnostic[];
  constructor(diagnostics: readonly AssemblyDiagnostic[]) {
    const shown = diagnostics.slice(0, 20).map(({ line, column, message }) => `${line}:${column}: ${message}`);
    if (diagnostics.length > shown.length) shown.push(`and ${diagnostics.length - shown.length} more`);
    super(shown.join('\n'));
    this.diagnostics = diagnostics;
  }
}

/** The line without its comment, which `#` or `//` begins outside of quotes. */
function withoutComment(line: string): string {
  const match = /^(?:[^"#/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*/.exec(line);
  const code = match?.[0] ?? '';
  return line[code.length] === '"' ? line : code;
}

const labelPattern = /^\s*([A-Za-z_.][\w.]*)\s*:/;

function readLine(draft: DraftProgram, text: string, line: number): void {
  let at = 0;
  for (let label = labelPattern.exec(text); label !== null; label = labelPattern.exec(text.slice(at))) {
    const name = label[1] as string;
    const section = draft.sections.at(-1);
    const column = at + label[0].indexOf(name);
    if (section === undefined) throw new LineError('a label needs a .cores section before it', column);
    if (section.labels.has(name)) throw new LineError(`label '${name}' is in this section already`, column);
    section.labels.set(name, section.lines.length);
    at += label[0].length;
  }
  const rest = text.slice(at).trimEnd();
  if (rest.trim() === '') return;
  const start = at + rest.length - rest.trimStart().length;
  const word = text.slice(start).split(/[\s[]/, 1)[0] as string;
  if (word.startsWith('.')) {
    const reader = directiveReaders[word];
    if (reader === undefined) {
      throw new LineError(`no directive '${word}', there are ${Object.keys(directiveReaders).join(', ')}`, start);
    }
    reader(draft, text.trimEnd(), start + word.length);
    return;
  }
  const section = draft.sections.at(-1);
  if (section === undefined) throw new LineError('an instruction needs a .cores section before it', start);
  section.lines.push({ line, text: text.slice(0, text.trimEnd().length), start, location: draft.currentLocation });
}

type Report = (line: number, error: unknown, column?: number) => void;

function encodeSection(draft: DraftSection, report: Report): Section {
  const code = new Uint32Array(draft.lines.length * instructionWords);
  draft.lines.forEach(({ line, text, start }, pc) => {
    const mnemonic = text.slice(start).split(/[\s[]/, 1)[0] as string;
    const row = withMnemonic(mnemonic);
    try {
      if (row === undefined) throw new LineError(`no instruction '${mnemonic}'`, start);
      const blank = ' '.repeat(start);
      const written = row.parse(blank + text.slice(start), (name) => draft.labels.get(name));
      for (const [name, field] of Object.entries(row.fields)) {
        const value: unknown = written[name];
        if (field.kind === 'target' && !((value as number) < draft.lines.length)) {
          throw new LineError(
            `'${name}' is instruction ${String(value)}, the section has ${draft.lines.length}`,
            start,
          );
        }
      }
      row.encode(written, code, pc * instructionWords);
    } catch (error) {
      report(line, error, start);
    }
  });
  return { cores: draft.cores, code, locations: Int32Array.from(draft.lines, ({ location }) => location) };
}

/** Assembles a program; throws AssemblyError. */
export function assemble(text: string): Program {
  const diagnostics: AssemblyDiagnostic[] = [];
  const report: Report = (line, error, column = 0) => {
    if (error instanceof LineError) diagnostics.push({ line, column: error.at + 1, message: error.message });
    else if (error instanceof EncodingError) diagnostics.push({ line, column: column + 1, message: error.message });
    else throw error;
  };
  const draft = emptyDraft();
  const lines = text.split(/\r?\n/);
  lines.forEach((line, index) => {
    try {
      readLine(draft, withoutComment(line), index + 1);
    } catch (error) {
      report(index + 1, error);
    }
  });
  const sections = draft.sections.map((section) => encodeSection(section, report));
  const { machine, gdramBytes, symbols, locations } = draft;
  const segments = draft.segments.map(({ address, parts }) => ({ address, bytes: Uint8Array.from(parts.flat()) }));
  if (machine === undefined) diagnostics.push({ line: 1, column: 1, message: 'the text has no .machine directive' });
  const program: Program = { machine: machine ?? '', gdramBytes, segments, symbols, locations, sections };
  const problem = diagnostics.length === 0 ? programProblem(program) : undefined;
  if (problem !== undefined) diagnostics.push({ line: lines.length, column: 1, message: problem });
  if (diagnostics.length === 0) return program;
  throw new AssemblyError(diagnostics.sort((a, b) => a.line - b.line || a.column - b.column));
}
