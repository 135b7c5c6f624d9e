/** How arithmetic is drawn so that it means something: divisors, distances of shifts, and numbers that fit. */
import {
  type DialectGeneration,
  elementTypeOf,
  type GenerationPlace,
  i1,
  i8,
  isConstantWhere,
  isShaped,
  type Operation,
  type OperationGenerator,
  type OpView,
  tensorType,
  type Type,
  type Value,
  vectorType,
} from '../../ir/index.ts';
import { numberKinds } from './constraint.ts';
import { arith } from './index.ts';

const { ops } = arith;
const isInteger = (type: Type): boolean => numberKinds.integer.includes(type) || elementTypeOf(type).kind === 'index';
const isOneOf =
  (...kinds: readonly Type['kind'][]) =>
  (type: Type): boolean =>
    kinds.includes(type.kind);
/** Types whose constants can be made: no extent is open. */
const isKnown = (type: Type): boolean => !isShaped(type) || type.shape.every((extent) => extent >= 0);
const isWide = (type: Type): boolean =>
  isInteger(type) && isKnown(type) && type.kind !== 'unranked-tensor' && widthOf(type) > 4;
const widthOf = (type: Type): number => {
  const element = elementTypeOf(type);
  return element.kind === 'integer' || element.kind === 'float' ? element.width : 64;
};

type Binary = (args: { readonly lhs: Value; readonly rhs: Value }) => OpView;

/** Divisors are constants that neither are zero nor overflow. */
const divide =
  (op: Binary): OperationGenerator =>
  (place) => {
    const type = place.type(isWide);
    const lhs = place.value(type);
    return place.build(() => op({ lhs, rhs: place.constant(type, place.int(1, 7)) }));
  };
/** Distances of shifts are constants below the width. */
const shift =
  (op: Binary): OperationGenerator =>
  (place) => {
    const type = place.type((one) => isInteger(one) && isKnown(one) && one.kind !== 'unranked-tensor');
    const lhs = place.value(type);
    return place.build(() => op({ lhs, rhs: place.constant(type, place.int(0, Math.min(widthOf(type) - 1, 9))) }));
  };

/** The same type with another element. */
const withElement = (type: Type, element: Type): Type =>
  type.kind === 'tensor'
    ? tensorType(type.shape, element, type.encoding)
    : type.kind === 'vector'
      ? vectorType(type.shape, element, type.scalable)
      : element;

/** Whatever a float type can say exactly of bytes becomes an integer again. */
const fromFloat =
  (
    toFloat: (args: { readonly in: Value; readonly types: readonly Type[] }) => OpView,
    op: (args: { readonly in: Value; readonly types: readonly Type[] }) => OpView,
  ): OperationGenerator =>
  (place) => {
    const source = place.type((type) => numberKinds.integer.includes(type) && widthOf(type) === 8 && isKnown(type));
    const float = place.element((type) => type.kind === 'float' && type.width >= 16);
    const target = place.element((type) => type.kind === 'integer' && type.width >= 8);
    const value = place.value(source);
    const through = place.build(() => toFloat({ in: value, types: [withElement(source, float)] }));
    return place.build(() => op({ in: through.operation.result(), types: [withElement(source, target)] }));
  };

/** A conversion between element types of one shape. */
const convert =
  (
    op: (args: { readonly in: Value; readonly types: readonly Type[] }) => OpView,
    from: (type: Type) => boolean,
    to: (source: Type, target: Type) => boolean,
  ): OperationGenerator =>
  (place) => {
    const value = place.valueWhere(
      (type) => from(elementTypeOf(type)) && isOneOf('integer', 'float', 'index', 'tensor', 'vector')(type),
    );
    const source = elementTypeOf(value.type);
    const target = place.element((type) => to(source, type));
    return place.build(() => op({ in: value, types: [withElement(value.type, target)] }));
  };
const isSignless = (type: Type): boolean => type.kind === 'integer' && type.sign === 'signless';
const isFloat = (type: Type): boolean => type.kind === 'float';
const wider = (source: Type, target: Type): boolean => source.kind === target.kind && widthOf(target) > widthOf(source);
const narrower = (source: Type, target: Type): boolean => wider(target, source);
const acrossIndex = (source: Type, target: Type): boolean =>
  source.kind === 'index' ? isSignless(target) : target.kind === 'index';

/** A conversion that also multiplies by a scale: a single power of two. */
const scale =
  (
    op: (args: { readonly in: Value; readonly scale: Value; readonly types: readonly Type[] }) => OpView,
    to: (source: Type, target: Type) => boolean,
  ): OperationGenerator =>
  (place) => {
    const value = place.valueWhere(
      (type) => isFloat(elementTypeOf(type)) && isOneOf('float', 'tensor', 'vector')(type),
    );
    const target = place.element((type) => to(elementTypeOf(value.type), type));
    const by = place.constant(place.element(isFloat), 2 ** place.int(0, 6));
    return place.build(() => op({ in: value, scale: by, types: [withElement(value.type, target)] }));
  };

