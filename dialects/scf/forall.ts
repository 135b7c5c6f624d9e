/** Loops over a space of threads, whose turns write to parts of shared tensors. */
import {
  anything,
  anyType,
  arrayAttribute,
  type AssemblyHooks,
  type Attribute,
  type AttributeKind,
  type Context,
  denseArrayAttribute,
  i32,
  index,
  type NamedAttribute,
  op,
  type Operation,
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
import { emptyError, endError, readResultTypes } from './types.ts';
import { turnsFlow } from './flow.ts';

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
    for (const [what, { statics }] of [
      ['lower bound', lower],
      ['upper bound', upper],
      ['step', step],
    ] as const)
      if (statics.length !== counters.length)
        parser.fail(`expected ${counters.length} ${what} values, got ${statics.length}`);
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
      const { offset } = parser;
      types = readResultTypes(parser);
      if (types.length !== names.length)
        parser.fail(
          `custom op 'scf.forall' number of operands and types do not match: got ${names.length} operands and ${types.length} types`,
          offset,
        );
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
  if (block && !block.last?.hasTrait('terminator')) {
    const end = context.create('scf.forall.in_parallel', [], [], { regions: 1 });
    end.region(0).addBlock();
    block.append(end);
  }
  return whole;
}

/** A tensor that has a rank. */
const rankedTensor: typeof anyType = {
  ...anyType,
  text: 'ranked tensor of any type values',
  check: (type) =>
    type.kind === 'tensor' ? undefined : `must be ranked tensor of any type values, but got '${type.text}'`,
};

/** Where each dimension is spread over a device: attributes of that device's dialect. */
const deviceMapping: AttributeKind<readonly Attribute[], 'required'> = {
  presence: 'required',
  default: undefined,
  domain: anything('device mappings'),
  text: 'an array of device mappings such as #gpu.thread<x>',
  read: (attribute) =>
    attribute.kind === 'array' && attribute.elements.every(({ kind }) => kind === 'dialect')
      ? attribute.elements
      : undefined,
  write: arrayAttribute,
};

/** The first way in which the shared outputs are not what the body takes and the loop gives. */
function outputsError(operation: Operation, outputs: readonly Value[], rank: number): string | undefined {
  const { results } = operation;
  const parameters = operation.region(0).entry?.arguments ?? [];
  if (outputs.length !== results.length)
    return `produces ${results.length} results, but has only ${outputs.length} outputs`;
  if (parameters.length !== rank + outputs.length) return `region expects ${rank + outputs.length} arguments`;
  const counter = parameters.slice(0, rank).findIndex(({ type }) => type !== index);
  if (counter >= 0) return `expects ${counter}-th block argument to be an index`;
  for (const [at, { type }] of outputs.entries()) {
    if (parameters[rank + at]?.type !== type)
      return `type mismatch between ${at}-th output and corresponding block argument`;
    if (results[at]?.type !== type)
      return `expected type of output #${at} ('${type.text}') to match type of corresponding result ('${results[at]?.type.text}')`;
  }
  return undefined;
}

/** Runs its body for every point of a space; each turn gives parts of the shared outputs. */
export const forall = op('scf.forall', {
  summary: 'a loop over a space of threads that share outputs',
  operands: {
    dynamicLowerBound: variadic(typed(index)),
    dynamicUpperBound: variadic(typed(index)),
    dynamicStep: variadic(typed(index)),
    outputs: variadic(rankedTensor),
  },
  attributes: {
    staticLowerBound: indexList,
    staticUpperBound: indexList,
    staticStep: indexList,
    mapping: optionalAttribute(deviceMapping),
  },
  results: { results: variadic(rankedTensor) },
  regions: { region: region('one block: a counter for each dimension, then the shared outputs') },
  traits: ['single-block', 'recursive-effects'],
  interfaces: turnsFlow,
  assembly,
  verifySignature: (_, view) => {
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
    return mapping !== undefined && mapping.length > 0 && mapping.length !== rank
      ? 'mapping attribute size must match op rank'
      : undefined;
  },
  verifyOperation: (operation, { outputs, staticUpperBound }) =>
    emptyError(operation, 0, 'region') ??
    outputsError(operation, outputs, staticUpperBound.length) ??
    endError(operation, 0, 'scf.forall.in_parallel'),
});

/** Ends a turn of `scf.forall`; what stands in it writes to parts of the shared outputs. */
export const inParallel = op('scf.forall.in_parallel', {
  summary: 'ends a turn by writing to parts of the shared outputs',
  regions: { region: region('one block of writes, without a terminator') },
  traits: ['terminator', 'return-like', 'single-block', 'no-terminator', 'recursive-effects'],
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
  parents: ['scf.forall'],
  verifyOperation: (operation, { region: body }) => {
    const empty = emptyError(operation, 0, 'region');
    if (empty !== undefined) return empty;
    const writes = body.entry?.operations ?? [];
    const stranger = writes.find(({ name }) => name !== 'tensor.parallel_insert_slice');
    if (stranger) return `expected only ParallelCombiningOpInterface ops, found '${stranger.name}'`;
    const rank = indexListOf(operation.parentOperation?.attribute('staticUpperBound')).length;
    const shared = operation.parent?.arguments.slice(rank) ?? [];
    return writes.every((write) => write.operandCount < 2 || shared.includes(write.operand(1)))
      ? undefined
      : "'tensor.parallel_insert_slice' may only insert into an output block argument";
  },
});
