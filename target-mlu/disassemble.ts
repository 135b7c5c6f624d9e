/** Programs as assembly text, which assembles to the same program again. */
import { type Decoded, decodedText, decodeSection } from './decoded.ts';
import type { Program, Section } from './program.ts';

const bytesInLine = 32;

function targetsOf(code: readonly Decoded[]): Set<number> {
  const targets = new Set<number>();
  for (const { row, written } of code) {
    for (const [name, field] of Object.entries(row.fields))
      if (field.kind === 'target') targets.add(written[name] as number);
  }
  return targets;
}

function* sectionLines(section: Section, locations: readonly string[]): Iterable<string> {
  yield `.cores ${section.cores.join(' ')}`;
  const code = decodeSection(section.code);
  const targets = targetsOf(code);
  let current = -1;
  for (const [pc, instruction] of code.entries()) {
    if (targets.has(pc)) yield `L${pc}:`;
    const location = section.locations[pc] ?? -1;
    if (location !== current) yield location < 0 ? '  .loc' : `  .loc ${JSON.stringify(locations[location])}`;
    current = location;
    yield `  ${decodedText(instruction).replace(/@(\d+)/g, '@L$1')}`;
  }
}

/** The lines of a program's assembly text. Throws EncodingError for code that is none. */
export function* disassembleLines(program: Program): Iterable<string> {
  yield `.machine ${program.machine}`;
  yield `.gdram ${program.gdramBytes}`;
  for (const location of program.locations) yield `.location ${JSON.stringify(location)}`;
  for (const { name, kind, element, address, shape, physical } of program.symbols) {
    const extents = `[${shape.join(', ')}] in [${physical.join(', ')}]`;
    yield `.symbol ${kind} ${JSON.stringify(name)} ${element} ${extents} at ${address}`;
  }
  for (const { address, bytes } of program.segments) {
    yield `.segment ${address}`;
    for (let at = 0; at < bytes.length; at += bytesInLine) {
      const part = bytes.subarray(at, at + bytesInLine);
      yield `  .bytes ${Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    }
  }
  for (const section of program.sections) yield* sectionLines(section, program.locations);
}

/** A program's assembly text. */
export function disassemble(program: Program): string {
  let text = '';
  for (const line of disassembleLines(program)) text += `${line}\n`;
  return text;
}
