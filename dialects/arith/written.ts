/** How arithmetic is written: flags stand after the operands and are left out when they say nothing. */
import {
  type AssemblyHooks,
  type AssemblyParser,
  type AssemblyPrinter,
  type Attribute,
  dialectAttribute,
  i1,
  i32,
  i64,
  integerAttribute,
  isShaped,
  type NamedAttribute,
  type Operation,
  tensorType,
  type Type,
  unitAttribute,
  type Value,
  vectorType,
} from '../../ir/index.ts';

/** The two kinds of flags and the properties that hold them. */
export const flagProperties = { overflow: 'overflowFlags', fastmath: 'fastmath' } as const;
/** A kind of flags. */
export type Flag = keyof typeof flagProperties;
/** What stands between two flags of a kind. */
const separators: Readonly<Record<Flag, string>> = { overflow: ', ', fastmath: ',' };

function writeFlag(operation: Operation, flag: Flag, printer: AssemblyPrinter): void {
  const text = operation.attribute(flagProperties[flag])?.text;
  if (text !== undefined && text !== `#arith.${flag}<none>`) printer.write(` ${text.replace('#arith.', '')}`);
}

/** Whether flags are spelled as reading spells them. */
function areWords(operation: Operation, flag: Flag): boolean {
  const attribute = operation.attribute(flagProperties[flag]);
  if (attribute === undefined) return true;
  const [, words] = new RegExp(`^#arith\\.${flag}<(.*)>$`).exec(attribute.text) ?? [];
  return words?.split(separators[flag]).every((word) => /^[a-z]\w*$/.test(word)) ?? false;
}

function readFlag(parser: AssemblyParser, flag: Flag): NamedAttribute[] {
  if (!parser.accept(flag)) return [];
  parser.expect('<');
  const words = [parser.keyword()];
  while (parser.accept(',')) words.push(parser.keyword());
  parser.expect('>');
  return [
    {
      name: flagProperties[flag],
      value: dialectAttribute('arith', `.${flag}<${words.join(separators[flag])}>`),
      property: true,
    },
  ];
}

function writeOperands(
  operation: Operation,
  flag: Flag,
  printer: AssemblyPrinter,
  hidden: readonly string[] = [],
): void {
  printer.values(operation.operands);
  writeFlag(operation, flag, printer);
  printer.attributeDictionary(operation, [flagProperties[flag], ...hidden]);
  printer.write(' : ');
}

/** `%a, %b flag<…> : type`, operands and result of one type. */
export const sameTypeAssembly = (flag: Flag): AssemblyHooks => ({
  covers: (operation) => areWords(operation, flag),
  print(operation, printer) {
    printer.write(' ');
    writeOperands(operation, flag, printer);
    printer.type(operation.result().type);
  },
  parse(parser) {
    const operands = parser.operands();
    const attributes = [...readFlag(parser, flag), ...parser.attributeDictionary()];
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

/** Roundings in the order of their stored numbers. */
export const roundings = ['to_nearest_even', 'downward', 'upward', 'toward_zero', 'to_nearest_away'] as const;

const roundingOf = (operation: Operation): string | undefined => {
  const mode = operation.attribute('roundingmode');
  return mode?.kind === 'integer' ? roundings[Number(mode.value)] : undefined;
};

/** `%a rounding fastmath<…> : type to type`, with `%a, %scale` and both types where there is a scale. */
export const roundingAssembly: AssemblyHooks = {
  covers: (operation) => operation.attribute('roundingmode') === undefined || roundingOf(operation) !== undefined,
  print(operation, printer) {
    const rounding = roundingOf(operation);
    printer.write(' ');
    printer.values(operation.operands);
    if (rounding !== undefined) printer.write(` ${rounding}`);
    writeFlag(operation, 'fastmath', printer);
    printer.attributeDictionary(operation, ['roundingmode', 'fastmath']);
    printer.write(' : ');
    printer.types(operation.operands.map((value) => value.type));
    printer.write(' to ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const operands = parser.operands();
    const rounding = roundings.findIndex((word) => parser.accept(word));
    const attributes: NamedAttribute[] = [...readFlag(parser, 'fastmath'), ...parser.attributeDictionary()];
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
};

/** `%a flag<…> : type to type`. */
export const castAssembly = (flag: Flag): AssemblyHooks => ({
  covers: (operation) => areWords(operation, flag),
  print(operation, printer) {
    printer.write(' ');
    writeOperands(operation, flag, printer);
    printer.type(operation.operand(0).type);
    printer.write(' to ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const operand = parser.operand();
    const attributes = [...readFlag(parser, flag), ...parser.attributeDictionary()];
    parser.expect(':');
    const type = parser.type();
    parser.expect('to');
    return { operands: [parser.resolve(operand, type)], resultTypes: [parser.type()], attributes };
  },
});

/** The truth value, or one per element, of comparing values of `type`. */
export const truthOf = (type: Type): Type =>
  type.kind === 'tensor'
    ? tensorType(type.shape, i1, type.encoding)
    : type.kind === 'vector'
      ? vectorType(type.shape, i1, type.scalable)
      : i1;

/** `predicate, %a, %b : type`; the predicate is stored as its number. */
export const comparisonAssembly = (predicates: readonly string[]): AssemblyHooks => ({
  covers(operation) {
    const predicate = operation.attribute('predicate');
    const number = predicate?.kind === 'integer' && predicate.type === i64 ? Number(predicate.value) : -1;
    return predicates[number] !== undefined && areWords(operation, 'fastmath');
  },
  print(operation, printer) {
    const predicate = operation.attribute('predicate');
    printer.write(` ${predicates[predicate?.kind === 'integer' ? Number(predicate.value) : -1]}, `);
    writeOperands(operation, 'fastmath', printer, ['predicate']);
    printer.type(operation.operand(0).type);
  },
  parse(parser) {
    const { offset } = parser;
    const word = parser.keyword();
    const number = predicates.indexOf(word);
    if (number < 0) parser.fail(`'${word}' is not a comparison, expected one of ${predicates.join(', ')}`, offset);
    parser.expect(',');
    const operands = parser.operands();
    const flags = [...readFlag(parser, 'fastmath'), ...parser.attributeDictionary()];
    parser.expect(':');
    const type = parser.type();
    return {
      operands: operands.map((operand) => parser.resolve(operand, type)),
      resultTypes: [truthOf(type)],
      attributes: [{ name: 'predicate', value: integerAttribute(number, i64), property: true }, ...flags],
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
    if (isShaped(condition)) {
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
