/** Loops over a space of threads, whose turns write to parts of shared tensors. */
import {
  anyType,
  type AssemblyHooks,
  attr,
  type Context,
  denseArrayAttribute,
  i32,
  index,
  type NamedAttribute,
  op,
  optionalAttribute,
  type ParsedArgument,
  type ParsedRegion,
  region,
  type Type,
  typed,
  type UnresolvedOperand,
  type Value,
  variadic,
} from '../../ir/index.ts';
import {
  type Brackets,
  dynamicIndex,
  type IndexList,
  indexList,
  indexListAttribute,
  indexListOf,
  isDynamicIndex,
  readIndexList,
  writeIndexList,
} from '../builtin/index-list.ts';
import { sameTypes, typesText } from './types.ts';

const round: Brackets = ['(', ')'];
const properties = ['staticLowerBound', 'staticUpperBound', 'staticStep', 'operandSegmentSizes'] as const;

const assembly: AssemblyHooks = {
  covers(operation) {
    const sizes = operation.attribute('operandSegmentSizes');
    if (sizes?.kind !== 'dense-array') return false;
    return (['staticLowerBound', 'staticUpperBound', 'staticStep'] as const).every(
      (name, at) => indexListOf(operation.attribute(name)).filter(isDynamicIndex).length === Number(sizes.values[at]),
    );
  },
  print(operation, printer) {
    const view = forall.view(operation);
    const { staticLowerBound, staticUpperBound, staticStep } = view;
    const parameters = operation.region(0).entry?.arguments ?? [];
    const rank = staticUpperBound.length;
    printer.write(' (');
    printer.values(parameters.slice(0, rank));
    printer.write(')');
    const plain = staticLowerBound.every((bound) => bound === 0n) && staticStep.every((step) => step === 1n);
    if (plain) {
      printer.write(' in ');
      writeIndexList(printer, view.dynamicUpperBound, staticUpperBound, round);
    } else {
      printer.write(' = ');
      writeIndexList(printer, view.dynamicLowerBound, staticLowerBound, round);
      printer.write(' to ');
      writeIndexList(printer, view.dynamicUpperBound, staticUpperBound, round);
      printer.write(' step ');
      writeIndexList(printer, view.dynamicStep, staticStep, round);
    }
    if (view.outputs.length > 0) {
      printer.write(' shared_outs(');
      for (const [at, value] of view.outputs.entries()) {
        if (at > 0) printer.write(', ');
        printer.value(parameters[rank + at] as Value);
        printer.write(' = ');
        printer.value(value);
      }
      printer.write(') -> (');
      printer.types(view.results.map((value) => value.type));
      printer.write(')');
    }
    printer.write(' ');
    printer.region(operation.region(0), { entryArguments: false, terminators: false });
    printer.attributeDictionary(operation, properties);
  },
  parse(parser) {
    parser.expect('(');
    const counters = parser.operands();
    parser.expect(')');
    const constant = (number: bigint): IndexList => ({ operands: [], statics: counters.map(() => number) });
    let [lower, step] = [constant(0n), constant(1n)];
    let upper: IndexList;
    if (parser.accept('in')) upper = readIndexList(parser, round);
    else {
      parser.expect('=');
      lower = readIndexList(parser, round);
      parser.expect('to');
      upper = readIndexList(parser, round);
      parser.expect('step');
      step = readIndexList(parser, round);
    }
    const names: UnresolvedOperand[] = [];
    const initial: UnresolvedOperand[] = [];
    let types: readonly Type[] = [];
    if (parser.accept('shared_outs')) {
      parser.expect('(');
      while (!parser.at(')')) {
        if (names.length > 0) parser.expect(',');
        names.push(parser.operand());
        parser.expect('=');
        initial.push(parser.operand());
      }
      parser.expect(')');
      parser.expect('->');
      const { offset } = parser;
      types = parser.resultTypes();
      if (types.length !== names.length)
        parser.fail(`mismatch between out operands (${names.length}) and types (${types.length})`, offset);
    }
    const entry: ParsedArgument[] = [
      ...counters.map(({ name, offset }) => ({ name, type: index, offset })),
      ...names.map(({ name, offset }, at) => ({ name, type: types[at] as Type, offset })),
    ];
    const body = withInParallel(parser.region(entry), parser.context);
    const rest = parser.attributeDictionary();
    const property = (name: string, value: NamedAttribute['value']): NamedAttribute => ({
      name,
      value,
      property: true,
    });
    const sizes = [lower.operands.length, upper.operands.length, step.operands.length, initial.length];
    return {
      operands: [
        ...[lower, upper, step].flatMap(({ operands }) => operands.map((operand) => parser.resolve(operand, index))),
        ...initial.map((operand, at) => parser.resolve(operand, types[at] as Type)),
      ],
      resultTypes: types,
      regions: [body],
      attributes: [
        property('staticLowerBound', indexListAttribute(lower.statics)),
        property('staticUpperBound', indexListAttribute(upper.statics)),
        property('staticStep', indexListAttribute(step.statics)),
        property('operandSegmentSizes', denseArrayAttribute(sizes, i32)),
        ...rest,
      ],
    };
  },
};

