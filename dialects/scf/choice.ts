/** Regions that run once: one region, or one of several by a number. */
import {
  anyType,
  type AssemblyHooks,
  attr,
  index,
  type NamedAttribute,
  op,
  type Operation,
  type ParsedRegion,
  region,
  regions,
  typed,
  unitAttribute,
  variadic,
} from '../../ir/index.ts';
import { indexList, indexListAttribute, indexListOf } from '../builtin/index-list.ts';
import { onceFlow, switchFlow } from './flow.ts';
import { withYield } from './loop.ts';
import { emptyError, endOf, firstOtherType, readResultTypes, resultsError, writeResultTypes } from './types.ts';

const executeAssembly: AssemblyHooks = {
  print(operation, printer) {
    writeResultTypes(printer, operation.results);
    if (operation.attribute('no_inline') !== undefined) printer.write(' no_inline');
    printer.write(' ');
    printer.region(operation.region(0), { emptyBlock: true });
    printer.attributeDictionary(operation, ['no_inline']);
  },
  parse(parser) {
    const resultTypes = readResultTypes(parser);
    const own: NamedAttribute[] = parser.accept('no_inline')
      ? [{ name: 'no_inline', value: unitAttribute, property: true }]
      : [];
    const body = parser.region();
    return { resultTypes, regions: [body], attributes: [...own, ...parser.attributeDictionary()] };
  },
};

/** Runs a region of any number of blocks once. */
export const executeRegion = op('scf.execute_region', {
  summary: 'runs a region of any number of blocks once',
  attributes: { no_inline: attr.unit() },
  results: { results: variadic(anyType) },
  traits: ['recursive-effects'],
  interfaces: onceFlow,
  regions: { region: region('ends with scf.yield, in every block that leaves it') },
  assembly: executeAssembly,
  verifyOperation: (operation, { region: body }) => {
    if (body.isEmpty) return 'region needs to have at least one block';
    if ((body.entry?.arguments.length ?? 0) > 0) return 'region cannot have any arguments';
    for (const block of body.blocks) {
      const error = resultsError(operation, block);
      if (error !== undefined) return error;
    }
    return undefined;
  },
});

const switchAssembly: AssemblyHooks = {
  print(operation, printer) {
    // As upstream has it: it puts an end back to the default, and not to the cases.
    const terminators = operation.results.length > 0;
    printer.write(' ');
    printer.value(operation.operand(0));
    printer.attributeDictionary(operation, ['cases']);
    if (operation.results.length > 0) {
      printer.write(' -> ');
      printer.types(operation.results.map((value) => value.type));
    }
    const [otherwise, ...cases] = operation.regions;
    for (const [at, number] of indexListOf(operation.attribute('cases')).entries()) {
      const body = cases[at];
      printer.newline();
      printer.write(`case ${number} `);
      if (body) printer.region(body);
    }
    printer.newline();
    printer.write('default ');
    if (otherwise) printer.region(otherwise, { terminators });
  },
  parse(parser) {
    const operand = parser.operand();
    const rest = parser.attributeDictionary();
    // As in upstream there are no parentheses around several types.
    const resultTypes = parser.accept('->') ? parser.types() : [];
    const numbers: bigint[] = [];
    const bodies: ParsedRegion[] = [];
    while (parser.accept('case')) {
      numbers.push(parser.integer());
      bodies.push(withYield(parser.region(), parser.context));
    }
    parser.expect('default');
    const otherwise = withYield(parser.region(), parser.context);
    return {
      operands: [parser.resolve(operand, index)],
      resultTypes,
      regions: [otherwise, ...bodies],
      attributes: [{ name: 'cases', value: indexListAttribute(numbers), property: true }, ...rest],
    };
  },
};

/** The first way in which what region `at` of a choice yields is not what the choice gives. */
function caseError(operation: Operation, at: number): string | undefined {
  const { results } = operation;
  const empty = emptyError(operation, at, at === 0 ? 'defaultRegion' : 'caseRegions');
  if (empty !== undefined) return empty;
  const last = endOf(operation, at);
  if (last?.name !== 'scf.yield') return `expected region to end with scf.yield, but got ${last?.name ?? 'nothing'}`;
  const name = at === 0 ? 'default region' : `case region #${at - 1}`;
  if (last.operandCount !== results.length)
    return `expected each region to return ${results.length} values, but ${name} returns ${last.operandCount}`;
  const other = firstOtherType(last.operands, results);
  return (
    other &&
    `expected result #${other.at} of each region to be '${other.expected}', but ${name} returns '${other.given}'`
  );
}

/** Runs the region of the case that is equal to its operand, else the default. */
export const indexSwitch = op('scf.index_switch', {
  summary: 'one of several regions by a number',
  operands: { arg: typed(index) },
  attributes: { cases: indexList },
  results: { results: variadic(anyType) },
  regions: { defaultRegion: region('runs when no case is equal'), caseRegions: regions('one for each case') },
  traits: ['single-block', 'recursive-effects'],
  interfaces: switchFlow,
  assembly: switchAssembly,
  verifyOperation: (operation, { cases, caseRegions }) => {
    if (cases.length !== caseRegions.length)
      return `has ${caseRegions.length} case regions but ${cases.length} case values`;
    const seen = new Set<bigint>();
    for (const number of cases) {
      if (seen.has(number)) return `has duplicate case value: ${number}`;
      seen.add(number);
    }
    for (let at = 0; at < operation.regions.length; at++) {
      const error = caseError(operation, at);
      if (error !== undefined) return error;
    }
    return undefined;
  },
});
