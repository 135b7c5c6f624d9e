/** Elements that are read and written in one step that nothing else comes between. */
import {
  anyType,
  type AssemblyHooks,
  effectsOn,
  implement,
  index,
  memoryEffects,
  op,
  type Operation,
  region,
  sameType,
  type Value,
  variadic,
} from '../../ir/index.ts';
import { holds } from './access.ts';
import { type AtomicKind, atomicKind, atomicKinds } from './attribute.ts';
import { elementValue, indexValue, isNumber, memrefOfNumbers, memrefTypeOf, rankedMemRef } from './constraint.ts';
import { genericAtomicAssembly } from './region-form.ts';

/** `kind %value, %memref[%i] : (type, type) -> type`. */
const atomicAssembly: AssemblyHooks = {
  print(operation, printer) {
    const [value, memref, ...indices] = operation.operands as [Value, Value, ...Value[]];
    const kind = operation.attribute('kind');
    printer.write(` ${atomicKinds[kind?.kind === 'integer' ? Number(kind.value) : -1]} `);
    printer.values([value, memref]);
    printer.write('[');
    printer.values(indices);
    printer.write(']');
    printer.attributeDictionary(operation, ['kind']);
    printer.write(' : (');
    printer.types([value.type, memref.type]);
    printer.write(') -> ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const { offset } = parser;
    const word = parser.atString() ? parser.string() : parser.keyword();
    if (!(atomicKinds as readonly string[]).includes(word))
      parser.fail(`'${word}' is no 'kind' of an atomic operation, expected one of ${atomicKinds.join(', ')}`, offset);
    const value = parser.operand();
    parser.expect(',');
    const memref = parser.operand();
    parser.expect('[');
    const indices = parser.operands();
    parser.expect(']');
    const rest = parser.attributeDictionary();
    parser.expect(':');
    parser.expect('(');
    const valueType = parser.type();
    parser.expect(',');
    const memrefType = parser.type();
    parser.expect(')');
    parser.expect('->');
    return {
      operands: [
        parser.resolve(value, valueType),
        parser.resolve(memref, memrefType),
        ...indices.map((one) => parser.resolve(one, index)),
      ],
      resultTypes: [parser.type()],
      attributes: [{ name: 'kind', value: atomicKind.write(word as AtomicKind), property: true }, ...rest],
    };
  },
};

/** Kinds that ask for a type; the others take any number. */
const floatKinds: ReadonlySet<AtomicKind> = new Set(['addf', 'maximumf', 'minimumf', 'mulf']);
const integerKinds: ReadonlySet<AtomicKind> = new Set([
  'addi',
  'maxs',
  'maxu',
  'mins',
  'minu',
  'muli',
  'ori',
  'andi',
  'xori',
]);
const number = sameType('value', 'a signless integer or a floating-point number', isNumber);

/** Changes one element and gives what it was before. */
export const atomicRmw = op('memref.atomic_rmw', {
  summary: 'changes one element in one step and gives what it was',
  operands: { value: number, memref: rankedMemRef, indices: variadic(indexValue) },
  attributes: { kind: atomicKind },
  results: { result: number },
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'read', operand: 1 }, { kind: 'write', operand: 1 }))],
  assembly: atomicAssembly,
  verifySignature: (_, { value, memref, indices, kind }) => {
    if (!holds(memref, value)) return 'failed to verify that value type matches element type of memref';
    const { length } = memrefTypeOf(memref).shape;
    if (indices.length !== length)
      return `expects the number of subscripts to be equal to memref rank: has ${indices.length}, expected ${length}`;
    if (floatKinds.has(kind) && value.type.kind !== 'float') return `with kind '${kind}' expects a floating-point type`;
    if (integerKinds.has(kind) && value.type.kind !== 'integer') return `with kind '${kind}' expects an integer type`;
    return undefined;
  },
});

/** An operation inside `outer` that does more than to compute. */
function effectInside(outer: Operation): Operation | undefined {
  let found: Operation | undefined;
  outer.walk((operation) => {
    const silent = operation === outer || operation.definition === undefined || operation.hasTrait('pure');
    if (!silent && !operation.hasRegions) found ??= operation;
  });
  return found;
}

/** Changes one element by what a region makes of it; gives the new value. */
export const genericAtomicRmw = op('memref.generic_atomic_rmw', {
  summary: 'changes one element in one step by what a region makes of it',
  operands: { memref: memrefOfNumbers, indices: variadic(indexValue) },
  results: { result: elementValue },
  regions: { atomic_body: region('from the old value, its argument, to the new one') },
  traits: ['single-block', 'recursive-effects'],
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'read', operand: 0 }, { kind: 'write', operand: 0 }))],
  assembly: genericAtomicAssembly,
  verifySignature: (_, { memref, result }) =>
    holds(memref, result) ? undefined : 'failed to verify that result type matches element type of memref',
  verifyOperation: (operation, { atomic_body, result }) => {
    const values = atomic_body.entry?.arguments ?? [];
    if (values.length !== 1) return `expected single number of entry block arguments, found ${values.length}`;
    if (values[0]?.type !== result.type) return 'expected block argument of the same type result type';
    const effect = effectInside(operation);
    return effect && `body should contain only operations with no side effects, found '${effect.name}'`;
  },
});

/** Ends the region of a generic atomic operation with the new value. */
export const atomicYield = op('memref.atomic_yield', {
  summary: 'ends the region of a generic atomic operation with the new value',
  operands: { result: anyType },
  traits: ['pure', 'terminator', 'return-like'],
  assembly: '$result attr-dict `:` type($result)',
  parents: ['memref.generic_atomic_rmw'],
  verifyOperation: (operation, { result }) => {
    const parent = operation.parentOperation;
    if (parent?.resultCount !== 1) return undefined;
    const { type } = parent.result();
    return result.type === type
      ? undefined
      : `types mismatch between yield op: '${result.type.text}' and its parent: '${type.text}'`;
  },
});
