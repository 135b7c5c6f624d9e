/** How programs are drawn. */
import {
  bf16,
  type Dialect,
  type DialectGeneration,
  f16,
  f32,
  f64,
  i1,
  i16,
  i32,
  i64,
  i8,
  index,
  type Type,
} from '../../../ir/index.ts';
import type { Coverage } from '../coverage.ts';

/** What types values have where a declaration allows every type. */
export type TypeForm = 'scalar' | 'tensor' | 'vector';

/** What programs are made of, and how large they become. */
export interface ProgramOptions {
  /** The dialects whose operations are drawn; functions, returns and constants are there in any case. */
  readonly dialects: readonly Dialect[];
  /** About so many operations, without constants and terminators; 20 by default. */
  readonly size?: number;
  /** At most so many functions; 3 by default. */
  readonly functions?: number;
  /** The types of numbers; the simplest first. */
  readonly elements?: readonly Type[];
  /** Single numbers and tensors of them by default. */
  readonly forms?: readonly TypeForm[];
  /** The largest extent of a dimension; 4 by default. */
  readonly extent?: number;
  /** How often an operation is chosen against others, by its name; 1 by default, and 0 for never. */
  readonly weights?: Readonly<Record<string, number>>;
  /** What was seen before: operations and element types that are rare in it are preferred. It is told of each program. */
  readonly coverage?: Coverage;
  /** How operations of your own dialects are drawn, where their declarations do not tell. */
  readonly generations?: readonly DialectGeneration[];
}

/** The types of numbers that programs use unless told otherwise. */
export const usualElements: readonly Type[] = [i32, f32, i1, index, i64, i8, f64, i16, f16, bf16];
/** The forms of types that programs use unless told otherwise. */
export const usualForms: readonly TypeForm[] = ['scalar', 'tensor'];
