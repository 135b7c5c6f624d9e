import {
  type AssemblyHooks,
  anyType,
  attr,
  op,
  optionalAttribute,
  region,
  stringAttribute,
  symbolText,
  variadic,
} from '../../ir/index.ts';

const visibilities = ['private', 'public', 'nested'] as const;

/** What a module may hold beside attributes of dialects. */
const symbolAttributes = ['sym_name', 'sym_visibility'];

const moduleAssembly: AssemblyHooks = {
  covers(operation) {
    const name = operation.attribute('sym_name');
    return name === undefined || (name.kind === 'string' && name.type === undefined);
  },
  print(operation, printer) {
    const name = operation.attribute('sym_name');
    if (name?.kind === 'string') printer.write(` ${symbolText(name.value)}`);
    printer.attributeDictionary(operation, ['sym_name'], { keyword: true });
    printer.write(' ');
    printer.region(operation.region(0));
  },
  parse(parser) {
    const name = parser.at('{') || parser.at('attributes') ? undefined : parser.symbolName();
    const rest = parser.attributeDictionary({ keyword: true });
    return {
      attributes:
        name === undefined ? rest : [{ name: 'sym_name', value: stringAttribute(name), property: true }, ...rest],
      regions: [parser.region([])],
    };
  },
};

/** The top-level container of functions and other symbols. */
export const module = op('builtin.module', {
  summary: 'the top-level container of symbols',
  attributes: {
    sym_name: optionalAttribute(attr.text({})),
    sym_visibility: optionalAttribute(attr.text({})),
  },
  regions: { body: region('one block of functions and other symbols') },
  traits: ['isolated-from-above', 'symbol-table', 'single-block', 'no-terminator', 'graph-region'],
  defaultDialect: 'builtin',
  assembly: moduleAssembly,
  verifyOperation: (operation, { body, sym_name, sym_visibility }) => {
    const undotted = operation.attributes.find(({ name, property }) => !property && !name.includes('.'));
    if (undotted && !symbolAttributes.includes(undotted.name))
      return `can only contain attributes with dialect-prefixed names, found: '${undotted.name}'`;
    if (!body.entry) return 'has no block, expected one';
    if (body.entry.arguments.length > 0) return 'region should have no arguments';
    // Without a name a module is no symbol.
    return sym_name === undefined ||
      sym_visibility === undefined ||
      visibilities.some((word) => word === sym_visibility)
      ? undefined
      : `visibility expected to be one of ["public", "private", "nested"], but got "${sym_visibility}"`;
  },
});

/** Joins types while a conversion is under way; a finished program has none. */
export const unrealizedConversionCast = op('builtin.unrealized_conversion_cast', {
  summary: 'a conversion between types that a later step makes real',
  operands: { inputs: variadic(anyType) },
  results: { outputs: variadic(anyType) },
  traits: ['pure'],
  verifySignature: (_, { outputs }) =>
    outputs.length === 0 ? 'expected at least one result for cast operation' : undefined,
  assembly: '($inputs^ `:` type($inputs))? `to` type($outputs) attr-dict',
  fold: ({ inputs, outputs, operation }) => {
    const source = inputs[0]?.owner;
    if (inputs.length === outputs.length && inputs.every((input, at) => input.type === outputs[at]?.type))
      return inputs;
    const whole =
      source?.name === operation.name &&
      source.resultCount === inputs.length &&
      inputs.every((input, at) => input === source.result(at));
    const back = whole ? source.operands : [];
    return whole && back.length === outputs.length && back.every((value, at) => value.type === outputs[at]?.type)
      ? back
      : undefined;
  },
});
