/** The machine: description, instruction set, programs and their files, assembler, emulator, cycle count. */
export { assemble, type AssemblyDiagnostic, AssemblyError } from './assemble.ts';
export { ObjectFileError } from './byte-reader.ts';
export type { Core } from './core.ts';
export { type Decoded, decodedText, decodeSection } from './decoded.ts';
export { disassemble, disassembleLines } from './disassemble.ts';
export { type CoreReport, Emulator, type EmulatorOptions, type RunReport } from './emulator.ts';
export { type FaultPlace, MachineFault } from './fault.ts';
export { type Field, type Fields, gpr, type Operand, type Register, type Space, type WrittenFields } from './field.ts';
export { LineError } from './field-text.ts';
export { EncodingError } from './field-words.ts';
export { type Instruction, instruction, instructionWords } from './instruction.ts';
export { activation, comparison, cycleForms, elementwise } from './isa/elementwise.ts';
export { control } from './isa/control.ts';
export { conversion } from './isa/convert.ts';
export { convolution } from './isa/convolution.ts';
export { copies, fills, stridedCopies } from './isa/copy.ts';
export { families, isa, withMnemonic, withOpcode } from './isa/index.ts';
export { finishing, product } from './isa/mlp.ts';
export { pooling } from './isa/pooling.ts';
export { reduction } from './isa/reduce.ts';
export { scalar, scalarComparison, scalarMemory } from './isa/scalar.ts';
export { selection } from './isa/select.ts';
export { shape } from './isa/shape.ts';
export { type Machine, MachineError, type MachineOverrides, machineVariant, mlu100, parseMachine } from './machine.ts';
export { manual, manualEntry } from './manual.ts';
export { type ObjectFileLimits, readObjectFile, writeObjectFile } from './object-file.ts';
export type { Pipe } from './pipe.ts';
export {
  elementBytes,
  type ElementType,
  type Program,
  type ProgramSymbol,
  type Section,
  type Segment,
  symbolBytes,
  type SymbolKind,
} from './program.ts';
export { quantize, type Rounding, roundings } from '../ir/fixed-point.ts';
export { type BuilderFields, type Label, SectionBuilder } from './section-builder.ts';
export { gather, scatter, tensorBytes } from './symbol-data.ts';
export { CoreClock, type Throughput, throughputOf } from './timing.ts';
