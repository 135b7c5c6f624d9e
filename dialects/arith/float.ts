import { type Attribute, op, type Value } from '../../ir/index.ts';
import { floatConstant, floatOf, foldsInDouble } from './constant-value.ts';
import { floatLike } from './constraint.ts';
import { flags } from './property.ts';
import { sameTypeAssembly } from './written.ts';

const assembly = sameTypeAssembly('fastmath');
const attributes = { fastmath: flags('fastmath') };

const floatOp = <const N extends `arith.${string}`>(
  name: N,
  summary: string,
  f: (x: number, y: number) => number,
  commutative: boolean,
) =>
  op(name, {
    summary,
    operands: { lhs: floatLike, rhs: floatLike },
    attributes,
    results: { result: floatLike },
    traits: commutative
      ? ['pure', 'commutative', 'elementwise', 'same-operands-and-result-type']
      : ['pure', 'elementwise', 'same-operands-and-result-type'],
    assembly,
    fold: ({ result }: { readonly result: Value }, [x, y]: readonly (Attribute | undefined)[]) => {
      const [left, right] = [floatOf(x), floatOf(y)];
      if (left === undefined || right === undefined || !foldsInDouble(result.type)) return undefined;
      const constant = floatConstant(f(left, right), result.type);
      return constant && [constant];
    },
  });

/** Sum, rounded to nearest even. */
export const addf = floatOp('arith.addf', 'floating-point sum', (x, y) => x + y, true);
/** Difference, rounded to nearest even. */
export const subf = floatOp('arith.subf', 'floating-point difference', (x, y) => x - y, false);
/** Product, rounded to nearest even. */
export const mulf = floatOp('arith.mulf', 'floating-point product', (x, y) => x * y, true);
/** Quotient, rounded to nearest even. */
export const divf = floatOp('arith.divf', 'floating-point quotient', (x, y) => x / y, false);
/** The larger of two, NaN if either is; −0 is below +0. */
export const maximumf = floatOp('arith.maximumf', 'floating-point maximum', Math.max, true);
/** The smaller of two, NaN if either is; −0 is below +0. */
export const minimumf = floatOp('arith.minimumf', 'floating-point minimum', Math.min, true);

/** The remainder of the quotient rounded toward zero, with the sign of the dividend. */
export const remf = floatOp('arith.remf', 'floating-point remainder', (x, y) => x % y, false);

const numberOf =
  (f: (x: number, y: number) => number) =>
  (x: number, y: number): number =>
    Number.isNaN(x) ? y : Number.isNaN(y) ? x : f(x, y);
/** The larger of two, the other one if one is NaN. */
export const maxnumf = floatOp('arith.maxnumf', 'larger number that is no NaN', numberOf(Math.max), true);
/** The smaller of two, the other one if one is NaN. */
export const minnumf = floatOp('arith.minnumf', 'smaller number that is no NaN', numberOf(Math.min), true);

/** The number with the other sign. */
export const negf = op('arith.negf', {
  summary: 'floating-point negation',
  operands: { operand: floatLike },
  attributes,
  results: { result: floatLike },
  traits: ['pure', 'elementwise', 'same-operands-and-result-type'],
  assembly,
  fold: ({ result }, [x]) => {
    const value = floatOf(x);
    const constant =
      value === undefined || !foldsInDouble(result.type) ? undefined : floatConstant(-value, result.type);
    return constant && [constant];
  },
});
