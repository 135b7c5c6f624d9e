/** Machine programs as data: what an object file holds and the emulator runs. */

/** The element types of symbols, with their sizes in bytes. */
export const elementBytes = { f16: 2, f32: 4, i8: 1, u8: 1, i16: 2, u16: 2, i32: 4, i64: 8, f64: 8 } as const;

/** The name of an element type. */
export type ElementType = keyof typeof elementBytes;

/** What a symbol is for: the user writes inputs and reads outputs; the others are for tools that look inside. */
export const symbolKinds = ['input', 'output', 'constant', 'scratch'] as const;

/** The kind of a symbol. */
export type SymbolKind = (typeof symbolKinds)[number];

/** A named tensor in GDRAM. */
export interface ProgramSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** GDRAM address in bytes. */
  readonly address: number;
  readonly element: ElementType;
  readonly shape: readonly number[];
  /** The shape as it lies in memory: the same rank, each extent at least the logical one. */
  readonly physical: readonly number[];
}

/** Bytes of GDRAM that have a value before the program starts. */
export interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** The code of some cores. */
export interface Section {
  /** The cores that run it. */
  readonly cores: readonly number[];
  /** 16 words for each instruction. */
  readonly code: Uint32Array;
  /** For each instruction where it comes from: an index into the program's locations, or -1. */
  readonly locations: Int32Array;
}

/** A program for all cores that take part in it; the cores are 0 to n - 1. */
export interface Program {
  readonly machine: string;
  /** Bytes of GDRAM that the program uses, segments and symbols included. */
  readonly gdramBytes: number;
  /** In ascending order, apart from each other. */
  readonly segments: readonly Segment[];
  readonly symbols: readonly ProgramSymbol[];
  readonly locations: readonly string[];
  readonly sections: readonly Section[];
}

/** Bytes that a symbol takes in memory. */
export function symbolBytes(symbol: ProgramSymbol): number {
  return symbol.physical.reduce((product, extent) => product * extent, elementBytes[symbol.element]);
}

/** What is wrong with a program taken as a whole; undefined when nothing is. */
export function programProblem(program: Program): string | undefined {
  let end = 0;
  for (const [i, { address, bytes }] of program.segments.entries()) {
    if (address < end) return `segment ${i} at ${address} begins before the end ${end} of the one before`;
    end = address + bytes.length;
    if (end > program.gdramBytes)
      return `segment ${i} ends at ${end}, beyond the ${program.gdramBytes} bytes of the image`;
  }
  const names = new Set<string>();
  for (const symbol of program.symbols) {
    const { name, address, shape, physical } = symbol;
    if (names.has(name)) return `symbol '${name}' is there twice`;
    names.add(name);
    if (shape.length !== physical.length || shape.some((extent, d) => extent > (physical[d] as number))) {
      return `symbol '${name}': shape [${shape}] does not fit its physical shape [${physical}]`;
    }
    const last = address + symbolBytes(symbol);
    if (!(last <= program.gdramBytes))
      return `symbol '${name}' ends at ${last}, beyond the ${program.gdramBytes} bytes of the image`;
  }
  if (new Set(program.locations).size !== program.locations.length) return 'a location text is there twice';
  const cores = program.sections.flatMap((section) => [...section.cores]).sort((a, b) => a - b);
  const odd = cores.findIndex((core, i) => core !== i);
  if (odd >= 0 || cores.length === 0) return `the sections name cores [${cores}], expected 0, 1, … each once`;
  return undefined;
}
