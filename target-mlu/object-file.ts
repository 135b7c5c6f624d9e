/** The binary form of a program. Whatever the bytes, reading ends in a program or in an ObjectFileError. */
import { ByteReader, ObjectFileError } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { decodeSection } from './decoded.ts';
import { EncodingError } from './field-words.ts';
import { instructionWords } from './instruction.ts';
import {
  elementBytes,
  type ElementType,
  type Program,
  programProblem,
  type ProgramSymbol,
  type Section,
  type Segment,
  symbolKinds,
} from './program.ts';

const magic = [0x7f, 0x50, 0x5a, 0x4f];
const version = 1;
const elementTypes = Object.keys(elementBytes) as readonly ElementType[];

/** What a reader accepts at most. */
export interface ObjectFileLimits {
  /** Bytes of the GDRAM image; 8 GiB unless told otherwise. */
  readonly gdramBytes?: number;
  /** Instructions of all sections together; 2^24 unless told otherwise. */
  readonly instructions?: number;
}

/** The object file of a program; throws an Error when the program does not hold together. */
export function writeObjectFile(program: Program): Uint8Array {
  const problem = programProblem(program);
  if (problem !== undefined) throw new Error(`program: ${problem}`);
  const out = new ByteWriter();
  out.raw(Uint8Array.from(magic));
  out.u32(version);
  out.text(program.machine);
  out.u64(program.gdramBytes);
  out.u32(program.segments.length);
  for (const { address, bytes } of program.segments) {
    out.u64(address);
    out.u32(bytes.length);
    out.raw(bytes);
  }
  out.u32(program.symbols.length);
  for (const { name, kind, element, address, shape, physical } of program.symbols) {
    out.text(name);
    out.u8(symbolKinds.indexOf(kind));
    out.u8(elementTypes.indexOf(element));
    out.u64(address);
    out.u32(shape.length);
    for (const extent of [...shape, ...physical]) out.u64(extent);
  }
  out.u32(program.locations.length);
  for (const location of program.locations) out.text(location);
  out.u32(program.sections.length);
  for (const { cores, code, locations } of program.sections) {
    out.u32(cores.length);
    out.words(Uint32Array.from(cores));
    out.u32(locations.length);
    out.words(code);
    out.words(locations);
  }
  return out.finish();
}

function list<T>(reader: ByteReader, what: string, least: number, item: () => T): T[] {
  return Array.from({ length: reader.count(what, least) }, item);
}

function choose<T>(reader: ByteReader, what: string, from: readonly T[]): T {
  const at = reader.at;
  const index = reader.u8(what);
  if (index < from.length) return from[index] as T;
  throw new ObjectFileError(`${what} is ${index}, expected less than ${from.length}`, at);
}

function readSegment(reader: ByteReader): Segment {
  const address = reader.u64('a segment address');
  const length = reader.count('bytes of a segment', 1);
  const at = reader.take(length, 'a segment');
  return { address, bytes: reader.bytes.slice(at, at + length) };
}

function readSymbol(reader: ByteReader): ProgramSymbol {
  const name = reader.text('a symbol name');
  const kind = choose(reader, 'the symbol kind', symbolKinds);
  const element = choose(reader, 'the element type', elementTypes);
  const address = reader.u64('the symbol address');
  const rank = reader.count('extents', 16);
  const extents = (what: string): number[] => Array.from({ length: rank }, () => reader.u64(what));
  return { name, kind, element, address, shape: extents('an extent'), physical: extents('a physical extent') };
}

function readSection(reader: ByteReader, locationCount: number, limit: number): Section {
  const cores = [...reader.words(reader.count('cores', 4), 'the core numbers')];
  const start = reader.at;
  const count = reader.count('instructions', 4 * (instructionWords + 1));
  if (count > limit) throw new ObjectFileError(`${count} instructions, at most ${limit} are accepted`, start);
  const codeAt = reader.at;
  const code = reader.words(count * instructionWords, 'the code');
  const locationsAt = reader.at;
  const locations = Int32Array.from(reader.words(count, 'the locations'));
  const odd = locations.findIndex((location) => location < -1 || location >= locationCount);
  if (odd >= 0) {
    throw new ObjectFileError(`location ${locations[odd]}, there are ${locationCount}`, locationsAt + 4 * odd);
  }
  try {
    decodeSection(code);
  } catch (error) {
    if (error instanceof EncodingError) throw new ObjectFileError(`code: ${error.message}`, codeAt);
    throw error;
  }
  return { cores, code, locations };
}

/** Reads an object file; throws ObjectFileError for anything that is not a well-formed one within the limits. */
export function readObjectFile(bytes: Uint8Array, limits: ObjectFileLimits = {}): Program {
  const reader = new ByteReader(bytes);
  for (const expected of magic) {
    const at = reader.at;
    if (reader.u8('the magic number') !== expected) throw new ObjectFileError('not a paleozoic object file', at);
  }
  const found = reader.u32('the version');
  if (found !== version) throw new ObjectFileError(`version ${found}, expected ${version}`, 4);
  const machine = reader.text('the machine name');
  const gdramAt = reader.at;
  const gdramBytes = reader.u64('the gdram size');
  const gdramLimit = limits.gdramBytes ?? 2 ** 33;
  if (gdramBytes > gdramLimit) {
    throw new ObjectFileError(`the gdram image has ${gdramBytes} bytes, at most ${gdramLimit} are accepted`, gdramAt);
  }
  const segments = list(reader, 'segments', 12, () => readSegment(reader));
  const symbols = list(reader, 'symbols', 18, () => readSymbol(reader));
  const locations = list(reader, 'locations', 4, () => reader.text('a location'));
  let budget = limits.instructions ?? 2 ** 24;
  const sections = list(reader, 'sections', 8, () => {
    const section = readSection(reader, locations.length, budget);
    budget -= section.locations.length;
    return section;
  });
  if (reader.at !== bytes.length) reader.fail(`${bytes.length - reader.at} bytes too many`);
  const program: Program = { machine, gdramBytes, segments, symbols, locations, sections };
  const problem = programProblem(program);
  if (problem !== undefined) reader.fail(problem);
  return program;
}
