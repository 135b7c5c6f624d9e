/** Control flow between blocks. Spelled as upstream MLIR spells it. */
import {
  anyType,
  type AssemblyHooks,
  attr,
  branch,
  denseArrayAttribute,
  dialect,
  effectsOn,
  i1,
  i32,
  implement,
  memoryEffects,
  type NamedAttribute,
  op,
  operandSegments,
  optionalAttribute,
  signedInteger,
  storedSegments,
  storeOperandSegments,
  typed,
  variadic,
} from '../../ir/index.ts';
import { branchError, groupedBranch, readSuccessor, writeSuccessor } from './branch.ts';
import { switchOp } from './switch.ts';

export { switchCases } from './switch.ts';

/** Goes to a block. */
const br = op('cf.br', {
  summary: 'goes to a block',
  operands: { destOperands: variadic(anyType) },
  successors: ['dest'],
  traits: ['pure', 'terminator'],
  interfaces: [
    implement(
      branch,
      groupedBranch(
        0,
        ({ operandCount }) => [operandCount],
        () => undefined,
        () => 0,
      ),
    ),
  ],
  assembly: {
    print(operation, printer) {
      printer.write(' ');
      const [dest] = operation.successors;
      if (dest) writeSuccessor(printer, dest, operation.operands);
      printer.attributeDictionary(operation, []);
    },
    parse(parser) {
      const { block, values } = readSuccessor(parser);
      return { operands: values, successors: [block], attributes: parser.attributeDictionary() };
    },
  },
  verifyOperation: (operation, { destOperands }) => branchError(operation, [destOperands]),
});

const condBrAssembly: AssemblyHooks = {
  print(operation, printer) {
    const { condition, trueDestOperands, falseDestOperands } = condBr.view(operation);
    printer.write(' ');
    printer.value(condition);
    const weights = operation.attribute('branch_weights');
    if (weights?.kind === 'dense-array') printer.write(` weights([${weights.values.join(', ')}])`);
    for (const [at, values] of [trueDestOperands, falseDestOperands].entries()) {
      printer.write(', ');
      const block = operation.successors[at];
      if (block) writeSuccessor(printer, block, values);
    }
    printer.attributeDictionary(operation, ['branch_weights']);
  },
  parse(parser) {
    const condition = parser.operand();
    const weights: bigint[] = [];
    const weighted = parser.accept('weights');
    if (weighted) {
      parser.expect('(');
      parser.expect('[');
      while (!parser.at(']')) {
        if (weights.length > 0) parser.expect(',');
        const { offset } = parser;
        const weight = parser.integer();
        if (BigInt.asIntN(32, weight) !== weight) parser.fail(`custom op 'cf.cond_br' integer value too large`, offset);
        weights.push(weight);
      }
      parser.expect(']');
      parser.expect(')');
    }
    parser.expect(',');
    const whenTrue = readSuccessor(parser);
    parser.expect(',');
    const whenFalse = readSuccessor(parser);
    const sizes = [1, whenTrue.values.length, whenFalse.values.length];
    const attributes: NamedAttribute[] = [
      { name: 'operandSegmentSizes', value: denseArrayAttribute(sizes, i32), property: true },
      ...parser.attributeDictionary(),
    ];
    if (weighted) attributes.push({ name: 'branch_weights', value: denseArrayAttribute(weights, i32), property: true });
    return {
      operands: [parser.resolve(condition, i1), ...whenTrue.values, ...whenFalse.values],
      successors: [whenTrue.block, whenFalse.block],
      attributes,
    };
  },
};

/** Goes to one of two blocks. */
const condBr = op('cf.cond_br', {
  summary: 'goes to one of two blocks',
  operands: { condition: typed(i1), trueDestOperands: variadic(anyType), falseDestOperands: variadic(anyType) },
  attributes: { branch_weights: optionalAttribute(attr.any()) },
  successors: ['trueDest', 'falseDest'],
  traits: ['pure', 'terminator'],
  interfaces: [
    implement(
      branch,
      groupedBranch(
        1,
        (operation) => (storedSegments(operation, operandSegments) ?? []).slice(1),
        (operation, sizes) => storeOperandSegments(operation, [1, ...sizes]),
        (_, [condition]) => {
          const value = signedInteger(condition);
          return value === undefined ? undefined : value === 0n ? 1 : 0;
        },
      ),
    ),
  ],
  assembly: condBrAssembly,
  verifyOperation: (operation, { trueDestOperands, falseDestOperands }) => {
    const weights = operation.attribute('branch_weights');
    if (weights !== undefined && (weights.kind !== 'dense-array' || weights.values.length !== 2))
      return `expects number of branch weights to match number of successors: ${
        weights.kind === 'dense-array' ? weights.values.length : weights.text
      } vs 2`;
    if (weights?.kind === 'dense-array' && weights.values.every((weight) => BigInt(weight) === 0n))
      return 'branch weights cannot all be zero';
    return branchError(operation, [trueDestOperands, falseDestOperands]);
  },
});

/** Ends the program with a message when the condition is false. */
const assertOp = op('cf.assert', {
  summary: 'ends the program with a message when a condition is false',
  operands: { arg: typed(i1) },
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'write' }))],
  attributes: { msg: attr.text({}) },
  assembly: '$arg `,` $msg attr-dict',
});

/** The operations of control flow between blocks. */
export const cf = dialect('cf', { br, condBr, switch: switchOp, assert: assertOp });
