/** How tensor operations are drawn: shapes that fit, indices and slices that are inside. */
import {
  bitWidth,
  type DialectGeneration,
  dynamic,
  elementCount,
  type GenerationPlace,
  index,
  isConstantWhere,
  isTensorElement,
  type Operation,
  type OperationGenerator,
  type OpView,
  type Region,
  type TensorType,
  tensorType,
  type Type,
  type Value,
} from '../../ir/index.ts';
import { dynamicIndex } from '../builtin/index-list.ts';
import { sampleGroups, samplePart, sampleSplit } from '../builtin/sample.ts';
import { rankedType } from './constraint.ts';
import { tensor } from './index.ts';

const { ops } = tensor;
const isStatic = (type: Type): type is TensorType =>
  type.kind === 'tensor' && type.shape.every((extent) => extent > 0) && type.encoding === undefined;
const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);

/** A type of a tensor whose extents are known. */
const newType = (place: GenerationPlace, least = 0): TensorType =>
  tensorType(place.shape(least, 3), place.element(isTensorElement));
/** A tensor whose extents are known, of at least so many dimensions. */
const some = (place: GenerationPlace, least = 0, accepts: (type: TensorType) => boolean = () => true): Value =>
  place.valueWhere(
    (type) => isStatic(type) && type.shape.length >= least && accepts(type),
    [newType(place, least), newType(place, least), newType(place, least)],
  );
const constants = (place: GenerationPlace, numbers: readonly number[]): readonly Value[] =>
  numbers.map((number) => place.constant(index, number));
/** Indices of one element. */
const element = (place: GenerationPlace, { shape }: TensorType): readonly Value[] =>
  constants(
    place,
    shape.map((extent) => place.int(0, extent - 1)),
  );

/** A block that is given the place of an element and yields it. */
const fillElements = (place: GenerationPlace, region: Region, type: TensorType): void =>
  place.fill(
    region.addBlock(type.shape.map(() => index)),
    () => {
      const value = place.value(type.element);
      place.build(() => ops.yield({ value }));
    },
    { most: 2 },
  );

/** A type with some extents forgotten, and the numbers of those. */
function forgetful(
  place: GenerationPlace,
  type: TensorType,
): { readonly type: TensorType; readonly sizes: readonly Value[] } {
  const open = type.shape.map(() => place.int(0, 2) === 2);
  const shape = type.shape.map((extent, at) => (open[at] ? dynamic : extent));
  return {
    type: tensorType(shape, type.element),
    sizes: constants(
      place,
      type.shape.filter((_, at) => open[at]),
    ),
  };
}

/** A slice inside a shape; one offset may be an operand. */
function slice(place: GenerationPlace, shape: readonly number[]) {
  const { offsets, sizes } = samplePart(shape, place);
  const open = shape.length > 0 && place.int(0, 3) === 3 ? place.int(0, shape.length - 1) : -1;
  return {
    sizesOfPart: sizes,
    args: {
      offsets: open < 0 ? [] : constants(place, [offsets[open] as number]),
      sizes: [],
      strides: [],
      static_offsets: offsets.map((offset, at) => (at === open ? dynamicIndex : BigInt(offset))),
      static_sizes: sizes.map(BigInt),
      static_strides: sizes.map(() => 1n),
    },
  };
}

const bitcast: OperationGenerator = (place) => {
  const source = some(place, 0, ({ element: of }) => of.kind === 'integer' || of.kind === 'float');
  const { shape, element: from } = rankedType(source);
  const to = place.element((type) => type.kind !== 'index' && bitWidth(type) === bitWidth(from));
  return place.build(() => ops.bitcast({ source, types: [tensorType(shape, to)] }));
};

const concat: OperationGenerator = (place) => {
  const first = some(place, 1);
  const type = rankedType(first);
  const inputs = [first, ...Array.from({ length: place.int(0, 2) }, () => place.value(type))];
  const dim = place.int(0, type.shape.length - 1);
  const shape = type.shape.with(dim, (type.shape[dim] as number) * inputs.length);
  return place.build(() => ops.concat({ inputs, dim, types: [tensorType(shape, type.element)] }));
};

/** Coordinates of slices: the same one in every place, so that it is a constant. */
function coordinates(place: GenerationPlace, { shape }: TensorType, count: number) {
  const dims = shape.map((_, at) => at).filter((at) => at === 0 || place.flag());
  const least = Math.min(...dims.map((at) => shape[at] as number));
  const indices = place.constant(tensorType([count, dims.length], index), place.int(0, least - 1));
  const rest = shape.map((extent, at) => (dims.includes(at) ? 1 : extent));
  return { indices, dims: dims.map(BigInt), shape: [count, ...rest] };
}

