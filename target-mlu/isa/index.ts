/** The whole instruction set. Assembler, disassembler, emulator, object files and the manual read this list. */
import type { Instruction } from '../instruction.ts';
import { control } from './control.ts';
import { conversion } from './convert.ts';
import { convolution } from './convolution.ts';
import { copies, fills, stridedCopies } from './copy.ts';
import { activation, comparison, cycleForms, elementwise } from './elementwise.ts';
import { finishing, product } from './mlp.ts';
import { pooling } from './pooling.ts';
import { reduction } from './reduce.ts';
import { scalar, scalarComparison, scalarMemory } from './scalar.ts';
import { selection } from './select.ts';
import { shape } from './shape.ts';

/** The instructions by family; the family names head the sections of the manual. */
export const families = {
  control,
  copies,
  stridedCopies,
  fills,
  elementwise,
  cycleForms,
  comparison,
  activation,
  selection,
  reduction,
  pooling,
  shape,
  conversion,
  convolution,
  product,
  finishing,
  scalar,
  scalarComparison,
  scalarMemory,
} as const;

/** Every instruction. */
export const isa: readonly Instruction[] = Object.values(families).flatMap((family): readonly Instruction[] =>
  Object.values(family),
);

const byOpcode = new Map(isa.map((row) => [row.opcode, row]));
const byMnemonic = new Map(isa.map((row) => [row.mnemonic, row]));

/** The instruction with an opcode. */
export const withOpcode = (opcode: number): Instruction | undefined => byOpcode.get(opcode);

/** The instruction with a mnemonic. */
export const withMnemonic = (mnemonic: string): Instruction | undefined => byMnemonic.get(mnemonic);