function constant(place: GenerationPlace): ReturnType<typeof ops.constant> {
  const type = place.type((one) => isKnown(one) && place.hasConstant(one));
  const known = place.constant(type, place.of([0, 1, 2, 3, 5, 10, 42, 100])).owner as Operation;
  return ops.constant.view(known);
}

const noFlags = (operation: Operation): boolean =>
  operation.attribute('isExact') === undefined &&
  ['overflowFlags', 'fastmath'].every((name) => {
    const flags = operation.attribute(name);
    return flags === undefined || flags.text.includes('<none>');
  });
const positiveRight = (operation: Operation): boolean => isConstantWhere(operation.operand(1), (number) => number > 0n);
const distanceRight = (operation: Operation): boolean =>
  isConstantWhere(operation.operand(1), (number) => number >= 0n && number < widthOf(operation.operand(1).type)) ||
  // The constant 0 of one bit; its 1 is read as −1.
  isConstantWhere(operation.operand(1), (number) => number === 0n);
const scaledByPower = (operation: Operation): boolean => {
  const { owner } = operation.operand(1);
  const by = owner?.hasTrait('constant-like') ? owner.attribute('value') : undefined;
  return by?.kind === 'float' && by.value > 0 && Number.isInteger(Math.log2(by.value));
};
const fromBytes =
  (name: string) =>
  (operation: Operation): boolean => {
    const made = operation.operand(0).owner;
    return (
      made?.name === name &&
      elementTypeOf(made.operand(0).type) === i8 &&
      widthOf(made.result().type) >= 16 &&
      widthOf(operation.result().type) >= 8
    );
  };

/** The generation of arithmetic. Flags that promise something are not drawn, as nothing shows that they hold. */
export const arithGeneration: DialectGeneration = {
  dialect: arith,
  generators: {
    'arith.constant': constant,
    'arith.divsi': divide(ops.divsi),
    'arith.divui': divide(ops.divui),
    'arith.remsi': divide(ops.remsi),
    'arith.remui': divide(ops.remui),
    'arith.ceildivsi': divide(ops.ceildivsi),
    'arith.ceildivui': divide(ops.ceildivui),
    'arith.floordivsi': divide(ops.floordivsi),
    'arith.shli': shift(ops.shli),
    'arith.shrsi': shift(ops.shrsi),
    'arith.shrui': shift(ops.shrui),
    'arith.fptosi': fromFloat(ops.sitofp, ops.fptosi),
    'arith.fptoui': fromFloat(ops.uitofp, ops.fptoui),
    'arith.extsi': convert(ops.extsi, isSignless, wider),
    'arith.extui': convert(ops.extui, isSignless, wider),
    'arith.trunci': convert(ops.trunci, isSignless, narrower),
    'arith.extf': convert(ops.extf, isFloat, wider),
    'arith.truncf': convert(ops.truncf, isFloat, narrower),
    'arith.scaling_extf': scale(ops.scalingExtf, wider),
    'arith.scaling_truncf': scale(ops.scalingTruncf, narrower),
    'arith.sitofp': convert(ops.sitofp, isSignless, (_, target) => isFloat(target)),
    'arith.uitofp': convert(ops.uitofp, isSignless, (_, target) => isFloat(target)),
    'arith.index_cast': convert(ops.indexCast, (type) => type.kind === 'index' || isSignless(type), acrossIndex),
    'arith.index_castui': convert(ops.indexCastui, (type) => type.kind === 'index' || isSignless(type), acrossIndex),
    'arith.select': (place) => {
      const value = place.valueWhere(() => true);
      const [condition, other] = [place.value(i1), place.value(value.type)];
      return place.build(() => ops.select({ condition, true_value: value, false_value: other }));
    },
  },
  defined: {
    '*': noFlags,
    'arith.divsi': positiveRight,
    'arith.divui': positiveRight,
    'arith.remsi': positiveRight,
    'arith.remui': positiveRight,
    'arith.ceildivsi': positiveRight,
    'arith.ceildivui': positiveRight,
    'arith.floordivsi': positiveRight,
    'arith.shli': distanceRight,
    'arith.shrsi': distanceRight,
    'arith.shrui': distanceRight,
    'arith.scaling_extf': scaledByPower,
    'arith.scaling_truncf': scaledByPower,
    'arith.fptosi': fromBytes('arith.sitofp'),
    'arith.fptoui': fromBytes('arith.uitofp'),
  },
};
