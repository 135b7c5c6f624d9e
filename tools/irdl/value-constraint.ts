/** What IRDL can say of operands and results, and into which groups they fall there. */
import type { ValueDefinition } from '../../ir/index.ts';

/** A constraint in IRDL: the operation that makes it, and what it stands for but cannot say. */
export interface IrdlConstraint {
  readonly text: string;
  readonly comment: string;
  /** One variable for all constraints of this key: their values have one and the same type. */
  readonly key: string | undefined;
}

/** How many runs of operands of one type a variadic group of free types may have. */
export const freeRuns = 16;

/** Extents and a layout have no constraint in IRDL; equal types have, since a variable has one value. */
export function valueConstraint({ constraint }: ValueDefinition): IrdlConstraint {
  const { form, dims, element, text } = constraint;
  const among = element && element.among.length > 0 ? ` of ${element.among.map((type) => type.text).join(' | ')}` : '';
  const comment = `${text}${among}`;
  if (form === 'memref') return { text: 'irdl.base "!builtin.memref"', comment, key: undefined };
  const exact = constraint.substitute({});
  if (exact) return { text: `irdl.is ${exact.text}`, comment: '', key: exact.text };
  if (form === 'tensor')
    return { text: 'irdl.base "!builtin.tensor"', comment, key: `${dims.join(' ')} : ${element?.variable}` };
  return { text: 'irdl.any', comment: text === 'any type' ? '' : text, key: undefined };
}

/**
 * How many variadic groups of IRDL one declared group becomes. A group there has one type, so a
 * variadic group of free types becomes several, one for each run of equal types.
 */
export const groupsOf = (value: ValueDefinition): number =>
  value.constraint.arity === 'variadic' && valueConstraint(value).key === undefined ? freeRuns : 1;

/** Whether the groups need their sizes in an attribute: more than one of them is of free size. */
export const needsSizes = (values: readonly ValueDefinition[]): boolean =>
  values.reduce((sum, value) => sum + (value.constraint.arity === 'one' ? 0 : groupsOf(value)), 0) > 1;