const gather: OperationGenerator = (place) => {
  const source = some(place, 1);
  const { indices, dims, shape } = coordinates(place, rankedType(source), place.int(1, 3));
  const type = tensorType(shape, rankedType(source).element);
  return place.build(() => ops.gather({ source, indices, gather_dims: dims, types: [type] }));
};
const scatter: OperationGenerator = (place) => {
  const dest = some(place, 1);
  const { indices, dims, shape } = coordinates(place, rankedType(dest), 1);
  const source = place.value(tensorType(shape, rankedType(dest).element));
  return place.build(() =>
    ops.scatter({ source, dest, indices, scatter_dims: dims, unique: true, types: [dest.type] }),
  );
};

const pad: OperationGenerator = (place) => {
  const source = some(place);
  const { shape, element: of } = rankedType(source);
  const [low, high] = [shape.map(() => place.int(0, 2)), shape.map(() => place.int(0, 2))];
  const type = tensorType(
    shape.map((extent, at) => extent + (low[at] as number) + (high[at] as number)),
    of,
  );
  const made = place.build(() =>
    ops.pad({ source, low: [], high: [], static_low: low.map(BigInt), static_high: high.map(BigInt), types: [type] }),
  );
  fillElements(place, made.region, type);
  return made;
};

/** Into an output of the loop around, a part that is known outside: all turns write the same. */
const parallelInsertSlice: OperationGenerator = (place) => {
  const loop = place.block.parentOperation?.parentOperation;
  const inside = loop?.region(0).entry?.arguments ?? [];
  const outputs = inside.filter(({ type }) => isStatic(type));
  const pairs = outputs.flatMap((dest) =>
    place.known.flatMap((source) =>
      source.owner?.parent !== loop?.region(0).entry &&
      !inside.includes(source) &&
      isStatic(source.type) &&
      source.type.element === rankedType(dest).element &&
      source.type.shape.length === rankedType(dest).shape.length &&
      source.type.shape.every((extent, at) => extent <= (rankedType(dest).shape[at] as number))
        ? [{ dest, source }]
        : [],
    ),
  );
  if (pairs.length === 0) return undefined;
  const { dest, source } = place.of(pairs);
  const { shape } = rankedType(source);
  return place.build(() =>
    ops.parallelInsertSlice({
      source,
      dest,
      offsets: [],
      sizes: [],
      strides: [],
      static_offsets: shape.map(() => 0n),
      static_sizes: shape.map(BigInt),
      static_strides: shape.map(() => 1n),
    }),
  );
};

const reshape: OperationGenerator = (place) => {
  const source = some(place);
  const type = rankedType(source);
  const count = product(type.shape);
  const extents = place.of([[count], [1, count], [count, 1], type.shape]);
  const elements = constants(place, extents);
  const shape = place.build(() => ops.fromElements({ elements, types: [tensorType([extents.length], index)] })).result;
  return place.build(() => ops.reshape({ source, shape, types: [tensorType(extents, type.element)] }));
};

const fromElements = (place: GenerationPlace): OpView => {
  const type = tensorType(
    place.shape(0, 2).map((extent) => Math.min(extent, 3)),
    place.element(isTensorElement),
  );
  const elements = Array.from({ length: elementCount(type.shape) ?? 0 }, () => place.value(type.element));
  return place.build(() => ops.fromElements({ elements, types: [type] }));
};

/** Indices from operand `first` on are constants inside the tensor before them. */
const indicesInside =
  (tensorAt: number) =>
  (operation: Operation): boolean => {
    const { shape } = rankedType(operation.operand(tensorAt));
    return operation.operands
      .slice(tensorAt + 1)
      .every((value, at) =>
        isConstantWhere(value, (number) => number >= 0n && (shape[at] === dynamic || number < BigInt(shape[at] ?? 0))),
      );
  };
const coordinatesAreKnown =
  (at: number) =>
  (operation: Operation): boolean =>
    isConstantWhere(operation.operand(at), (number) => number >= 0n);
const forgetsOnly = (operation: Operation): boolean => {
  const [from, to] = [operation.operand(0).type, operation.result().type];
  return (
    from.kind === 'tensor' &&
    (to.kind !== 'tensor' || to.shape.every((extent, at) => extent === dynamic || extent === from.shape[at]))
  );
};
/** A slice whose lists are numbers, or constants that leave it inside. */
const sliceInside =
  (wholeAt: number) =>
  (operation: Operation): boolean => {
    const { shape } = rankedType(operation.operand(wholeAt));
    const statics = (name: string): readonly bigint[] => {
      const list = operation.attribute(name);
      return list?.kind === 'dense-array' ? list.values.map(BigInt) : [];
    };
    const [offsets, sizes] = [statics('static_offsets'), statics('static_sizes')];
    const open = offsets.indexOf(dynamicIndex);
    const given = operation.operands.slice(wholeAt + 1);
    if (given.length === 0) return !shape.includes(dynamic);
    const room = BigInt(shape[open] ?? 0) - (sizes[open] ?? 0n);
    return given.length === 1 && open >= 0 && isConstantWhere(given[0] as Value, (at) => at >= 0n && at <= room);
  };
