/** Functions as values: taken by name, and called. */
import { anyType, attr, type AssemblyHooks, lookupSymbol, op, sameType, type Value, variadic } from '../../ir/index.ts';
import { attributesOfEach } from './argument-attributes.ts';
import { func } from './function.ts';
import { signatureOf } from './signature.ts';

/** A function as a value. */
export const constant = op('func.constant', {
  summary: 'a function as a value',
  attributes: { value: attr.symbol() },
  results: { result: anyType },
  traits: ['pure'],
  assembly: 'attr-dict $value `:` type($result)',
  verifyOperation: (operation, { value, result }) => {
    const target = lookupSymbol(operation, value);
    if (target?.name !== func.opName) return `reference to undefined function '${value}'`;
    return signatureOf(target) === result.type ? undefined : `reference to function with mismatched type`;
  },
});

const callAssembly: AssemblyHooks = {
  print(operation, printer) {
    const [callee, ...operands] = operation.operands as [Value, ...Value[]];
    printer.write(' ');
    printer.value(callee);
    printer.write('(');
    printer.values(operands);
    printer.write(')');
    printer.attributeDictionary(operation, []);
    printer.write(' : ');
    printer.type(callee.type);
  },
  parse(parser) {
    const callee = parser.operand();
    parser.expect('(');
    const operands = parser.operands();
    parser.expect(')');
    const attributes = parser.attributeDictionary();
    parser.expect(':');
    const { offset } = parser;
    const type = parser.type();
    if (type.kind !== 'function') return parser.fail(`the callee is a ${type.text}, expected a function type`, offset);
    if (type.inputs.length !== operands.length)
      parser.fail(`${operands.length} operands present, but expected ${type.inputs.length}`, offset);
    return {
      operands: [
        parser.resolve(callee, type),
        ...type.inputs.map((input, at) => parser.resolve(operands[at] as (typeof operands)[number], input)),
      ],
      resultTypes: type.results,
      attributes,
    };
  },
};

/** Calls a function that is a value. */
export const callIndirect = op('func.call_indirect', {
  summary: 'calls a function that is a value',
  operands: {
    callee: sameType('F', 'a function type', (type) => type.kind === 'function'),
    callee_operands: variadic(anyType),
  },
  attributes: { arg_attrs: attributesOfEach, res_attrs: attributesOfEach },
  results: { results: variadic(anyType) },
  assembly: callAssembly,
  verifySignature: (operation, { callee, callee_operands, results }) => {
    const { type } = callee;
    if (type.kind !== 'function') return undefined;
    const fits = (values: readonly Value[], types: readonly Value['type'][]): boolean =>
      values.length === types.length && values.every((value, at) => value.type === types[at]);
    return fits(callee_operands, type.inputs) && fits(results, type.results)
      ? undefined
      : `'${operation.name}' passes or takes other types than those of its callee, ${type.text}`;
  },
});
