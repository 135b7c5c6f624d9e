/** Arithmetic on integers, indices and floating-point numbers. Spelled as upstream MLIR spells it. */
import { anyType, attr, dialect, op } from '../../ir/index.ts';
import { extf, extsi, extui, fptosi, indexCast, sitofp, truncf, trunci } from './cast.ts';
import { cmpf, cmpi, select } from './compare.ts';
import { addf, divf, maximumf, minimumf, mulf, negf, subf } from './float.ts';
import * as integer from './integer.ts';
import { constantAssembly, constantType } from './written.ts';

export { floatPredicates, integerPredicates } from './compare.ts';

/** A constant; its type is that of its value. */
const constant = op('arith.constant', {
  summary: 'a constant',
  attributes: { value: attr.any() },
  results: { result: anyType },
  traits: ['pure', 'constant-like'],
  assembly: constantAssembly,
  inferTypes: (_, attributes) => {
    const value = attributes.get('value');
    const type = value && constantType(value);
    if (!type) throw new RangeError(`arith.constant: value ${value?.text} has no type`);
    return [type];
  },
  verifyOperation: (_, { value, result }) =>
    constantType(value) === result.type
      ? undefined
      : `has value ${value.text}, expected one of type ${result.type.text}`,
});

const { addi, subi, muli, divsi, remsi, divui, remui, andi, ori, xori, shli, shrsi, shrui, minsi, maxsi } = integer;

/** The operations of arithmetic. */
export const arith = dialect(
  'arith',
  {
    constant,
    addi,
    subi,
    muli,
    divsi,
    remsi,
    divui,
    remui,
    andi,
    ori,
    xori,
    shli,
    shrsi,
    shrui,
    minsi,
    maxsi,
    cmpi,
    cmpf,
    select,
    addf,
    subf,
    mulf,
    divf,
    maximumf,
    minimumf,
    negf,
    extsi,
    extui,
    trunci,
    extf,
    truncf,
    sitofp,
    fptosi,
    indexCast,
  },
  { materializeConstant: (value, type) => (constantType(value) === type ? constant({ value }) : undefined) },
);
