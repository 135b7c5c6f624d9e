/** The written form of functions: signatures with named arguments and attributes on both sides. */
import {
  arrayAttribute,
  type AssemblyHooks,
  type AssemblyParser,
  type AssemblyPrinter,
  type Attribute,
  dictionaryAttribute,
  functionType,
  type FunctionType,
  type NamedAttribute,
  type Operation,
  type ParsedArgument,
  stringAttribute,
  symbolText,
  type Type,
  typeAttribute,
} from '../../ir/index.ts';

const written = ['sym_name', 'function_type', 'sym_visibility', 'arg_attrs', 'res_attrs'];

/** What a function may be to other modules. */
export const visibilities = ['private', 'public', 'nested'] as const;

/** The signature of a function operation, if it has one. */
export function signatureOf(operation: Operation): FunctionType | undefined {
  const attribute = operation.attribute('function_type');
  return attribute?.kind === 'type' && attribute.type.kind === 'function' ? attribute.type : undefined;
}

/** The signature of a function operation; throws when it has none. */
export function functionTypeOf(operation: Operation): FunctionType {
  const found = signatureOf(operation);
  if (!found) throw new Error(`'${operation.name}' has no 'function_type'`);
  return found;
}

const attributesAt = (operation: Operation, side: 'arg_attrs' | 'res_attrs', at: number): Attribute | undefined => {
  const list = operation.attribute(side);
  const found = list?.kind === 'array' ? list.elements[at] : undefined;
  return found?.kind === 'dictionary' && found.entries.size > 0 ? found : undefined;
};

function writeTypes(
  operation: Operation,
  types: readonly Type[],
  side: 'arg_attrs' | 'res_attrs',
  printer: AssemblyPrinter,
): void {
  const named = side === 'arg_attrs' ? operation.region(0).entry?.arguments : undefined;
  printer.write('(');
  for (const [at, type] of types.entries()) {
    if (at > 0) printer.write(', ');
    const argument = named?.[at];
    if (argument) printer.blockArgument(argument);
    else printer.type(type);
    const attributes = attributesAt(operation, side, at);
    if (attributes) {
      printer.write(' ');
      printer.attribute(attributes);
    }
    if (argument) printer.argumentLocation(argument);
  }
  printer.write(')');
}

function print(operation: Operation, printer: AssemblyPrinter): void {
  const { inputs, results } = functionTypeOf(operation);
  const text = (name: string): string | undefined => {
    const attribute = operation.attribute(name);
    return attribute?.kind === 'string' ? attribute.value : undefined;
  };
  const visibility = text('sym_visibility');
  printer.write(`${visibility === undefined ? '' : ` ${visibility}`} ${symbolText(text('sym_name') ?? '')}`);
  writeTypes(operation, inputs, 'arg_attrs', printer);
  if (results.length > 0) {
    printer.write(' -> ');
    const [only] = results;
    const bare = results.length === 1 && only?.kind !== 'function' && !attributesAt(operation, 'res_attrs', 0);
    if (bare && only) printer.type(only);
    else writeTypes(operation, results, 'res_attrs', printer);
  }
  printer.attributeDictionary(operation, written, { keyword: true });
  if (operation.region(0).isEmpty) return;
  printer.write(' ');
  printer.region(operation.region(0), { entryArguments: false });
}

const dictionaryOf = (entries: readonly NamedAttribute[]): Attribute =>
  dictionaryAttribute(entries.map(({ name, value }) => [name, value] as const));

/** `(type {attributes}, …)`, or one bare type. */
function readResults(parser: AssemblyParser): { types: Type[]; attributes: Attribute[] } {
  if (!parser.accept('->')) return { types: [], attributes: [] };
  if (!parser.accept('(')) return { types: [parser.type()], attributes: [dictionaryAttribute([])] };
  const types: Type[] = [];
  const attributes: Attribute[] = [];
  while (!parser.at(')')) {
    if (types.length > 0) parser.expect(',');
    types.push(parser.type());
    attributes.push(dictionaryOf(parser.attributeDictionary()));
  }
  parser.expect(')');
  return { types, attributes };
}

/** Whether a list of dictionaries is one that reading would make: one for each type, and not all of them empty. */
const isWritten = (list: Attribute | undefined, count: number): boolean =>
  list === undefined ||
  (list.kind === 'array' &&
    list.elements.length === count &&
    list.elements.every((entry) => entry.kind === 'dictionary') &&
    someAttributes('', list.elements).length > 0);

const someAttributes = (name: string, list: readonly Attribute[]): NamedAttribute[] =>
  list.some((entry) => entry.kind === 'dictionary' && entry.entries.size > 0)
    ? [{ name, value: arrayAttribute(list), property: true }]
    : [];

/** How a function is written: `func.func @name(%a: type) -> type { … }`; without a body, types only. */
export const functionAssembly: AssemblyHooks = {
  print,
  covers(operation) {
    const signature = signatureOf(operation);
    const texts = ['sym_name', 'sym_visibility'].map((name) => operation.attribute(name));
    return (
      signature !== undefined &&
      texts.every((text) => text === undefined || (text.kind === 'string' && text.type === undefined)) &&
      isWritten(operation.attribute('arg_attrs'), signature.inputs.length) &&
      isWritten(operation.attribute('res_attrs'), signature.results.length)
    );
  },
  parse(parser) {
    const visibility = visibilities.find((word) => parser.accept(word));
    const symbol = parser.symbolName();
    const named: ParsedArgument[] = [];
    const types: Type[] = [];
    const attributes: Attribute[] = [];
    parser.expect('(');
    while (!parser.at(')')) {
      if (types.length > 0) parser.expect(',');
      // A type never looks like an operand, so a name here is an argument's.
      const [name] = parser.operands();
      if (name) parser.expect(':');
      const type = parser.type();
      types.push(type);
      attributes.push(dictionaryOf(parser.attributeDictionary()));
      const location = parser.location();
      if (name) named.push({ name: name.name, type, offset: name.offset, ...(location ? { location } : {}) });
    }
    parser.expect(')');
    const results = readResults(parser);
    const { offset } = parser;
    const rest = parser.attributeDictionary({ keyword: true });
    const inferred = rest.find(({ name }) => ['sym_name', 'sym_visibility', 'function_type'].includes(name));
    if (inferred)
      parser.fail(
        `'${inferred.name}' is an inferred attribute and should not be specified in the explicit attribute dictionary`,
        offset,
      );
    const hasBody = parser.at('{');
    if (named.length !== types.length && named.length > 0)
      parser.fail(`'func.func' names ${named.length} of ${types.length} arguments; name all of them, or none`);
    return {
      attributes: [
        { name: 'sym_name', value: stringAttribute(symbol), property: true },
        { name: 'function_type', value: typeAttribute(functionType(types, results.types)), property: true },
        ...(visibility === undefined
          ? []
          : [{ name: 'sym_visibility', value: stringAttribute(visibility), property: true }]),
        ...someAttributes('arg_attrs', attributes),
        ...someAttributes('res_attrs', results.attributes),
        ...rest,
      ],
      regions: [hasBody ? parser.region(types.length > named.length ? undefined : named) : { blocks: [] }],
    };
  },
};
