/** Which arithmetic may run where it was not asked for: all but divisions that could have no value. */
import { implement, type InterfaceEntry, isConstantWhere, speculation } from '../../ir/index.ts';

const signedDivisions: ReadonlySet<string> = new Set([
  'arith.divsi',
  'arith.remsi',
  'arith.ceildivsi',
  'arith.floordivsi',
]);
const unsignedDivisions: ReadonlySet<string> = new Set(['arith.divui', 'arith.remui', 'arith.ceildivui']);

const unless = (isBad: (divisor: bigint) => boolean): readonly InterfaceEntry[] => [
  implement(speculation, (operation) =>
    isConstantWhere(operation.operand(1), (divisor) => !isBad(divisor)) ? 'always' : 'never',
  ),
];
// The lowest number divided by −1 is too large. Upstream lets remainders and rounded quotients go unasked.
const signed = unless((divisor) => divisor === 0n || divisor === -1n);
const unsigned = unless((divisor) => divisor === 0n);

/** The interfaces of an operation on integers, by its name. */
export const integerInterfaces = (name: string): readonly InterfaceEntry[] =>
  signedDivisions.has(name) ? signed : unsignedDivisions.has(name) ? unsigned : [];
