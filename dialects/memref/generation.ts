/** How buffer operations are drawn: indices and parts that are inside, and memory that is there as long as it is used. */
import {
  affineMapAttribute,
  type DialectGeneration,
  denseAttribute,
  dynamic,
  type GenerationPlace,
  i32,
  i8,
  index,
  isConstantWhere,
  type MemRefType,
  memrefType,
  type Operation,
  type OperationGenerator,
  storedBytes,
  symbolName,
  tensorType,
  type Type,
  type Value,
} from '../../ir/index.ts';
import { sampleGroups, samplePart, samplePermutation, sampleSplit } from '../builtin/sample.ts';
import type { AtomicKind } from './attribute.ts';
import { isNumber, memrefTypeOf } from './constraint.ts';
import { memref } from './index.ts';
import { type Strides, stridesOf, withStrides } from './layout.ts';

const { ops } = memref;
/** Memory whose elements lie one after the other, all of them known. */
const isPlain = (type: Type): type is MemRefType =>
  type.kind === 'memref' &&
  type.layout === undefined &&
  type.space === undefined &&
  type.shape.every((extent) => extent > 0);
const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);

/** A type of memory whose extents are known. */
const newType = (place: GenerationPlace, least = 0, accepts: (element: Type) => boolean = () => true): MemRefType =>
  memrefType(place.shape(least, 3), place.element(accepts));
/** Memory of this type that was just allocated. */
const allocated = (place: GenerationPlace, type: MemRefType): Value =>
  place.build(() => ops.alloc({ dynamicSizes: [], symbolOperands: [], types: [type] })).memref;
/** Some memory of known extents: a known one, mostly, or one that is allocated here. */
function some(place: GenerationPlace, least = 0, accepts: (element: Type) => boolean = () => true): Value {
  const fits = ({ type }: Value): boolean => isPlain(type) && type.shape.length >= least && accepts(type.element);
  const known = place.known.filter(fits);
  if (known.length > 0 && place.int(0, 3) > 0) return place.of(known);
  const type = newType(place, least, accepts);
  return place.flag() ? allocated(place, type) : place.value(type);
}
const constants = (place: GenerationPlace, numbers: readonly number[]): readonly Value[] =>
  numbers.map((number) => place.constant(index, number));
/** Indices of one element. */
const element = (place: GenerationPlace, of: Value): readonly Value[] =>
  constants(
    place,
    memrefTypeOf(of).shape.map((extent) => place.int(0, extent - 1)),
  );

/** Memory that is allocated: some of the extents are operands. */
function allocation(place: GenerationPlace) {
  const type = newType(place);
  const open = type.shape.map(() => place.int(0, 2) === 2);
  const sizes = type.shape.filter((_, at) => open[at]);
  const shape = type.shape.map((extent, at) => (open[at] ? dynamic : extent));
  return { dynamicSizes: constants(place, sizes), symbolOperands: [], types: [memrefType(shape, type.element)] };
}

const floatKinds: readonly AtomicKind[] = ['assign', 'addf', 'mulf', 'maximumf', 'minimumf'];
const integerKinds: readonly AtomicKind[] = ['assign', 'addi', 'muli', 'maxs', 'maxu', 'mins', 'minu', 'ori', 'andi'];

const atomic: OperationGenerator = (place) => {
  const memory = some(place, 0, isNumber);
  const value = place.value(memrefTypeOf(memory).element);
  const kind = place.of(value.type.kind === 'float' ? floatKinds : integerKinds);
  const indices = element(place, memory);
  return place.build(() => ops.atomicRmw({ value, memref: memory, indices, kind, types: [value.type] }));
};

const genericAtomic: OperationGenerator = (place) => {
  const memory = some(place, 0, isNumber);
  const type = memrefTypeOf(memory).element;
  const indices = element(place, memory);
  const made = place.build(() => ops.genericAtomicRmw({ memref: memory, indices, types: [type] }));
  place.fill(
    made.atomic_body.addBlock([type]),
    () => {
      const result = place.value(type);
      place.build(() => ops.atomicYield({ result }));
    },
    { pure: true },
  );
  return made;
};

const scope: OperationGenerator = (place) => {
  const types = place.types(2);
  const made = place.build(() => ops.allocaScope({ types }));
  place.fill(made.bodyRegion.addBlock(), () => {
    const results = types.map((type) => place.value(type));
    place.build(() => ops.allocaScopeReturn({ results }));
  });
  return made;
};

/** Starts a transfer and waits for it. */
const transfer: OperationGenerator = (place) => {
  const source = some(place, 1);
  const target = allocated(place, memrefTypeOf(source));
  const tag = allocated(place, memrefType([1], i32));
  const [from, to] = [element(place, source), memrefTypeOf(target).shape.map(() => place.constant(index, 0))];
  const [count, at] = [place.constant(index, 1), place.constant(index, 0)];
  place.build(() => ops.dmaStart({ operands: [source, ...from, target, ...to, count, tag, at] }));
  return place.build(() => ops.dmaWait({ tagMemRef: tag, tagIndices: [at], numElements: count }));
};