const sizesAreConstant =
  (first: number) =>
  (operation: Operation): boolean =>
    operation.operands.slice(first).every((value) => isConstantWhere(value, (size) => size >= 0n && size <= 64n));

/** The generation of tensors. */
export const tensorGeneration: DialectGeneration = {
  dialect: tensor,
  generators: {
    'tensor.bitcast': bitcast,
    'tensor.cast': (place) => {
      const source = some(place);
      const { type } = forgetful(place, rankedType(source));
      return place.build(() => ops.cast({ source, types: [type] }));
    },
    'tensor.collapse_shape': (place) => {
      const src = some(place, 1);
      const { shape, element: of } = rankedType(src);
      const reassociation = sampleGroups(shape.length, place);
      const extents = reassociation.map((group) => product(group.map((at) => shape[at] as number)));
      return place.build(() => ops.collapseShape({ src, reassociation, types: [tensorType(extents, of)] }));
    },
    'tensor.concat': concat,
    'tensor.dim': (place) => {
      const source = some(place, 1);
      const at = place.constant(index, place.int(0, rankedType(source).shape.length - 1));
      return place.build(() => ops.dim({ source, index: at }));
    },
    'tensor.empty': (place) => {
      const { type, sizes } = forgetful(place, newType(place));
      return place.build(() => ops.empty({ dynamicSizes: sizes, types: [type] }));
    },
    'tensor.expand_shape': (place) => {
      const src = some(place, 1);
      const { shape, element: of } = rankedType(src);
      const { extents, groups } = sampleSplit(shape, place);
      return place.build(() =>
        ops.expandShape({
          src,
          output_shape: [],
          reassociation: groups,
          static_output_shape: extents.map(BigInt),
          types: [tensorType(extents, of)],
        }),
      );
    },
    'tensor.extract': (place) => {
      const source = some(place);
      const indices = element(place, rankedType(source));
      return place.build(() => ops.extract({ tensor: source, indices }));
    },
    'tensor.insert': (place) => {
      const dest = some(place);
      const scalar = place.value(rankedType(dest).element);
      const indices = element(place, rankedType(dest));
      return place.build(() => ops.insert({ scalar, dest, indices }));
    },
    'tensor.extract_slice': (place) => {
      const source = some(place);
      const type = rankedType(source);
      const { sizesOfPart, args } = slice(place, type.shape);
      return place.build(() => ops.extractSlice({ source, ...args, types: [tensorType(sizesOfPart, type.element)] }));
    },
    'tensor.insert_slice': (place) => {
      const dest = some(place);
      const type = rankedType(dest);
      const { sizesOfPart, args } = slice(place, type.shape);
      const source = place.value(tensorType(sizesOfPart, type.element));
      return place.build(() => ops.insertSlice({ source, dest, ...args }));
    },
    'tensor.from_elements': fromElements,
    'tensor.gather': gather,
    'tensor.scatter': scatter,
    'tensor.generate': (place) => {
      const { type, sizes } = forgetful(place, newType(place));
      const made = place.build(() => ops.generate({ dynamicExtents: sizes, types: [type] }));
      fillElements(place, made.body, type);
      return made;
    },
    'tensor.pad': pad,
    'tensor.parallel_insert_slice': parallelInsertSlice,
    'tensor.reshape': reshape,
    'tensor.splat': (place) => {
      const { type, sizes } = forgetful(place, newType(place));
      const input = place.value(type.element);
      return place.build(() => ops.splat({ input, dynamicSizes: sizes, types: [type] }));
    },
  },
  comesWith: { 'tensor.parallel_insert_slice': ['scf.forall'] },
  defined: {
    'tensor.cast': forgetsOnly,
    'tensor.dim': (operation) => {
      const { type } = operation.operand(0);
      const rank = type.kind === 'tensor' ? type.shape.length : 0;
      return isConstantWhere(operation.operand(1), (at) => at >= 0n && at < BigInt(rank));
    },
    'tensor.empty': sizesAreConstant(0),
    'tensor.generate': sizesAreConstant(0),
    'tensor.splat': sizesAreConstant(1),
    'tensor.extract': indicesInside(0),
    'tensor.insert': indicesInside(1),
    'tensor.extract_slice': sliceInside(0),
    'tensor.insert_slice': sliceInside(1),
    'tensor.gather': coordinatesAreKnown(1),
    'tensor.scatter': coordinatesAreKnown(2),
    'tensor.reshape': (operation) => operation.operand(1).owner?.is(ops.fromElements) ?? false,
  },
};
