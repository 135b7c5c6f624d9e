/** Arithmetic on integers, indices and floating-point numbers. Spelled as upstream MLIR spells it. */
import { anyType, attr, dialect, op } from '../../ir/index.ts';
import * as cast from './cast.ts';
import { cmpf, cmpi, select } from './compare.ts';
import * as extended from './extended.ts';
import * as float from './float.ts';
import * as integer from './integer.ts';
import { constantAssembly, constantType } from './written.ts';

export { floatPredicates, integerPredicates } from './compare.ts';
export { roundings } from './property.ts';

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
  verifySignature: (_, { value, result }) => {
    const type = constantType(value);
    const needed = type ? '' : ': value must be an integer, float, or elements attribute';
    if (type !== result.type) return `has value ${value.text}, expected one of type ${result.type.text}${needed}`;
    if (type?.kind === 'integer' && type.sign !== 'signless')
      return `integer return type must be signless, but is '${type.text}'`;
    return type?.kind === 'vector' && type.scalable.includes(true) && value.kind === 'dense' && !value.splat
      ? `scalable vectors can only be initialized by a splat, but the value is ${value.text}`
      : undefined;
  },
});

const { addi, subi, muli, divsi, remsi, divui, remui, andi, ori, xori, shli, shrsi, shrui, minsi, maxsi } = integer;
const { minui, maxui, ceildivsi, ceildivui, floordivsi } = integer;
const { adduiExtended, mulsiExtended, muluiExtended } = extended;
const { addf, subf, mulf, divf, remf, maximumf, minimumf, maxnumf, minnumf, negf } = float;
const { extsi, extui, trunci, extf, truncf, sitofp, uitofp, fptosi, fptoui, indexCast, indexCastui } = cast;
const { bitcast, scalingExtf, scalingTruncf } = cast;

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
    minui,
    maxui,
    ceildivsi,
    ceildivui,
    floordivsi,
    adduiExtended,
    mulsiExtended,
    muluiExtended,
    cmpi,
    cmpf,
    select,
    addf,
    subf,
    mulf,
    divf,
    remf,
    maximumf,
    minimumf,
    maxnumf,
    minnumf,
    negf,
    extsi,
    extui,
    trunci,
    extf,
    truncf,
    sitofp,
    uitofp,
    fptosi,
    fptoui,
    indexCast,
    indexCastui,
    bitcast,
    scalingExtf,
    scalingTruncf,
  },
  { materializeConstant: (value, type) => (constantType(value) === type ? constant({ value }) : undefined) },
);