const global: OperationGenerator = (place) => {
  const type = newType(place);
  const size = product(type.shape) * storedBytes(type.element);
  const initial = denseAttribute(tensorType(type.shape, type.element), new Uint8Array(size));
  const name = symbolName(
    place.atTop((sym_name) => ops.global({ sym_name, sym_visibility: 'private', type, initial_value: initial }))
      .operation,
  ) as string;
  return place.build(() => ops.getGlobal({ name, types: [type] }));
};

/** Elements of a shape read from memory that was just filled. */
const reshape: OperationGenerator = (place) => {
  const source = some(place);
  const count = product(memrefTypeOf(source).shape);
  const extents = place.of([[count], [1, count], memrefTypeOf(source).shape]);
  const shape = allocated(place, memrefType([extents.length], index));
  for (const [at, extent] of extents.entries()) {
    const [value, where] = constants(place, [extent, at]) as [Value, Value];
    place.build(() => ops.store({ value, memref: shape, indices: [where] }));
  }
  const type = memrefType(extents, memrefTypeOf(source).element);
  return place.build(() => ops.reshape({ source, shape, types: [type] }));
};

const subview: OperationGenerator = (place) => {
  const source = some(place, 1);
  const type = memrefTypeOf(source);
  const { offsets, sizes } = samplePart(type.shape, place);
  const { strides } = stridesOf(type) as Strides;
  const offset = offsets.reduce((sum, one, at) => sum + one * (strides[at] ?? 0), 0);
  return place.build(() =>
    ops.subview({
      source,
      ...{ offsets: [], sizes: [], strides: [] },
      static_offsets: offsets.map(BigInt),
      static_sizes: sizes.map(BigInt),
      static_strides: sizes.map(() => 1n),
      types: [withStrides(type, sizes, { strides, offset })],
    }),
  );
};

/** All elements in one dimension. */
const reinterpret: OperationGenerator = (place) => {
  const source = some(place);
  const type = memrefTypeOf(source);
  const count = product(type.shape);
  return place.build(() =>
    ops.reinterpretCast({
      source,
      ...{ offsets: [], sizes: [], strides: [] },
      static_offsets: [0n],
      static_sizes: [BigInt(count)],
      static_strides: [1n],
      types: [memrefType([count], type.element)],
    }),
  );
};

const transpose: OperationGenerator = (place) => {
  const source = some(place, 1);
  const type = memrefTypeOf(source);
  const order = samplePermutation(type.shape.length, place);
  const { strides, offset } = stridesOf(type) as Strides;
  const names = (list: readonly number[]): string => list.map((at) => `d${at}`).join(', ');
  const permutation = affineMapAttribute(`(${names(order.toSorted((a, b) => a - b))}) -> (${names(order)})`);
  const result = withStrides(
    type,
    order.map((at) => type.shape[at] as number),
    { strides: order.map((at) => strides[at]), offset },
  );
  return place.build(() => ops.transpose({ in: source, permutation, types: [result] }));
};

const view: OperationGenerator = (place) => {
  const type = newType(place, 0, isNumber);
  const bytes = product(type.shape) * storedBytes(type.element);
  const source = allocated(place, memrefType([bytes], i8));
  const byte_shift = place.constant(index, 0);
  return place.build(() => ops.view({ source, byte_shift, sizes: [], types: [type] }));
};

/** Frees memory that nothing else has seen. */
const free: OperationGenerator = (place) => {
  const memory = allocated(place, newType(place));
  place.forget(memory);
  return place.build(() => ops.dealloc({ memref: memory }));
};
const grow: OperationGenerator = (place) => {
  const type = newType(place, 1);
  const [extent = 1] = type.shape;
  const source = allocated(place, memrefType([extent], type.element));
  place.forget(source);
  return place.build(() => ops.realloc({ source, types: [memrefType([extent + place.int(0, 3)], type.element)] }));
};

/** Indices are constants inside of the memory before them. */
const indicesInside =
  (memoryAt: number) =>
  (operation: Operation): boolean => {
    const { shape } = memrefTypeOf(operation.operand(memoryAt));
    return operation.operands
      .slice(memoryAt + 1)
      .every((value, at) => isConstantWhere(value, (number) => number >= 0n && number < BigInt(shape[at] ?? 0)));
  };
const isConstantIn = (value: Value, least: number, most: number): boolean =>
  isConstantWhere(value, (number) => number >= BigInt(least) && number <= BigInt(most));
