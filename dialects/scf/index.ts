/** Structured control flow. Spelled as upstream MLIR spells it. */
import {
  type AssemblyHooks,
  anyType,
  attr,
  dialect,
  i1,
  op,
  type Operation,
  type Region,
  region,
  sameType,
  typed,
  variadic,
} from '../../ir/index.ts';
import { executeRegion, indexSwitch } from './choice.ts';
import { forall, inParallel } from './forall.ts';
import { forFlow, ifFlow } from './flow.ts';
import { carriesResults, forAssembly, loopError, withYield } from './loop.ts';
import { parallel, reduce, reduceReturn } from './parallel.ts';
import { emptyError, endError, readResultTypes, resultsError, yieldsResults } from './types.ts';
import { condition, whileOp } from './while.ts';

const counter = sameType(
  'C',
  'index or a signless integer',
  (type) => type.kind === 'index' || (type.kind === 'integer' && type.sign === 'signless'),
);
/** Counts from `lowerBound` while less than `upperBound`, carrying values from one turn to the next. */
const forOp = op('scf.for', {
  summary: 'a counted loop that carries values',
  operands: { lowerBound: counter, upperBound: counter, step: counter, initArgs: variadic(anyType) },
  attributes: { unsignedCmp: attr.unit() },
  results: { results: variadic(anyType) },
  regions: { body: region('one block: the counter, then the carried values') },
  traits: ['single-block', 'recursive-effects'],
  interfaces: forFlow,
  assembly: forAssembly,
  verifyOperation: (operation) =>
    carriesResults(operation) ? undefined : (emptyError(operation, 0, 'region') ?? loopError(operation)),
  inferTypes: (operands) => operands.slice(3).map((value) => value.type),
});

const ifAssembly: AssemblyHooks = {
  print(operation, printer) {
    printer.write(' ');
    printer.value(operation.operand(0));
    const { results } = operation;
    if (results.length > 0) {
      printer.write(' -> (');
      printer.types(results.map((value) => value.type));
      printer.write(')');
    }
    const terminators = results.length > 0;
    printer.write(' ');
    printer.region(operation.region(0), { terminators });
    if (!operation.region(1).isEmpty) {
      printer.write(' else ');
      printer.region(operation.region(1), { terminators });
    }
    printer.attributeDictionary(operation, []);
  },
  parse(parser) {
    const condition = parser.resolve(parser.operand(), i1);
    const resultTypes = readResultTypes(parser);
    const then = withYield(parser.region(), condition.context);
    const otherwise = parser.accept('else') ? withYield(parser.region(), condition.context) : { blocks: [] };
    return { operands: [condition], resultTypes, regions: [then, otherwise], attributes: parser.attributeDictionary() };
  },
};

/** The first way in which one of the two regions is not as it must be. */
const branchError = (operation: Operation, { entry }: Region, at: number): string | undefined => {
  const takes = entry?.argumentCount ?? 0;
  if (takes === 0 && yieldsResults(operation, entry)) return undefined;
  return takes > 0
    ? `region #${at} should have no arguments`
    : (endError(operation, at, 'scf.yield') ?? resultsError(operation, entry));
};

/** Runs one of two regions; without results the second may be empty. */
const ifOp = op('scf.if', {
  summary: 'one of two regions',
  operands: { condition: typed(i1) },
  results: { results: variadic(anyType) },
  regions: {
    thenRegion: region('runs when the condition is true'),
    elseRegion: region('runs otherwise; may be empty'),
  },
  traits: ['single-block', 'recursive-effects'],
  interfaces: ifFlow,
  assembly: ifAssembly,
  verifyOperation: (operation, { thenRegion, elseRegion }) => {
    if (elseRegion.isEmpty && operation.resultCount > 0) return 'must have an else block if defining values';
    return (
      emptyError(operation, 0, 'thenRegion') ??
      branchError(operation, thenRegion, 0) ??
      (elseRegion.isEmpty ? undefined : branchError(operation, elseRegion, 1))
    );
  },
});

/** Ends a region of structured control flow with its values. */
const yieldOp = op('scf.yield', {
  summary: 'ends a region with its values',
  operands: { results: variadic(anyType) },
  traits: ['pure', 'terminator', 'return-like'],
  assembly: 'attr-dict ($results^ `:` type($results))?',
  parents: ['scf.execute_region', 'scf.for', 'scf.if', 'scf.index_switch', 'scf.while'],
});

/** The operations of structured control flow. */
export const scf = dialect('scf', {
  for: forOp,
  if: ifOp,
  yield: yieldOp,
  while: whileOp,
  condition,
  executeRegion,
  indexSwitch,
  parallel,
  reduce,
  reduceReturn,
  forall,
  inParallel,
});
