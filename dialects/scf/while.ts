import {
  anyType,
  type AssemblyHooks,
  firstPassed,
  i1,
  implement,
  op,
  type ParsedArgument,
  region,
  type Type,
  typed,
  type UnresolvedOperand,
  type Value,
  variadic,
} from '../../ir/index.ts';
import { whileFlow } from './flow.ts';
import { edgeError, emptyError } from './types.ts';

const assembly: AssemblyHooks = {
  print(operation, printer) {
    const [before, after] = operation.regions;
    if (operation.operandCount > 0) {
      printer.write(' (');
      const carried = before?.entry?.arguments ?? [];
      for (const [at, value] of operation.operands.entries()) {
        if (at > 0) printer.write(', ');
        printer.value(carried[at] as Value);
        printer.write(' = ');
        printer.value(value);
      }
      printer.write(')');
    }
    printer.write(' : (');
    printer.types(operation.operands.map((value) => value.type));
    printer.write(') -> ');
    const types = operation.results.map((value) => value.type);
    const bare = types.length === 1 && types[0]?.kind !== 'function';
    if (!bare) printer.write('(');
    printer.types(types);
    if (!bare) printer.write(')');
    printer.write(' ');
    if (before) printer.region(before, { entryArguments: false });
    printer.write(' do ');
    if (after) printer.region(after);
    printer.attributeDictionary(operation, [], { keyword: true });
  },
  parse(parser) {
    const names: UnresolvedOperand[] = [];
    const initial: UnresolvedOperand[] = [];
    if (parser.accept('(')) {
      while (!parser.at(')')) {
        if (names.length > 0) parser.expect(',');
        names.push(parser.operand());
        parser.expect('=');
        initial.push(parser.operand());
      }
      parser.expect(')');
    }
    parser.expect(':');
    const { offset } = parser;
    parser.expect('(');
    const types: readonly Type[] = parser.at(')') ? [] : parser.types();
    parser.expect(')');
    parser.expect('->');
    const resultTypes = parser.resultTypes();
    if (types.length !== names.length)
      parser.fail(`expected as many input types as operands (expected ${names.length} got ${types.length})`, offset);
    const entry = names.map(({ name, offset }, at): ParsedArgument => ({ name, type: types[at] as Type, offset }));
    const before = parser.region(entry);
    parser.expect('do');
    const after = parser.region();
    const attributes = parser.attributeDictionary({ keyword: true });
    return {
      operands: initial.map((operand, at) => parser.resolve(operand, types[at] as Type)),
      resultTypes,
      regions: [before, after],
      attributes,
    };
  },
};

/** Runs its first region, and while that says so its second, carrying values from one to the other. */
export const whileOp = op('scf.while', {
  summary: 'a loop that goes on while its first region says so',
  operands: { inits: variadic(anyType) },
  results: { results: variadic(anyType) },
  regions: {
    before: region('takes what is carried and ends with scf.condition'),
    after: region('takes what the condition passes on and yields what is carried to the next turn'),
  },
  traits: ['single-block', 'recursive-effects'],
  interfaces: whileFlow,
  assembly,
  verifyOperation: (operation, { inits, results, before, after }) => {
    const empty = emptyError(operation, 0, 'before') ?? emptyError(operation, 1, 'after');
    if (empty !== undefined) return empty;
    if (before.entry?.last?.name !== 'scf.condition')
      return `expects the 'before' region to terminate with 'scf.condition'`;
    if (after.entry?.last?.name !== 'scf.yield') return `expects the 'after' region to terminate with 'scf.yield'`;
    const passed = before.entry.last.operands.slice(1);
    const taken = before.entry.arguments;
    return (
      edgeError('parent', 'Region #0', inits, taken) ??
      edgeError('Operation scf.condition', 'Region #1', passed, after.entry.arguments) ??
      edgeError('Operation scf.condition', 'parent', passed, results) ??
      edgeError('Operation scf.yield', 'Region #0', after.entry.last.operands, taken)
    );
  },
});

/** Says whether a loop goes on, and with which values. */
export const condition = op('scf.condition', {
  summary: 'says whether a loop goes on, and with which values',
  operands: { condition: typed(i1), args: variadic(anyType) },
  traits: ['pure', 'terminator', 'return-like'],
  interfaces: [implement(firstPassed, 1)],
  assembly: '`(` $condition `)` attr-dict ($args^ `:` type($args))?',
  parents: ['scf.while'],
});
