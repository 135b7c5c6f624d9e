/** How arithmetic is written: flags stand after the operands and are left out when they say nothing. */
import {
  type AssemblyHooks,
  type AssemblyParser,
  type AssemblyPrinter,
  type Attribute,
  i1,
  i32,
  i64,
  integerAttribute,
  type NamedAttribute,
  type Operation,
  type Type,
  unitAttribute,
  type Value,
} from '../../ir/index.ts';
import { truthOf } from './constraint.ts';
import { type Flag, flagProperty, flagsAttribute, knownWords, roundings, wordsOfFlags } from './property.ts';

/** Whether flags are always there, so that none need not be written, or may be absent. */
type FlagPresence = 'always' | 'optional';

function writeFlags(operation: Operation, flag: Flag, presence: FlagPresence, printer: AssemblyPrinter): void {
  const attribute = operation.attribute(flagProperty(flag));
  if (attribute === undefined || (presence === 'always' && attribute === flagsAttribute(flag, []))) return;
  printer.write(` ${attribute.text.replace('#arith.', '')}`);
}

/** Whether flags are spelled as reading spells them. */
function areWritten(operation: Operation, flag: Flag): boolean {
  const attribute = operation.attribute(flagProperty(flag));
  const words = attribute && wordsOfFlags(flag, attribute);
  return attribute === undefined || (words !== undefined && attribute === flagsAttribute(flag, words));
}

function readFlags(parser: AssemblyParser, flag: Flag): Attribute | undefined {
  if (!parser.accept(flag)) return undefined;
  const words: string[] = [];
  parser.expect('<');
  do {
    const { offset } = parser;
    const word = parser.keyword();
    if (!knownWords(flag).includes(word))
      parser.fail(`'${word}' is no flag, expected one of: ${knownWords(flag).join(', ')}`, offset);
    words.push(word);
  } while (parser.accept(','));
  parser.expect('>');
  return flagsAttribute(
    flag,
    words.filter((word) => word !== 'none'),
  );
}

/** Flags, then the other attributes. */
function readAttributes(parser: AssemblyParser, flag: Flag, presence: FlagPresence): NamedAttribute[] {
  const name = flagProperty(flag);
  const read = readFlags(parser, flag);
  const rest = parser.attributeDictionary();
  const said = read !== undefined || presence === 'optional' || rest.some((entry) => entry.name === name);
  const value = said ? read : flagsAttribute(flag, []);
  return value === undefined ? [...rest] : [{ name, value, property: true }, ...rest];
}

