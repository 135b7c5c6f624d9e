/** Loops whose turns may run in any order, and how their results are put together. */
import {
  anyType,
  type AssemblyHooks,
  denseArrayAttribute,
  i32,
  index,
  op,
  type ParsedArgument,
  type ParsedRegion,
  region,
  regions,
  type Type,
  typed,
  type UnresolvedOperand,
  type Value,
  variadic,
} from '../../ir/index.ts';
import { readResultTypes, sameTypes, typesText, writeResultTypes } from './types.ts';

const assembly: AssemblyHooks = {
  print(operation, printer) {
    const view = parallel.view(operation);
    const body = operation.region(0);
    printer.write(' (');
    printer.values(body.entry?.arguments ?? []);
    for (const [word, values] of [
      [') = (', view.lowerBound],
      [') to (', view.upperBound],
      [') step (', view.step],
    ] as const) {
      printer.write(word);
      printer.values(values);
    }
    printer.write(')');
    if (view.initVals.length > 0) {
      printer.write(' init (');
      printer.values(view.initVals);
      printer.write(')');
    }
    writeResultTypes(printer, view.results);
    printer.write(' ');
    printer.region(body, { entryArguments: false });
    printer.attributeDictionary(operation, []);
  },
  parse(parser) {
    const list = (): readonly UnresolvedOperand[] => {
      parser.expect('(');
      const operands = parser.operands();
      parser.expect(')');
      return operands;
    };
    const counters = list();
    parser.expect('=');
    const lower = list();
    parser.expect('to');
    const upper = list();
    parser.expect('step');
    const step = list();
    const initial = parser.accept('init') ? list() : [];
    const resultTypes = readResultTypes(parser);
    for (const bounds of [lower, upper, step])
      if (bounds.length !== counters.length)
        parser.fail(`${bounds.length} operands present, but expected ${counters.length}`);
    if (initial.length !== resultTypes.length)
      parser.fail(`expected as many results (${resultTypes.length}) as initial values (${initial.length})`);
    const body = withReduce(
      parser.region(counters.map(({ name, offset }): ParsedArgument => ({ name, type: index, offset }))),
      parser.context,
    );
    const attributes = parser.attributeDictionary();
    const sizes = [lower.length, upper.length, step.length, initial.length];
    return {
      operands: [
        ...[...lower, ...upper, ...step].map((operand) => parser.resolve(operand, index)),
        ...initial.map((operand, at) => parser.resolve(operand, resultTypes[at] as Type)),
      ],
      resultTypes,
      regions: [body],
      attributes: [
        { name: 'operandSegmentSizes', value: denseArrayAttribute(sizes, i32), property: true },
        ...attributes,
      ],
    };
  },
};

/** A body that was written without its `scf.reduce` gets one. */
function withReduce(body: ParsedRegion, context: Value['context']): ParsedRegion {
  const [block] = body.blocks;
  if (block && block.last?.name !== 'scf.reduce') block.append(context.create('scf.reduce', [], []));
  return body;
}

