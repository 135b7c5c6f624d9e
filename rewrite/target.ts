/** What a conversion aims at: which operations may be left. */
import type { Dialect } from '../ir/dialect.ts';
import type { AnyOp, OpOf } from '../ir/op.ts';
import type { Operation } from '../ir/operation.ts';

/** Whether an operation may stay; `unknown` leaves it to the mode of the conversion. */
export type Legality = 'legal' | 'illegal' | 'unknown';

/** The operations that are legal after a conversion. */
export interface ConversionTarget {
  legality(operation: Operation): Legality;
  /** What is expected, in words. */
  readonly text: string;
}

/** A condition under which one operation is legal. */
export interface DynamicLegality {
  readonly op: AnyOp;
  isLegal(operation: Operation): boolean;
}
/** Makes an operation legal where `isLegal` holds of its typed view. */
export const legalWhen = <D extends AnyOp>(op: D, isLegal: (view: OpOf<D>) => boolean): DynamicLegality => ({
  op,
  isLegal: (operation) => isLegal(op.view(operation) as OpOf<D>),
});

/** What a target is made of; a single operation outweighs its dialect, a condition outweighs both. */
export interface TargetSpec {
  readonly legal?: readonly (Dialect | AnyOp)[];
  readonly illegal?: readonly (Dialect | AnyOp)[];
  readonly dynamic?: readonly DynamicLegality[];
}

const isOp = (part: Dialect | AnyOp): part is AnyOp => 'opName' in part;
const nameOf = (part: Dialect | AnyOp): string => (isOp(part) ? part.opName : part.name);

/** Makes a conversion target. */
export function conversionTarget({ legal = [], illegal = [], dynamic = [] }: TargetSpec): ConversionTarget {
  const names = new Map<string, Legality>();
  for (const part of legal) names.set(nameOf(part), 'legal');
  for (const part of illegal) names.set(nameOf(part), 'illegal');
  const conditions = new Map(dynamic.map((condition) => [condition.op.opName, condition]));
  const listed = (parts: readonly (Dialect | AnyOp)[]): string => parts.map((part) => `'${nameOf(part)}'`).join(', ');
  return {
    text: [
      ...(legal.length > 0 ? [`legal: ${listed(legal)}`] : []),
      ...(illegal.length > 0 ? [`illegal: ${listed(illegal)}`] : []),
    ].join('; '),
    legality(operation) {
      const condition = conditions.get(operation.name);
      if (condition) return condition.isLegal(operation) ? 'legal' : 'illegal';
      return names.get(operation.name) ?? names.get(operation.dialectName) ?? 'unknown';
    },
  };
}