/** `%a, %b flag<…> : type`, operands and result of one type. */
export const sameTypeAssembly = (flag: Flag): AssemblyHooks => ({
  covers: (operation) => areWritten(operation, flag),
  print(operation, printer) {
    printer.write(' ');
    printer.values(operation.operands);
    writeFlags(operation, flag, 'always', printer);
    printer.attributeDictionary(operation, [flagProperty(flag)]);
    printer.write(' : ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const operands = parser.operands();
    const attributes = readAttributes(parser, flag, 'always');
    parser.expect(':');
    const type = parser.type();
    return { operands: operands.map((operand) => parser.resolve(operand, type)), resultTypes: [type], attributes };
  },
});

/** `%a, %b exact : type`, operands and result of one type. */
export const exactAssembly: AssemblyHooks = {
  print(operation, printer) {
    printer.write(' ');
    printer.values(operation.operands);
    if (operation.attribute('isExact') !== undefined) printer.write(' exact');
    printer.attributeDictionary(operation, ['isExact']);
    printer.write(' : ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const operands = parser.operands();
    const exact: NamedAttribute[] = parser.accept('exact')
      ? [{ name: 'isExact', value: unitAttribute, property: true }]
      : [];
    const attributes = [...exact, ...parser.attributeDictionary()];
    parser.expect(':');
    const type = parser.type();
    return { operands: operands.map((operand) => parser.resolve(operand, type)), resultTypes: [type], attributes };
  },
};

const roundingOf = (operation: Operation): string | undefined => {
  const mode = operation.attribute('roundingmode');
  return mode?.kind === 'integer' ? roundings[Number(mode.value)] : undefined;
};

const isRounded = (operation: Operation): boolean =>
  operation.attribute('roundingmode') === undefined || roundingOf(operation) !== undefined;

/** `%a rounding flag<…> : type to type`, with `%a, %scale` and both types where there is a scale. */
const convertingAssembly = (flag: Flag, presence: FlagPresence, rounds: boolean): AssemblyHooks => ({
  covers: (operation) => areWritten(operation, flag) && (!rounds || isRounded(operation)),
  print(operation, printer) {
    printer.write(' ');
    printer.values(operation.operands);
    const rounding = rounds ? roundingOf(operation) : undefined;
    if (rounding !== undefined) printer.write(` ${rounding}`);
    writeFlags(operation, flag, presence, printer);
    printer.attributeDictionary(operation, [flagProperty(flag), ...(rounds ? ['roundingmode'] : [])]);
    printer.write(' : ');
    printer.types(operation.operands.map((value) => value.type));
    printer.write(' to ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const operands = parser.operands();
    const rounding = rounds ? roundings.findIndex((word) => parser.accept(word)) : -1;
    const attributes = readAttributes(parser, flag, presence);
    if (rounding >= 0)
      attributes.push({ name: 'roundingmode', value: integerAttribute(rounding, i32), property: true });
    parser.expect(':');
    const { offset } = parser;
    const types = parser.types();
    if (types.length !== operands.length)
      parser.fail(`has ${operands.length} operands and ${types.length} types for them`, offset);
    parser.expect('to');
    return {
      operands: operands.map((operand, at) => parser.resolve(operand, types[at] as Type)),
      resultTypes: [parser.type()],
      attributes,
    };
  },
});
/** `%a flag<…> : type to type`, with `%a, %scale` and both types where there is a scale. */
export const castAssembly = (flag: Flag, presence: FlagPresence): AssemblyHooks =>
  convertingAssembly(flag, presence, false);
/** The same with an optional rounding after the operands. */
export const roundingAssembly: AssemblyHooks = convertingAssembly('fastmath', 'optional', true);

/** `predicate, %a, %b : type`; the predicate is stored as its number, and flags follow where a comparison has them. */
export const comparisonAssembly = (predicates: readonly string[], flag?: Flag): AssemblyHooks => ({
  covers: (operation) => flag === undefined || areWritten(operation, flag),
  print(operation, printer) {
    const predicate = operation.attribute('predicate');
    printer.write(` ${predicates[predicate?.kind === 'integer' ? Number(predicate.value) : -1]}, `);
    printer.values(operation.operands);
    if (flag !== undefined) writeFlags(operation, flag, 'always', printer);
    printer.attributeDictionary(operation, ['predicate', ...(flag === undefined ? [] : [flagProperty(flag)])]);
    printer.write(' : ');
    printer.type(operation.operand(0).type);
  },
  parse(parser) {
    const { offset } = parser;
    const word = parser.atString() ? parser.string() : parser.keyword();
    const number = predicates.indexOf(word);
    if (number < 0) parser.fail(`'${word}' is not a comparison, expected one of ${predicates.join(', ')}`, offset);
    parser.expect(',');
    const operands = parser.operands();
    const rest = flag === undefined ? parser.attributeDictionary() : readAttributes(parser, flag, 'always');
    parser.expect(':');
    const type = parser.type();
    return {
      operands: operands.map((operand) => parser.resolve(operand, type)),
      resultTypes: [truthOf(type)],
      attributes: [{ name: 'predicate', value: integerAttribute(number, i64), property: true }, ...rest],
    };
  },
});

/** `{attributes} value`, the type being the value's. */
export const constantAssembly: AssemblyHooks = {
  print(operation, printer) {
    printer.attributeDictionary(operation, ['value']);
    printer.write(' ');
    printer.attribute(operation.attribute('value') as Attribute);
  },
  parse(parser) {
    const rest = parser.attributeDictionary();
    const { offset } = parser;
    const value = parser.attribute();
    const type = constantType(value);
    if (!type)
      return parser.fail(
        `a constant ${value.text} has no type, expected a number, a truth value or dense elements`,
        offset,
      );
    return { resultTypes: [type], attributes: [{ name: 'value', value, property: true }, ...rest] };
  },
};

/** The type that a constant's value states. */
export function constantType(value: Attribute): Type | undefined {
  if (value.kind === 'bool') return i1;
  return value.kind === 'integer' || value.kind === 'float' || value.kind === 'dense' || value.kind === 'verbatim'
    ? value.type
    : undefined;
}

/** `%condition, %a, %b : type`, or `: type of the condition, type` when that is not `i1`. */
export const selectAssembly: AssemblyHooks = {
  print(operation, printer) {
    printer.write(' ');
    printer.values(operation.operands);
    printer.attributeDictionary(operation, []);
    printer.write(' : ');
    const condition = (operation.operand(0) as Value).type;
    if (condition !== i1) {
      printer.type(condition);
      printer.write(', ');
    }
    printer.type(operation.result().type);
  },
  parse(parser) {
    const [condition, ...values] = parser.operands();
    if (!condition) return parser.fail(`'arith.select' has no operands, expected a condition and two values`);
    const attributes = parser.attributeDictionary();
    parser.expect(':');
    const first = parser.type();
    const split = parser.accept(',');
    const type = split ? parser.type() : first;
    return {
      operands: [parser.resolve(condition, split ? first : i1), ...values.map((value) => parser.resolve(value, type))],
      resultTypes: [type],
      attributes,
    };
  },
};