/** Counts in several dimensions; the turns may run in any order. */
export const parallel = op('scf.parallel', {
  summary: 'a loop in several dimensions whose turns may run in any order',
  operands: {
    lowerBound: variadic(typed(index)),
    upperBound: variadic(typed(index)),
    step: variadic(typed(index)),
    initVals: variadic(anyType),
  },
  results: { results: variadic(anyType) },
  regions: { region: region('one block: a counter for each dimension; it ends with scf.reduce') },
  traits: ['single-block'],
  assembly,
  verifyOperation: (_, { lowerBound, upperBound, step, initVals, results, region: body }) => {
    const { length } = lowerBound;
    if (length === 0) return 'needs at least one tuple element for lowerBound, upperBound and step';
    if (upperBound.length !== length || step.length !== length)
      return `has ${length} lower bounds, ${upperBound.length} upper bounds and ${step.length} steps, expected as many of each`;
    const counters = body.entry?.arguments ?? [];
    if (counters.length !== length)
      return `expects the same number of induction variables: ${counters.length} as bound and step values: ${length}`;
    if (counters.some((counter) => counter.type !== index))
      return 'expects arguments for the induction variable to be of index type';
    const last = body.entry?.last;
    if (last?.name !== 'scf.reduce') return `expects body to terminate with 'scf.reduce'`;
    if (initVals.length !== results.length)
      return `expects number of results: ${results.length} to be the same as number of initial values: ${initVals.length}`;
    if (last.operandCount !== results.length)
      return `expects number of results: ${results.length} to be the same as number of reductions: ${last.operandCount}`;
    return sameTypes(initVals, results) && sameTypes(last.operands, results)
      ? undefined
      : `starts with ${typesText(initVals)} and reduces ${typesText(last.operands)}, expected ${typesText(results)}`;
  },
});

const reduceAssembly: AssemblyHooks = {
  print(operation, printer) {
    const { operands } = operation;
    if (operands.length > 0) {
      printer.write('(');
      printer.values(operands);
      printer.write(' : ');
      printer.types(operands.map((value) => value.type));
      printer.write(')');
    }
    for (const [at, body] of operation.regions.entries()) {
      printer.write(at === 0 ? ' ' : ', ');
      printer.region(body);
    }
    printer.attributeDictionary(operation, []);
  },
  parse(parser) {
    const bodies: ParsedRegion[] = [];
    if (!parser.accept('(')) return { attributes: parser.attributeDictionary(), regions: bodies };
    const operands = parser.operands();
    parser.expect(':');
    const { offset } = parser;
    const types = parser.types();
    parser.expect(')');
    if (types.length !== operands.length)
      parser.fail(`${operands.length} operands present, but expected ${types.length}`, offset);
    do bodies.push(parser.region());
    while (parser.accept(','));
    return {
      operands: operands.map((operand, at) => parser.resolve(operand, types[at] as Type)),
      regions: bodies,
      attributes: parser.attributeDictionary(),
    };
  },
};

/** Ends a turn of `scf.parallel` with values, and says for each how two of them make one. */
export const reduce = op('scf.reduce', {
  summary: 'ends a turn with values, and says how two of them make one',
  operands: { operands: variadic(anyType) },
  regions: { reductions: regions('takes two values and returns one') },
  traits: ['terminator', 'return-like'],
  assembly: reduceAssembly,
  verifyOperation: (operation, { operands, reductions }) => {
    if (operation.parentOperation?.name !== 'scf.parallel') return `expects parent op 'scf.parallel'`;
    if (reductions.length !== operands.length)
      return `expects number of operands: ${operands.length} to be the same as number of reduction regions: ${reductions.length}`;
    for (const [at, { entry }] of reductions.entries()) {
      const { type } = operands[at] as Value;
      const parameters = entry?.arguments ?? [];
      if (parameters.length !== 2 || parameters.some((parameter) => parameter.type !== type))
        return `expected two block arguments with type '${type.text}' in the ${at}-th reduction region`;
      if (entry?.last?.name !== 'scf.reduce.return')
        return "the block inside reduce should be terminated with a 'scf.reduce.return' op";
    }
    return undefined;
  },
});

/** What two values make. */
export const reduceReturn = op('scf.reduce.return', {
  summary: 'what two values make',
  operands: { result: anyType },
  traits: ['pure', 'terminator', 'return-like'],
  assembly: '$result attr-dict `:` type($result)',
  verifyOperation: (operation, { result }) => {
    if (operation.parentOperation?.name !== 'scf.reduce') return `expects parent op 'scf.reduce'`;
    const type = operation.parent?.arguments[0]?.type;
    return type === undefined || type === result.type
      ? undefined
      : `must have type ${type.text} (the type of the reduction inputs)`;
  },
});
