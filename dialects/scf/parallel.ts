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
import { turnsFlow } from './flow.ts';
import { emptyError, firstOtherType, readResultTypes, writeResultTypes } from './types.ts';

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
    const list = (count?: number): readonly UnresolvedOperand[] => {
      parser.expect('(');
      const { offset } = parser;
      const operands = parser.operands();
      if (count !== undefined && operands.length !== count)
        parser.fail(`custom op 'scf.parallel' expected ${count} operands`, offset);
      parser.expect(')');
      return operands;
    };
    const counters = list();
    parser.expect('=');
    const lower = list(counters.length);
    parser.expect('to');
    const upper = list(counters.length);
    parser.expect('step');
    const step = list(counters.length);
    const initial = parser.accept('init') ? list() : [];
    const { offset: place } = parser;
    const resultTypes = readResultTypes(parser);
    if (initial.length !== resultTypes.length)
      parser.fail(
        `custom op 'scf.parallel' number of operands and types do not match: got ${initial.length} operands and ${resultTypes.length} types`,
        place,
      );
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
  if (block && !block.last?.hasTrait('terminator')) block.append(context.create('scf.reduce', [], []));
  return body;
}

/** Whether a value is a constant that no step may be. */
function isStandstill({ owner }: Value): boolean {
  const value = owner?.hasTrait('constant-like') ? owner.attribute('value') : undefined;
  return value?.kind === 'integer' && value.value <= 0;
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
  traits: ['single-block', 'recursive-effects'],
  interfaces: turnsFlow,
  assembly,
  verifyOperation: (operation, { lowerBound, upperBound, step, initVals, results, region: body }) => {
    const empty = emptyError(operation, 0, 'region');
    if (empty !== undefined) return empty;
    const { length } = step;
    if (length === 0) return 'needs at least one tuple element for lowerBound, upperBound and step';
    if (lowerBound.length !== length || upperBound.length !== length)
      return `has ${lowerBound.length} lower bounds, ${upperBound.length} upper bounds and ${length} steps, expected as many of each`;
    if (step.some(isStandstill)) return 'constant step operand must be positive';
    const counters = body.entry?.arguments ?? [];
    if (counters.length !== length)
      return `expects the same number of induction variables: ${counters.length} as bound and step values: ${length}`;
    if (counters.some((counter) => counter.type !== index))
      return 'expects arguments for the induction variable to be of index type';
    const last = body.entry?.last;
    if (last?.name !== 'scf.reduce') return `expects body to terminate with 'scf.reduce'`;
    const count = `expects number of results: ${results.length} to be the same as number of`;
    if (last.regions.length !== results.length) return `${count} reductions: ${last.regions.length}`;
    if (initVals.length !== results.length) return `${count} initial values: ${initVals.length}`;
    // Upstream forgets to ask; its own form cannot say such a loop.
    const other = firstOtherType(initVals, results);
    return (
      other &&
      `expects type of ${other.at}-th initial value: '${other.given}' to be the same as the ${other.at}-th result type: '${other.expected}'`
    );
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
  traits: ['single-block', 'terminator', 'recursive-effects'],
  assembly: reduceAssembly,
  parents: ['scf.parallel'],
  verifyOperation: (operation, { operands, reductions }) => {
    if (reductions.length !== operands.length)
      return `expects number of reduction regions: ${reductions.length} to be the same as number of reduction operands: ${operands.length}`;
    const other = firstOtherType(operands, operation.parentOperation?.results ?? []);
    if (other)
      return `expects type of ${other.at}-th reduction operand: '${other.given}' to be the same as the ${other.at}-th result type: '${other.expected}'`;
    for (const [at, { entry }] of reductions.entries()) {
      const empty = emptyError(operation, at, 'reductions');
      if (empty !== undefined) return empty;
      const { type } = operands[at] as Value;
      const parameters = entry?.arguments ?? [];
      if (parameters.length !== 2 || parameters.some((parameter) => parameter.type !== type))
        return `expected two block arguments with type '${type.text}' in the ${at}-th reduction region`;
      if (entry?.last?.name !== 'scf.reduce.return')
        return "reduction bodies must be terminated with an 'scf.reduce.return' op";
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
  parents: ['scf.reduce'],
  verifyOperation: (operation, { result }) => {
    const type = operation.parent?.arguments[0]?.type;
    return type === undefined || type === result.type
      ? undefined
      : `must have type '${type.text}' (the type of the reduction inputs)`;
  },
});
