/**
 * Lists in which some numbers are known and others are operands, `[%a, 2, %c]`, and groups of
 * dimensions, `[[0, 1], [2]]`: how operations on parts of tensors and of buffers are written.
 */
import {
  anything,
  arrayAttribute,
  type AssemblyParser,
  type AssemblyPrinter,
  type Attribute,
  type AttributeKind,
  denseArrayAttribute,
  type DenseArrayAttribute,
  i64,
  integerAttribute,
  type UnresolvedOperand,
  type Value,
} from '../../ir/index.ts';

/** What a list of known numbers holds where an operand gives the number: the least `i64`. */
export const dynamicIndex = -(2n ** 63n);

/** A list as it was read: the operands in order, and every place with `dynamicIndex` for an operand. */
export interface IndexList {
  readonly operands: readonly UnresolvedOperand[];
  readonly statics: readonly bigint[];
}

/** The two brackets around a list. */
export type Brackets = readonly [open: string, close: string];
const square: Brackets = ['[', ']'];

/** Reads `[%a, 2, %c]`, or the same between other brackets. */
export function readIndexList(parser: AssemblyParser, [open, close]: Brackets = square): IndexList {
  const operands: UnresolvedOperand[] = [];
  const statics: bigint[] = [];
  parser.expect(open);
  while (!parser.at(close)) {
    if (statics.length > 0) parser.expect(',');
    if (parser.atOperand()) {
      operands.push(parser.operand());
      statics.push(dynamicIndex);
    } else if (parser.atInteger()) statics.push(parser.integer());
    else parser.fail('expected SSA value or integer');
  }
  parser.expect(close);
  return { operands, statics };
}

/** Writes `[%a, 2, %c]`; every dynamic place takes the next operand. */
export function writeIndexList(
  printer: AssemblyPrinter,
  operands: readonly Value[],
  statics: readonly (number | bigint)[],
  [open, close]: Brackets = square,
): void {
  let next = 0;
  printer.write(open);
  for (const [at, number] of statics.entries()) {
    if (at > 0) printer.write(', ');
    const operand = isDynamicIndex(number) ? operands[next++] : undefined;
    if (operand) printer.value(operand);
    else printer.write(String(number));
  }
  printer.write(close);
}

/** Whether a place of a list of known numbers stands for an operand. */
export const isDynamicIndex = (number: number | bigint): boolean => BigInt(number) === dynamicIndex;

/** A list of known numbers as the attribute that holds it, `array<i64: …>`. */
export const indexListAttribute = (statics: readonly (number | bigint)[]): DenseArrayAttribute =>
  denseArrayAttribute(statics, i64);

/** The numbers of an `array<i64: …>`; none where the attribute is something else. */
export const indexListOf = (attribute: Attribute | undefined): readonly bigint[] =>
  attribute?.kind === 'dense-array' && attribute.element === i64 ? attribute.values.map(BigInt) : [];

function readList<T>(parser: AssemblyParser, element: () => T): T[] {
  const list: T[] = [];
  parser.expect('[');
  while (!parser.at(']')) {
    if (list.length > 0) parser.expect(',');
    list.push(element());
  }
  parser.expect(']');
  return list;
}

/** Reads `[[0, 1], [2]]`: which dimensions of the longer shape make one of the shorter. */
export const readReassociation = (parser: AssemblyParser): Attribute =>
  arrayAttribute(
    readList(parser, () => arrayAttribute(readList(parser, () => integerAttribute(parser.integer(), i64)))),
  );

/** Writes `[[0, 1], [2]]`. */
export function writeReassociation(printer: AssemblyPrinter, attribute: Attribute | undefined): void {
  if (attribute) printer.attribute(attribute);
}

/** The groups of a reassociation; undefined where the attribute is something else. */
export function reassociationOf(attribute: Attribute | undefined): readonly (readonly number[])[] | undefined {
  if (attribute?.kind !== 'array') return undefined;
  const groups: number[][] = [];
  for (const group of attribute.elements) {
    if (group.kind !== 'array') return undefined;
    const dimensions: number[] = [];
    for (const dimension of group.elements) {
      if (dimension.kind !== 'integer') return undefined;
      dimensions.push(Number(dimension.value));
    }
    groups.push(dimensions);
  }
  return groups;
}

/** An attribute that holds a list of known numbers, with `dynamicIndex` for each that an operand gives. */
export const indexList: AttributeKind<readonly bigint[], 'required'> = {
  presence: 'required',
  default: undefined,
  domain: anything('numbers'),
  text: 'array<i64>',
  read: (attribute) =>
    attribute.kind === 'dense-array' && attribute.element === i64 ? indexListOf(attribute) : undefined,
  write: indexListAttribute,
};

/** An attribute that groups dimensions. */
export const reassociation: AttributeKind<readonly (readonly number[])[], 'required'> = {
  presence: 'required',
  default: undefined,
  domain: anything('groups of dimensions'),
  text: 'array of arrays of i64',
  read: reassociationOf,
  write: (groups) =>
    arrayAttribute(groups.map((group) => arrayAttribute(group.map((dimension) => integerAttribute(dimension, i64))))),
};
