/** Moving the contents of memory. */
import {
  anyType,
  type AssemblyHooks,
  effectsOn,
  implement,
  index,
  memoryEffects,
  op,
  type Operation,
  type Value,
  variadic,
} from '../../ir/index.ts';
import { anyMemRef, type AnyMemRef, indexValue, memrefTypeOf, rankedMemRef } from './constraint.ts';

/** Copies every element. */
export const copy = op('memref.copy', {
  summary: 'copies every element',
  operands: { source: anyMemRef, target: anyMemRef },
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'read', operand: 0 }, { kind: 'write', operand: 1 }))],
  assembly: '$source `,` $target attr-dict `:` type($source) `to` type($target)',
  verifySignature: (_, { source, target }) => {
    const [from, to] = [source.type as AnyMemRef, target.type as AnyMemRef];
    if (from.element !== to.element) return 'requires the same element type for all operands';
    if (from.kind !== 'memref' || to.kind !== 'memref') return undefined;
    const fits =
      from.shape.length === to.shape.length &&
      from.shape.every((extent, at) => extent === to.shape[at] || extent < 0 || (to.shape[at] as number) < 0);
    return fits ? undefined : 'requires the same shape for all operands';
  },
});

/** The parts of a DMA in the flat list of its operands. */
interface Transfer {
  readonly source: Value;
  readonly sourceIndices: readonly Value[];
  readonly target: Value;
  readonly targetIndices: readonly Value[];
  readonly count: Value;
  readonly tag: Value;
  readonly tagIndices: readonly Value[];
  /** Nothing, or the stride and how many elements lie before each. */
  readonly stride: readonly Value[];
}

const rankOf = (value: Value | undefined): number | undefined =>
  value?.type.kind === 'memref' ? value.type.shape.length : undefined;

/** The parts of a DMA, or why the operands are none. */
function transferOf({ operands }: Operation): Transfer | string {
  const { length } = operands;
  if (length < 4) return `expected at least 4 operands, found ${length}`;
  let at = 0;
  let least = 4;
  const parts: { memref: Value; indices: readonly Value[] }[] = [];
  let count: Value | undefined;
  for (const what of ['source', 'destination', 'tag']) {
    const memref = operands[at] as Value;
    const rank = rankOf(memref);
    if (rank === undefined) return `expected ${what} to be of memref type, found '${memref.type.text}'`;
    least += rank;
    if (length < least) return `expected at least ${least} operands, found ${length}`;
    const indices = operands.slice(at + 1, at + 1 + rank);
    if (indices.some(({ type }) => type !== index)) return `expected ${what} indices to be of index type`;
    parts.push({ memref, indices });
    at += 1 + rank;
    if (what !== 'destination') continue;
    count = operands[at++];
    if (count?.type !== index) return 'expected num elements to be of index type';
  }
  const stride = operands.slice(at);
  if (stride.length !== 0 && stride.length !== 2) return `incorrect number of operands: ${stride.length} after the tag`;
  if (stride.some(({ type }) => type !== index))
    return 'expected stride and num elements per stride to be of type index';
  const [source, target, tag] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]];
  return {
    source: source.memref,
    sourceIndices: source.indices,
    target: target.memref,
    targetIndices: target.indices,
    count: count as Value,
    tag: tag.memref,
    tagIndices: tag.indices,
    stride,
  };
}

/** `%source[%i], %target[%j], %count, %tag[%k], %stride, %each : type, type, type`. */
const dmaStartAssembly: AssemblyHooks = {
  // Upstream reads no attributes in this form.
  covers: ({ attributes }) => attributes.length === 0,
  print(operation, printer) {
    const parts = transferOf(operation);
    if (typeof parts === 'string') throw new Error(`'${operation.name}' op ${parts}`);
    const place = (memref: Value, indices: readonly Value[]): void => {
      printer.value(memref);
      printer.write('[');
      printer.values(indices);
      printer.write(']');
    };
    printer.write(' ');
    place(parts.source, parts.sourceIndices);
    printer.write(', ');
    place(parts.target, parts.targetIndices);
    printer.write(', ');
    printer.value(parts.count);
    printer.write(', ');
    place(parts.tag, parts.tagIndices);
    for (const value of parts.stride) {
      printer.write(', ');
      printer.value(value);
    }
    printer.attributeDictionary(operation, []);
    printer.write(' : ');
    printer.types([parts.source, parts.target, parts.tag].map((value) => value.type));
  },
  parse(parser) {
    const { offset } = parser;
    const place = () => {
      const memref = parser.operand();
      parser.expect('[');
      const indices = parser.operands();
      parser.expect(']');
      return { memref, indices };
    };
    const source = place();
    parser.expect(',');
    const target = place();
    parser.expect(',');
    const count = parser.operand();
    parser.expect(',');
    const tag = place();
    const stride = parser.accept(',') ? parser.operands() : [];
    if (stride.length !== 0 && stride.length !== 2) parser.fail('expected two stride related operands', offset);
    const attributes = parser.attributeDictionary();
    parser.expect(':');
    const types = parser.types();
    const [sourceType, targetType, tagType] = types;
    if (types.length !== 3 || !sourceType || !targetType || !tagType)
      return parser.fail(`found ${types.length} types, expected those of source, destination and tag`, offset);
    const indices = (list: typeof stride): readonly Value[] => list.map((one) => parser.resolve(one, index));
    return {
      operands: [
        parser.resolve(source.memref, sourceType),
        ...indices(source.indices),
        parser.resolve(target.memref, targetType),
        ...indices(target.indices),
        parser.resolve(count, index),
        parser.resolve(tag.memref, tagType),
        ...indices([...tag.indices, ...stride]),
      ],
      attributes,
    };
  },
};

/** Begins to copy elements; the tag tells when it is done. */
export const dmaStart = op('memref.dma_start', {
  summary: 'begins to copy elements; a tag tells when it is done',
  operands: { operands: variadic(anyType) },
  assembly: dmaStartAssembly,
  verifySignature: (operation) => {
    const parts = transferOf(operation);
    return typeof parts === 'string' ? parts : undefined;
  },
});

/** Waits until the copy of a tag is done. */
export const dmaWait = op('memref.dma_wait', {
  summary: 'waits until the copy of a tag is done',
  operands: { tagMemRef: rankedMemRef, tagIndices: variadic(indexValue), numElements: indexValue },
  assembly: '$tagMemRef `[` $tagIndices `]` `,` $numElements attr-dict `:` type($tagMemRef)',
  verifySignature: (_, { tagMemRef, tagIndices }) => {
    const { length } = memrefTypeOf(tagMemRef).shape;
    return tagIndices.length === length
      ? undefined
      : 'expected tagIndices to have the same number of elements as the tagMemRef rank, ' +
          `expected ${length}, but got ${tagIndices.length}`;
  },
});
