/**
 * Instruction declarations. One row is the encoding, the assembly syntax, the memory footprint, the meaning, the timing
 * and the manual entry of an instruction.
 */
import type { Core } from './core.ts';
import type { Fields, FieldValues, OperandField, WrittenFields } from './field.ts';
import { fieldText, type Labels, parseField, LineError } from './field-text.ts';
import { EncodingError, fieldValue, fieldWords, wordCount } from './field-words.ts';
import { type Format, formatPieces } from './format.ts';
import type { Pipe } from './pipe.ts';
import type { Extent } from './region.ts';
import type { Throughput } from './timing.ts';

/** Words in an instruction. */
export const instructionWords = 16;

/** What is written by hand for an instruction. */
export interface Declaration<F extends Fields> {
  /** 0..4095, distinct in the set. */
  readonly opcode: number;
  readonly pipe: Pipe;
  readonly summary: string;
  readonly fields: F;
  readonly syntax: string;
  /** The memory behind each address field; checked before the instruction runs. */
  touches?(values: FieldValues<F>): { readonly [K in keyof F]?: Extent };
  /** What is wrong with the operands taken together, if anything. */
  verify?(values: FieldValues<F>): string | undefined;
  execute(core: Core, values: FieldValues<F>): void;
  /** Cycles of work on the pipe, without its start-up. */
  cycles(throughput: Throughput, values: FieldValues<F>): number;
  /** Source fields that may be the very region of a destination. */
  readonly inPlace?: readonly (keyof F)[];
}

/** An instruction of the set: its declaration, and what follows from it. */
export interface Instruction<M extends string = string, F extends Fields = Fields> extends Declaration<F> {
  readonly mnemonic: M;
  /** Writes the instruction into 16 words of `words` from `at`; throws EncodingError. */
  encode(written: WrittenFields<F>, words?: Uint32Array, at?: number): Uint32Array;
  /** Reads the operands back; throws EncodingError for words that `encode` never makes. */
  decode(words: Uint32Array, at?: number): WrittenFields<F>;
  print(written: WrittenFields<F>): string;
  /** Reads what `print` makes, more loosely spaced; throws LineError. */
  parse(line: string, labels?: Labels): WrittenFields<F>;
}

/** The opcode of the instruction at `at`. */
export function opcodeAt(words: Uint32Array, at: number): number {
  return (words[at] as number) & 0xfff;
}

function skipSpace(line: string, at: number): number {
  let end = at;
  while (line[end] === ' ' || line[end] === '\t') end++;
  return end;
}

/** Declares an instruction. Operands take words 1 to 14 in the order written, choices four bits of word 0 each. */
export function instruction<const M extends string, const F extends Fields, const S extends string>(
  mnemonic: M,
  declaration: Omit<Declaration<F>, 'syntax'> & { readonly syntax: Format<S, keyof F & string> },
): Instruction<M, F> {
  const syntax: string = declaration.syntax;
  const pieces = formatPieces(syntax);
  const places = Object.entries(declaration.fields).map(([name, field]) => ({ name, field, place: 0 }));
  let operandWords = 0;
  let choiceBits = 12;
  for (const entry of places) {
    entry.place = entry.field.kind === 'choice' ? choiceBits : 1 + operandWords;
    if (entry.field.kind === 'choice') choiceBits += 4;
    operandWords += wordCount(entry.field);
  }
  if (operandWords > 14 || choiceBits > 32) throw new Error(`${mnemonic}: the fields do not fit the instruction word`);

  return {
    ...declaration,
    mnemonic,
    syntax,
    encode(written, words = new Uint32Array(instructionWords), at = 0) {
      words.fill(0, at, at + instructionWords);
      let head = declaration.opcode;
      for (const { name, field, place } of places) {
        const value: unknown = written[name];
        if (field.kind === 'choice') {
          const index = field.values.indexOf(value as string);
          if (index < 0) {
            throw new EncodingError(`${mnemonic}: '${name}' is ${String(value)}, expected ${field.values.join(' | ')}`);
          }
          head |= index << place;
        } else words.set(fieldWords(field, value, `${mnemonic}: '${name}'`), at + place);
      }
      words[at] = head >>> 0;
      return words;
    },
    decode(words, at = 0) {
      const written: Record<string, unknown> = {};
      let head = (words[at] as number) & ~0xfff;
      for (const { name, field, place } of places) {
        if (field.kind === 'choice') {
          const index = ((words[at] as number) >>> place) & 15;
          if (index >= field.values.length) throw new EncodingError(`${mnemonic}: '${name}' has no mode ${index}`);
          written[name] = field.values[index];
          head &= ~(15 << place);
        } else {
          const word = words[at + place] as number;
          written[name] = fieldValue(field, word, words[at + place + 1] as number, `${mnemonic}: '${name}'`);
        }
      }
      for (let i = 1 + operandWords; i < instructionWords; i++) head |= words[at + i] as number;
      if (head !== 0) throw new EncodingError(`${mnemonic}: unused bits are not zero`);
      return written as WrittenFields<F>;
    },
    print(written) {
      const text = pieces.map((piece) =>
        'literal' in piece
          ? piece.literal
          : fieldText(declaration.fields[piece.field] as OperandField, written[piece.field] as number),
      );
      return syntax === '' ? mnemonic : `${mnemonic} ${text.join('')}`;
    },
    parse(line, labels = () => undefined) {
      let at = skipSpace(line, 0);
      if (line.slice(at).split(/[\s[]/, 1)[0] !== mnemonic) throw new LineError(`expected '${mnemonic}'`, at);
      at += mnemonic.length;
      const written: Record<string, unknown> = {};
      for (const piece of pieces) {
        if ('field' in piece) {
          at = skipSpace(line, at);
          [written[piece.field], at] = parseField(
            declaration.fields[piece.field] as OperandField,
            piece.field,
            line,
            at,
            labels,
          );
          continue;
        }
        for (const mark of piece.literal.replaceAll(' ', '')) {
          at = skipSpace(line, at);
          if (line[at] !== mark) throw new LineError(`expected '${mark}', the form is: ${mnemonic} ${syntax}`, at);
          at++;
        }
      }
      at = skipSpace(line, at);
      if (at < line.length) throw new LineError(`nothing may follow, the form is: ${mnemonic} ${syntax}`, at);
      return written as WrittenFields<F>;
    },
  };
}
