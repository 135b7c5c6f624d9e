/** The fields of an instruction: what an operand is, how it is stored in the word and spelled in assembly. */

/** An address space; which ones an instruction uses is part of its name. */
export type Space = 'gdram' | 'ldram' | 'nram' | 'wram';

/** What an instruction does with the memory at an address. */
export type Direction = 'read' | 'write' | 'update';

/** A general register plus a constant, -2^24 to 2^24 - 1. */
export interface Register {
  readonly register: number;
  readonly offset: number;
}

/** An address, size or value as written: a constant, or a register plus a constant. */
export type Operand = number | Register;

/** An operand word: a 31-bit constant or a register with offset; an address says its space and what happens there. */
export interface OperandField {
  readonly kind: 'operand';
  readonly doc: string;
  readonly signed: boolean;
  /** The smallest legal value at run time. */
  readonly minimum: number;
  /** The value must be a multiple of this at run time. */
  readonly multiple: number;
  readonly space?: Space;
  readonly direction?: Direction;
}

/** A general register that the instruction writes. */
export interface RegisterField {
  readonly kind: 'register';
  readonly doc: string;
}

/** A predicate register, read or written. */
export interface PredicateField {
  readonly kind: 'predicate';
  readonly doc: string;
}

/** A signed 48-bit constant in two words. */
export interface WideField {
  readonly kind: 'wide';
  readonly doc: string;
}

/** The index of an instruction of the same code section; a label in assembly. */
export interface TargetField {
  readonly kind: 'target';
  readonly doc: string;
}

/** One of a few modes, kept in four bits of the opcode word. */
export interface ChoiceField<V extends string = string> {
  readonly kind: 'choice';
  readonly doc: string;
  readonly values: readonly V[];
}

/** Any field. */
export type Field = OperandField | RegisterField | PredicateField | WideField | TargetField | ChoiceField;

/** The fields of an instruction by name, in the order of their words. */
export type Fields = Readonly<Record<string, Field>>;

/** What a program writes in a field. */
export type Written<F extends Field> =
  F extends ChoiceField<infer V> ? V : F extends { readonly kind: 'operand' } ? Operand : number;

/** What an instruction sees in a field when it runs: registers are replaced by their values. */
export type Value<F extends Field> = F extends ChoiceField<infer V> ? V : number;

/** Fields as a program writes them. */
export type WrittenFields<F extends Fields = Fields> = { readonly [K in keyof F]: Written<F[K]> };

/** Fields as an instruction sees them when it runs. */
export type FieldValues<F extends Fields = Fields> = { readonly [K in keyof F]: Value<F[K]> };

/** General register `register`, plus `offset`. */
export function gpr(register: number, offset = 0): Register {
  return { register, offset };
}

const operand = { kind: 'operand', signed: false, minimum: 0, multiple: 1 } as const;

/** The byte address of memory that the instruction reads. */
export const source = (space: Space, doc: string): OperandField => ({ ...operand, doc, space, direction: 'read' });

/** The byte address of memory that the instruction writes. */
export const destination = (space: Space, doc: string): OperandField => ({
  ...operand,
  doc,
  space,
  direction: 'write',
});

/** The byte address of memory that the instruction reads and writes. */
export const accumulator = (space: Space, doc: string): OperandField => ({
  ...operand,
  doc,
  space,
  direction: 'update',
});

/** A size or count of at least `minimum`. */
export const size = (doc: string, minimum = 1): OperandField => ({ ...operand, doc, minimum });

/** A number of elements that the vector or tensor unit takes in groups of 64. */
export const groups = (doc: string): OperandField => ({ ...operand, doc, minimum: 64, multiple: 64 });

/** A distance in bytes. */
export const stride = (doc: string): OperandField => ({ ...operand, doc });

/** A signed number. */
export const number = (doc: string): OperandField => ({ ...operand, doc, signed: true, minimum: -Infinity });

/** A register to write. */
export const result = (doc: string): RegisterField => ({ kind: 'register', doc });

/** A predicate register. */
export const predicate = (doc: string): PredicateField => ({ kind: 'predicate', doc });

/** A 48-bit constant. */
export const wide = (doc: string): WideField => ({ kind: 'wide', doc });

/** A place in the same code section. */
export const target = (doc: string): TargetField => ({ kind: 'target', doc });

/** One of `values`. */
export const choice = <const V extends string>(doc: string, values: readonly V[]): ChoiceField<V> => ({
  kind: 'choice',
  doc,
  values,
});