/** A body that was written without its `scf.forall.in_parallel` gets an empty one. */
function withInParallel(body: ParsedRegion, context: Context): ParsedRegion {
  const whole = body.blocks.length > 0 ? body : { blocks: [context.newBlock()] };
  const [block] = whole.blocks;
  if (block && !block.terminator) {
    const end = context.create('scf.forall.in_parallel', [], [], { regions: 1 });
    end.region(0).addBlock();
    block.append(end);
  }
  return whole;
}

/** Runs its body for every point of a space; each turn gives parts of the shared outputs. */
export const forall = op('scf.forall', {
  summary: 'a loop over a space of threads that share outputs',
  operands: {
    dynamicLowerBound: variadic(typed(index)),
    dynamicUpperBound: variadic(typed(index)),
    dynamicStep: variadic(typed(index)),
    outputs: variadic(anyType),
  },
  attributes: {
    staticLowerBound: indexList,
    staticUpperBound: indexList,
    staticStep: indexList,
    mapping: optionalAttribute(attr.any()),
  },
  results: { results: variadic(anyType) },
  regions: { region: region('one block: a counter for each dimension, then the shared outputs') },
  traits: ['single-block'],
  assembly,
  verifySignature: (operation, view) => {
    const rank = view.staticUpperBound.length;
    for (const [what, list, dynamic] of [
      ['lower bound', view.staticLowerBound, view.dynamicLowerBound],
      ['upper bound', view.staticUpperBound, view.dynamicUpperBound],
      ['step', view.staticStep, view.dynamicStep],
    ] as const) {
      if (list.length !== rank) return `expected ${rank} ${what} values, got ${list.length}`;
      const wanted = list.filter((number) => number === dynamicIndex).length;
      if (wanted !== dynamic.length) return `expected ${wanted} dynamic ${what} values`;
    }
    const { mapping } = view;
    if (
      mapping !== undefined &&
      (mapping.kind !== 'array' || (mapping.elements.length > 0 && mapping.elements.length !== rank))
    )
      return 'mapping attribute size must match op rank';
    return sameTypes(view.outputs, view.results)
      ? undefined
      : `'${operation.name}' shares ${typesText(view.outputs)}, but gives ${typesText(view.results)}`;
  },
  verifyOperation: (_, { outputs, staticUpperBound, region: body }) => {
    const parameters = body.entry?.arguments ?? [];
    const rank = staticUpperBound.length;
    if (parameters.length !== rank + outputs.length) return `region expects ${rank + outputs.length} arguments`;
    for (let at = 0; at < rank; at++)
      if (parameters[at]?.type !== index) return `expects ${at}-th block argument to be an index`;
    if (!sameTypes(parameters.slice(rank), outputs)) return 'type mismatch between shared outputs and block arguments';
    return body.entry?.last?.name === 'scf.forall.in_parallel'
      ? undefined
      : `expects body to terminate with 'scf.forall.in_parallel'`;
  },
});

/** Ends a turn of `scf.forall`; what stands in it writes to parts of the shared outputs. */
export const inParallel = op('scf.forall.in_parallel', {
  summary: 'ends a turn by writing to parts of the shared outputs',
  regions: { region: region('one block of writes, without a terminator') },
  traits: ['terminator', 'return-like', 'single-block', 'no-terminator'],
  assembly: {
    print(operation, printer) {
      printer.write(' ');
      printer.region(operation.region(0));
      printer.attributeDictionary(operation, []);
    },
    parse(parser) {
      return { regions: [parser.region([])], attributes: parser.attributeDictionary() };
    },
  },
  verifyOperation: (operation, { region: body }) => {
    if (operation.parentOperation?.name !== 'scf.forall') return `expects parent op 'scf.forall'`;
    const stranger = body.entry?.operations.find(
      ({ definition, name }) => definition && name !== 'tensor.parallel_insert_slice',
    );
    return stranger ? `expected only ParallelCombiningOpInterface ops, found '${stranger.name}'` : undefined;
  },
});
