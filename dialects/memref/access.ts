/** Single elements of a memref: reading, writing, and telling that one will be needed. */
import {
  type AssemblyHooks,
  boolAttribute,
  effectsOn,
  i32,
  implement,
  index,
  integerAttribute,
  isShaped,
  memoryEffects,
  op,
  type Operation,
  optionalAttribute,
  type Value,
  variadic,
} from '../../ir/index.ts';
import { alignment, flag, integer32 } from './attribute.ts';
import { elementValue, indexValue, memrefTypeOf, rankedMemRef } from './constraint.ts';

/** Whether what a memref holds has the type of `value`. */
export const holds = (memref: Value, value: Value): boolean => memrefTypeOf(memref).element === value.type;

/** Reads one element. */
export const load = op('memref.load', {
  summary: 'reads one element',
  operands: { memref: rankedMemRef, indices: variadic(indexValue) },
  attributes: { nontemporal: optionalAttribute(flag), alignment },
  results: { result: elementValue },
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'read', operand: 0 }))],
  assembly: '$memref `[` $indices `]` attr-dict `:` type($memref)',
  verifySignature: (_, { memref, indices, result }) => {
    if (!holds(memref, result)) return `failed to verify that result type matches element type of 'memref'`;
    const { length } = memrefTypeOf(memref).shape;
    return indices.length === length
      ? undefined
      : `incorrect number of indices for load, expected ${length} but got ${indices.length}`;
  },
});

/** Writes one element. */
export const store = op('memref.store', {
  summary: 'writes one element',
  operands: { value: elementValue, memref: rankedMemRef, indices: variadic(indexValue) },
  attributes: { nontemporal: optionalAttribute(flag), alignment },
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'write', operand: 1 }))],
  assembly: '$value `,` $memref `[` $indices `]` attr-dict `:` type($memref)',
  verifySignature: (_, { value, memref, indices }) => {
    if (!holds(memref, value)) return `failed to verify that type of 'value' matches element type of 'memref'`;
    const { length } = memrefTypeOf(memref).shape;
    return indices.length === length
      ? undefined
      : `store index operand count not equal to memref rank: has ${indices.length}, expected ${length}`;
  },
});

const isTrue = (operation: Operation, name: string): boolean => operation.attribute(name)?.text === 'true';

/** `%memref[%i], read, locality<3>, data : type`. */
const prefetchAssembly: AssemblyHooks = {
  // Upstream reads no attributes of the user in this form.
  covers: ({ attributes }) => attributes.every(({ property }) => property),
  print(operation, printer) {
    const [memref, ...indices] = operation.operands as [Value, ...Value[]];
    printer.write(' ');
    printer.value(memref);
    printer.write('[');
    printer.values(indices);
    const hint = operation.attribute('localityHint');
    printer.write(
      `], ${isTrue(operation, 'isWrite') ? 'write' : 'read'}` +
        `, locality<${hint?.kind === 'integer' ? hint.value : 0}>` +
        `, ${isTrue(operation, 'isDataCache') ? 'data' : 'instr'}`,
    );
    printer.attributeDictionary(operation, ['isWrite', 'isDataCache', 'localityHint']);
    printer.write(' : ');
    printer.type(memref.type);
  },
  parse(parser) {
    const memref = parser.operand();
    parser.expect('[');
    const indices = parser.operands();
    parser.expect(']');
    parser.expect(',');
    const isWrite = parser.accept('write');
    if (!isWrite && !parser.accept('read')) parser.fail(`rw specifier has to be 'read' or 'write'`);
    parser.expect(',');
    parser.expect('locality');
    parser.expect('<');
    const hint = parser.integer();
    parser.expect('>');
    parser.expect(',');
    const isData = parser.accept('data');
    if (!isData && !parser.accept('instr')) parser.fail(`cache type has to be 'data' or 'instr'`);
    const rest = parser.attributeDictionary();
    parser.expect(':');
    const type = parser.type();
    return {
      operands: [parser.resolve(memref, type), ...indices.map((one) => parser.resolve(one, index))],
      attributes: [
        { name: 'isDataCache', value: boolAttribute(isData), property: true },
        { name: 'isWrite', value: boolAttribute(isWrite), property: true },
        { name: 'localityHint', value: integerAttribute(hint, i32), property: true },
        ...rest,
      ],
    };
  },
};

/** Tells that an element will be read or written soon. */
export const prefetch = op('memref.prefetch', {
  summary: 'tells that an element will be read or written soon',
  operands: { memref: rankedMemRef, indices: variadic(indexValue) },
  attributes: {
    isWrite: flag,
    localityHint: integer32(0, 3),
    isDataCache: flag,
  },
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'read', operand: 0 }, { kind: 'write', operand: 0 }))],
  assembly: prefetchAssembly,
  verifySignature: (_, { memref, indices }) => {
    const { type } = memref;
    const rank = isShaped(type) ? type.shape.length : 0;
    return indices.length === rank ? undefined : `has ${indices.length} indices, expected ${rank}`;
  },
});