const ownsMemory = (operation: Operation): boolean => {
  const freed = operation.operand(0);
  return (freed.owner?.is(ops.alloc) ?? false) && freed.uses.length === 1;
};
const sizesAreConstant = (operation: Operation): boolean =>
  operation.operands.every((value) => isConstantIn(value, 0, 64));

/** The generation of buffers. */
export const memrefGeneration: DialectGeneration = {
  dialect: memref,
  generators: {
    'memref.alloc': (place) => {
      const args = allocation(place);
      return place.build(() => ops.alloc(args));
    },
    'memref.alloca': (place) => {
      const args = allocation(place);
      return place.build(() => ops.alloca(args));
    },
    'memref.alloca_scope': scope,
    'memref.assume_alignment': (place) => {
      const memory = some(place);
      return place.build(() => ops.assumeAlignment({ memref: memory, alignment: 1, types: [memory.type] }));
    },
    'memref.atomic_rmw': atomic,
    'memref.cast': (place) => {
      const source = some(place);
      const { shape, element: of } = memrefTypeOf(source);
      const types = [
        memrefType(
          shape.map((extent) => (place.flag() ? dynamic : extent)),
          of,
        ),
      ];
      return place.build(() => ops.cast({ source, types }));
    },
    'memref.collapse_shape': (place) => {
      const src = some(place, 1);
      const { shape, element: of } = memrefTypeOf(src);
      const reassociation = sampleGroups(shape.length, place);
      const extents = reassociation.map((group) => product(group.map((at) => shape[at] as number)));
      return place.build(() => ops.collapseShape({ src, reassociation, types: [memrefType(extents, of)] }));
    },
    'memref.copy': (place) => {
      const source = some(place);
      const target = place.flag() ? place.value(source.type) : allocated(place, memrefTypeOf(source));
      return place.build(() => ops.copy({ source, target }));
    },
    'memref.dealloc': free,
    'memref.dim': (place) => {
      const source = some(place, 1);
      const at = place.constant(index, place.int(0, memrefTypeOf(source).shape.length - 1));
      return place.build(() => ops.dim({ source, index: at }));
    },
    'memref.distinct_objects': (place) => {
      const operands = Array.from({ length: place.int(1, 2) }, () => allocated(place, newType(place)));
      for (const one of operands) place.forget(one);
      return place.build(() => ops.distinctObjects({ operands }));
    },
    'memref.dma_wait': transfer,
    'memref.expand_shape': (place) => {
      const src = some(place, 1);
      const { shape, element: of } = memrefTypeOf(src);
      const { extents, groups } = sampleSplit(shape, place);
      const args = { src, output_shape: [], reassociation: groups, static_output_shape: extents.map(BigInt) };
      return place.build(() => ops.expandShape({ ...args, types: [memrefType(extents, of)] }));
    },
    'memref.generic_atomic_rmw': genericAtomic,
    'memref.get_global': global,
    'memref.load': (place) => {
      const memory = some(place);
      const indices = element(place, memory);
      return place.build(() => ops.load({ memref: memory, indices }));
    },
    'memref.prefetch': (place) => {
      const memory = some(place);
      const indices = element(place, memory);
      const [isWrite, isDataCache, localityHint] = [place.flag(), place.flag(), place.int(0, 3)];
      return place.build(() => ops.prefetch({ memref: memory, indices, isWrite, isDataCache, localityHint }));
    },
    'memref.realloc': grow,
    'memref.reinterpret_cast': reinterpret,
    'memref.reshape': reshape,
    'memref.store': (place) => {
      const memory = some(place);
      const value = place.value(memrefTypeOf(memory).element);
      const indices = element(place, memory);
      return place.build(() => ops.store({ value, memref: memory, indices }));
    },
    'memref.subview': subview,
    'memref.transpose': transpose,
    'memref.view': view,
  },
  comesWith: { 'memref.dma_start': ['memref.dma_wait'], 'memref.global': ['memref.get_global'] },
  defined: {
    'memref.alloc': sizesAreConstant,
    'memref.alloca': sizesAreConstant,
    'memref.assume_alignment': (operation) => memref.ops.assumeAlignment.view(operation).alignment === 1,
    'memref.atomic_rmw': indicesInside(1),
    'memref.generic_atomic_rmw': indicesInside(0),
    'memref.dealloc': ownsMemory,
    'memref.realloc': ownsMemory,
    'memref.distinct_objects': (operation) =>
      operation.operands.every((value) => (value.owner?.is(ops.alloc) ?? false) && value.uses.length === 1),
    'memref.dim': (operation) => {
      const { type } = operation.operand(0);
      return isConstantIn(operation.operand(1), 0, type.kind === 'memref' ? type.shape.length - 1 : -1);
    },
    'memref.load': indicesInside(0),
    'memref.prefetch': indicesInside(0),
    'memref.store': indicesInside(1),
    'memref.view': (operation) => isConstantIn(operation.operand(1), 0, 0),
  },
};
