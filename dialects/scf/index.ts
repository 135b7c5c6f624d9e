/** Structured control flow. Spelled as upstream MLIR spells it. */
import {
  type AssemblyHooks,
  anyType,
  attr,
  dialect,
  i1,
  op,
  region,
  sameType,
  type Type,
  typed,
  variadic,
} from '../../ir/index.ts';
import { executeRegion, indexSwitch } from './choice.ts';
import { forall, inParallel } from './forall.ts';
import { bodyOf, forAssembly, withYield } from './loop.ts';
import { parallel, reduce, reduceReturn } from './parallel.ts';
import { endError, sameTypes, typesText } from './types.ts';
import { condition, whileOp } from './while.ts';

const counter = sameType(
  'C',
  'index or a signless integer',
  (type) => type.kind === 'index' || type.kind === 'integer',
);
/** Counts from `lowerBound` while less than `upperBound`, carrying values from one turn to the next. */
const forOp = op('scf.for', {
  summary: 'a counted loop that carries values',
  operands: { lowerBound: counter, upperBound: counter, step: counter, initArgs: variadic(anyType) },
  attributes: { unsignedCmp: attr.unit() },
  results: { results: variadic(anyType) },
  regions: { body: region('one block: the counter, then the carried values') },
  traits: ['single-block'],
  assembly: forAssembly,
  verifyOperation: (operation, { initArgs, results, lowerBound }) => {
    if (!sameTypes(initArgs, results)) return `carries ${typesText(initArgs)}, but gives ${typesText(results)}`;
    const expected = [lowerBound, ...initArgs];
    const found = bodyOf(operation)?.arguments ?? [];
    return sameTypes(found, expected)
      ? endError(operation, 0, 'scf.yield', results)
      : `body has arguments ${typesText(found)}, expected ${typesText(expected)}`;
  },
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
    let resultTypes: readonly Type[] = [];
    if (parser.accept('->')) {
      parser.expect('(');
      resultTypes = parser.types();
      parser.expect(')');
    }
    const then = withYield(parser.region(), condition.context);
    const otherwise = parser.accept('else') ? withYield(parser.region(), condition.context) : { blocks: [] };
    return { operands: [condition], resultTypes, regions: [then, otherwise], attributes: parser.attributeDictionary() };
  },
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
  traits: ['single-block'],
  assembly: ifAssembly,
  verifyOperation: (operation, { elseRegion, results }) => {
    if (elseRegion.isEmpty)
      return results.length > 0
        ? `gives values, so it needs an else region`
        : endError(operation, 0, 'scf.yield', results);
    return endError(operation, 0, 'scf.yield', results) ?? endError(operation, 1, 'scf.yield', results);
  },
});

/** Ends a region of structured control flow with its values. */
const yieldOp = op('scf.yield', {
  summary: 'ends a region with its values',
  operands: { results: variadic(anyType) },
  traits: ['pure', 'terminator', 'return-like'],
  assembly: 'attr-dict ($results^ `:` type($results))?',
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
