/** Code decoded once, in the form that the emulator runs. */
import type { FieldValues, OperandField, Register } from './field.ts';
import { EncodingError } from './field-words.ts';
import { type Instruction, instructionWords, opcodeAt } from './instruction.ts';
import { withOpcode } from './isa/index.ts';
import type { Region } from './region.ts';

/** An operand that is read from a register each time. */
interface RegisterOperand {
  readonly name: string;
  readonly register: number;
  readonly offset: number;
}

/** An operand field with its name. */
export interface CheckedOperand {
  readonly name: string;
  readonly field: OperandField;
}

/** One instruction, ready to run. */
export interface Decoded {
  readonly row: Instruction;
  readonly written: Readonly<Record<string, unknown>>;
  /** The operand values; those that come from registers are put in place before each run. */
  readonly values: FieldValues;
  readonly registers: readonly RegisterOperand[];
  /** The operand fields that are to be checked before each run. */
  readonly variable: readonly CheckedOperand[];
  /** The other operand fields; emptied when they were found right, for they never change. */
  constant: readonly CheckedOperand[];
  /** The memory touched, kept when no register is involved. */
  regions: readonly Region[] | undefined;
}

/** Decodes the instruction at index `pc` of `code`; throws EncodingError. */
export function decodeAt(code: Uint32Array, pc: number): Decoded {
  const at = pc * instructionWords;
  const row = withOpcode(opcodeAt(code, at));
  if (row === undefined) throw new EncodingError(`no instruction has the opcode 0x${opcodeAt(code, at).toString(16)}`);
  const written: Record<string, unknown> = row.decode(code, at);
  const count = code.length / instructionWords;
  const registers: RegisterOperand[] = [];
  for (const [name, field] of Object.entries(row.fields)) {
    const value = written[name];
    if (field.kind === 'operand' && typeof value === 'object') registers.push({ name, ...(value as Register) });
    if (field.kind === 'target' && !((value as number) < count)) {
      throw new EncodingError(`${row.mnemonic}: '${name}' is instruction ${String(value)}, the section has ${count}`);
    }
  }
  const operands = Object.entries(row.fields).flatMap(([name, field]) =>
    field.kind === 'operand' ? [{ name, field }] : [],
  );
  return {
    row,
    written,
    values: { ...written } as FieldValues,
    registers,
    variable: operands.filter(({ name }) => typeof written[name] === 'object'),
    constant: operands.filter(({ name }) => typeof written[name] !== 'object'),
    regions: undefined,
  };
}

/** Decodes a whole section; throws EncodingError, whose message begins with the instruction's index. */
export function decodeSection(code: Uint32Array): readonly Decoded[] {
  return Array.from({ length: code.length / instructionWords }, (_, pc) => {
    try {
      return decodeAt(code, pc);
    } catch (error) {
      if (error instanceof EncodingError) throw new EncodingError(`instruction ${pc}: ${error.message}`);
      throw error;
    }
  });
}

/** The assembly text of a decoded instruction. */
export function decodedText({ row, written }: Decoded): string {
  return row.print(written as Parameters<Instruction['print']>[0]);
}
