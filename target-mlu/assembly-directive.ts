/** The directives of assembly text: what a program has beside its instructions. */
import { LineError } from './field-text.ts';
import { elementBytes, type ElementType, type ProgramSymbol, type SymbolKind, symbolKinds } from './program.ts';

/** An instruction line of a section, not parsed yet because labels may follow it. */
export interface DraftLine {
  readonly line: number;
  readonly text: string;
  /** The column, from 0, of the mnemonic. */
  readonly start: number;
  readonly location: number;
}

/** A section whose instructions are still text. */
export interface DraftSection {
  readonly cores: readonly number[];
  readonly labels: Map<string, number>;
  readonly lines: DraftLine[];
}

/** A program while its text is read. */
export interface DraftProgram {
  machine: string | undefined;
  gdramBytes: number;
  readonly segments: { readonly address: number; readonly parts: number[][] }[];
  readonly symbols: ProgramSymbol[];
  readonly locations: string[];
  readonly locationIndex: Map<string, number>;
  currentLocation: number;
  readonly sections: DraftSection[];
}

/** A program without anything. */
export function emptyDraft(): DraftProgram {
  return {
    machine: undefined,
    gdramBytes: 0,
    segments: [],
    symbols: [],
    locations: [],
    locationIndex: new Map(),
    currentLocation: -1,
    sections: [],
  };
}

/** Matches all of the line from `at`; throws a LineError that shows `form`. */
function match(pattern: RegExp, line: string, at: number, form: string): RegExpExecArray {
  const rest = line.slice(at);
  const found = pattern.exec(rest);
  if (found !== null) return found;
  throw new LineError(`expected ${form}`, at + rest.length - rest.trimStart().length);
}

function integer(text: string | undefined, at: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new LineError(`${text} is too large`, at);
}

function quoted(text: string | undefined, at: number): string {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value === 'string') return value;
  } catch {
    // Reported below, with the place.
  }
  throw new LineError('not a well-formed quoted text', at);
}

function numbers(text: string | undefined, at: number): number[] {
  return (text ?? '')
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => integer(part, at));
}

function locationOf(draft: DraftProgram, text: string): number {
  const known = draft.locationIndex.get(text);
  if (known !== undefined) return known;
  draft.locations.push(text);
  draft.locationIndex.set(text, draft.locations.length - 1);
  return draft.locations.length - 1;
}

const symbolForm = '.symbol KIND "name" TYPE [shape] in [physical shape] at ADDRESS';
const symbolPattern = /^\s+(\w+)\s+("(?:[^"\\]|\\.)*")\s+(\w+)\s+\[([\d\s,]*)\]\s+in\s+\[([\d\s,]*)\]\s+at\s+(\w+)$/;

function readSymbol(draft: DraftProgram, line: string, at: number): void {
  const [, kind, name, element, shape, physical, address] = match(symbolPattern, line, at, symbolForm);
  if (!symbolKinds.includes(kind as SymbolKind)) {
    throw new LineError(`'${kind}' is not a kind of symbol, expected ${symbolKinds.join(', ')}`, at + 1);
  }
  if (!Object.hasOwn(elementBytes, element as string)) {
    throw new LineError(
      `'${element}' is not an element type, expected ${Object.keys(elementBytes).join(', ')}`,
      at + 1,
    );
  }
  draft.symbols.push({
    name: quoted(name, at),
    kind: kind as SymbolKind,
    element: element as ElementType,
    address: integer(address, at),
    shape: numbers(shape, at),
    physical: numbers(physical, at),
  });
}

/** Reads the rest of a directive's line from column `at`; throws LineError. */
type DirectiveReader = (draft: DraftProgram, line: string, at: number) => void;

/** The directives by name. */
export const directiveReaders: Readonly<Partial<Record<string, DirectiveReader>>> = {
  '.machine': (draft, line, at) => {
    draft.machine = match(/^\s+(\S+)$/, line, at, '.machine NAME')[1];
  },
  '.gdram': (draft, line, at) => {
    draft.gdramBytes = integer(match(/^\s+(\w+)$/, line, at, '.gdram BYTES')[1], at);
  },
  '.location': (draft, line, at) => {
    locationOf(draft, quoted(match(/^\s+(".*")$/, line, at, '.location "text"')[1], at));
  },
  '.symbol': readSymbol,
  '.segment': (draft, line, at) => {
    draft.segments.push({ address: integer(match(/^\s+(\w+)$/, line, at, '.segment ADDRESS')[1], at), parts: [] });
  },
  '.bytes': (draft, line, at) => {
    const digits = match(
      /^\s+((?:[0-9a-fA-F]{2})+)$/,
      line,
      at,
      '.bytes with pairs of hexadecimal digits',
    )[1] as string;
    const segment = draft.segments.at(-1);
    if (segment === undefined) throw new LineError('.bytes needs a .segment before it', at);
    segment.parts.push(Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
  },
  '.cores': (draft, line, at) => {
    const cores = numbers(match(/^((?:\s+\d+)+)$/, line, at, '.cores with core numbers')[1], at);
    draft.sections.push({ cores, labels: new Map(), lines: [] });
    draft.currentLocation = -1;
  },
  '.loc': (draft, line, at) => {
    const text = match(/^(?:\s+(".*"))?$/, line, at, '.loc "text", or .loc alone for none')[1];
    draft.currentLocation = text === undefined ? -1 : locationOf(draft, quoted(text, at));
  },
};
