/** The same elements under more, fewer or exchanged dimensions. */
import {
  type AffineMapAttribute,
  type AssemblyHooks,
  attr,
  type AttributeKind,
  dynamic,
  index,
  type MemRefType,
  memrefType,
  op,
  type Value,
  variadic,
} from '../../ir/index.ts';
import {
  indexListAttribute,
  indexListOf,
  isDynamicIndex,
  readIndexList,
  readReassociation,
  writeIndexList,
  writeReassociation,
} from '../builtin/index-list.ts';
import { indexList, reassociation } from './attribute.ts';
import { indexValue, memrefTypeOf, rankedMemRef, stridedMemRef } from './constraint.ts';
import { type Count, countOf, hasIdentityLayout, product, type Strides, stridesOf, withStrides } from './layout.ts';
import { listedExtent } from './part.ts';

type Groups = readonly (readonly number[])[];

/** Why groups of the dimensions of `expanded` do not give those of `collapsed`. */
function groupingError(collapsed: readonly number[], expanded: readonly number[], groups: Groups): string | undefined {
  if (groups.length !== collapsed.length)
    return `invalid number of reassociation groups: found ${groups.length}, expected ${collapsed.length}`;
  let next = 0;
  for (const [at, group] of groups.entries()) {
    let size: Count = 1;
    for (const dimension of group) {
      if (dimension !== next++) return 'reassociation indices must be contiguous';
      const extent = expanded[dimension];
      if (extent === undefined) return `reassociation index ${dimension} is out of bounds`;
      // A dynamic dimension makes the group dynamic, whatever stands beside it.
      size = size === undefined || extent === dynamic ? undefined : size * extent;
    }
    const whole = countOf(collapsed[at] as number);
    if ((whole === undefined) !== (size === undefined))
      return `collapsed dim (${at}) must be dynamic if and only if reassociation group is dynamic`;
    if (whole !== size) return `collapsed dim size (${whole}) must equal reassociation group size (${size})`;
  }
  if (collapsed.length === 0)
    return expanded.every((extent) => extent === 1)
      ? undefined
      : 'rank 0 memrefs can only be extended/collapsed with/from ones';
  return next === expanded.length
    ? undefined
    : `expanded rank (${expanded.length}) inconsistent with number of reassociation indices (${next})`;
}

const plain = (type: MemRefType, shape: readonly number[]): MemRefType =>
  memrefType(shape, type.element, undefined, type.space);

/** Each group takes the stride of its dimension from the last one on. */
function expandedStrides({ strides, offset }: Strides, shape: readonly number[], groups: Groups): Strides {
  const result: Count[] = shape.map(() => 1);
  for (const [at, group] of groups.entries()) {
    let stride = strides[at];
    for (const dimension of group.toReversed()) {
      result[dimension] = stride;
      stride = product(stride, countOf(shape[dimension] as number));
    }
  }
  return { strides: result, offset };
}

/**
 * Each group has the stride of its last dimension that has more than one element. Undefined when
 * the dimensions of a group surely do not lie one after the other.
 */
function collapsedStrides({ strides, offset }: Strides, shape: readonly number[], groups: Groups): Strides | undefined {
  const result: Count[] = [];
  for (const group of groups) {
    const last = Math.max(
      group.findLastIndex((dimension) => shape[dimension] !== 1),
      0,
    );
    const dimension = group[last] as number;
    // A dynamic dimension may turn out to have one element, and then its stride says nothing.
    const known = last === 0 || shape[dimension] !== dynamic;
    result.push(known ? strides[dimension] : undefined);
    let stride = result.at(-1);
    for (const inner of group.slice(1).toReversed()) {
      stride = product(stride, countOf(shape[inner] as number));
      const outer = strides[inner - 1];
      if (shape[inner - 1] !== 1 && stride !== undefined && outer !== undefined && stride !== outer) return undefined;
    }
  }
  return { strides: result, offset };
}

/** Each group of dimensions becomes one. */
export const collapseShape = op('memref.collapse_shape', {
  summary: 'each group of dimensions becomes one',
  operands: { src: stridedMemRef },
  attributes: { reassociation },
  results: { result: stridedMemRef },
  traits: ['pure'],
  assembly: '$src $reassociation attr-dict `:` type($src) `into` type($result)',
  verifySignature: (_, { src, reassociation: groups, result }) => {
    const [from, to] = [memrefTypeOf(src), memrefTypeOf(result)];
    const [r0, r1] = [from.shape.length, to.shape.length];
    if (r0 < r1) return `has source rank ${r0} and result rank ${r1}. This is not a collapse (${r0} < ${r1}).`;
    const wrong = groupingError(to.shape, from.shape, groups);
    if (wrong !== undefined) return wrong;
    const layout = stridesOf(from);
    const strides = layout && collapsedStrides(layout, from.shape, groups);
    if (!hasIdentityLayout(from) && !strides) return 'invalid source layout map or collapsing non-contiguous dims';
    const expected = hasIdentityLayout(from) || !strides ? plain(from, to.shape) : withStrides(from, to.shape, strides);
    return expected === to ? undefined : `expected collapsed type to be '${expected.text}' but found '${to.text}'`;
  },
});

/** `%src [[0, 1]] output_shape [4, %n] : type into type`. */
const expandAssembly: AssemblyHooks = {
  print(operation, printer) {
    const [src, ...extents] = operation.operands as [Value, ...Value[]];
    printer.write(' ');
    printer.value(src);
    printer.write(' ');
    writeReassociation(printer, operation.attribute('reassociation'));
    printer.write(' output_shape ');
    writeIndexList(printer, extents, indexListOf(operation.attribute('static_output_shape')));
    printer.attributeDictionary(operation, ['reassociation', 'static_output_shape']);
    printer.write(' : ');
    printer.type(src.type);
    printer.write(' into ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const src = parser.operand();
    const groups = readReassociation(parser);
    parser.expect('output_shape');
    const { operands, statics } = readIndexList(parser);
    const rest = parser.attributeDictionary();
    parser.expect(':');
    const type = parser.type();
    parser.expect('into');
    return {
      operands: [parser.resolve(src, type), ...operands.map((one) => parser.resolve(one, index))],
      resultTypes: [parser.type()],
      attributes: [
        { name: 'reassociation', value: groups, property: true },
        { name: 'static_output_shape', value: indexListAttribute(statics), property: true },
        ...rest,
      ],
    };
  },
};

/** Each dimension becomes a group of dimensions. */
export const expandShape = op('memref.expand_shape', {
  summary: 'each dimension becomes a group of dimensions',
  operands: { src: stridedMemRef, output_shape: variadic(indexValue) },
  attributes: { reassociation, static_output_shape: indexList },
  results: { result: stridedMemRef },
  traits: ['pure'],
  assembly: expandAssembly,
  verifySignature: (_, { src, output_shape, reassociation: groups, static_output_shape, result }) => {
    const [from, to] = [memrefTypeOf(src), memrefTypeOf(result)];
    const [r0, r1] = [from.shape.length, to.shape.length];
    if (r0 > r1) return `has source rank ${r0} and result rank ${r1}. This is not an expansion (${r0} > ${r1}).`;
    const wrong = groupingError(from.shape, to.shape, groups);
    if (wrong !== undefined) return wrong;
    const layout = stridesOf(from);
    if (!layout) return 'invalid source layout map';
    const expected = hasIdentityLayout(from)
      ? plain(from, to.shape)
      : withStrides(from, to.shape, expandedStrides(layout, to.shape, groups));
    if (expected !== to) return `expected expanded type to be '${expected.text}' but found '${to.text}'`;
    if (static_output_shape.length !== r1)
      return (
        `expected number of static shape bounds to be equal to the output rank (${r1}) ` +
        `but found ${static_output_shape.length} inputs instead`
      );
    const given = static_output_shape.filter(isDynamicIndex).length;
    if (output_shape.length !== given)
      return (
        'mismatch in dynamic dims in output_shape and static_output_shape: ' +
        `static_output_shape has ${given} dynamic dims while output_shape has ${output_shape.length} values`
      );
    const at = to.shape.findIndex(
      (extent, place) => extent !== dynamic && extent !== listedExtent(static_output_shape[place] as bigint),
    );
    return at < 0 ? undefined : `invalid output shape provided at pos ${at}`;
  },
});

const affineMap = attr.any() as AttributeKind<AffineMapAttribute, 'required'>;
/** An affine map as it is. */
const map: AttributeKind<AffineMapAttribute, 'required'> = {
  ...affineMap,
  text: 'an affine map',
  read: (attribute) => (attribute.kind === 'affine-map' ? attribute : undefined),
};

/** Which dimension each result of a map is; undefined when the map does more than to exchange them. */
function permutationOf({ body }: AffineMapAttribute): readonly number[] | undefined {
  const [, header = '', results = ''] = /^\(([^)]*)\) -> \((.*)\)$/.exec(body) ?? [];
  const places = results === '' ? [] : results.split(', ').map((word) => Number(/^d(\d+)$/.exec(word)?.[1] ?? -1));
  const { length } = header === '' ? [] : header.split(', ');
  const once = new Set(places.filter((place) => place >= 0 && place < length)).size;
  return body.includes('->') && once === length && places.length === length && !body.includes('[') ? places : undefined;
}

/** `%in (d0, d1) -> (d1, d0) : type to type`. */
const transposeAssembly: AssemblyHooks = {
  print(operation, printer) {
    const permutation = operation.attribute('permutation');
    printer.write(' ');
    printer.values(operation.operands);
    printer.write(` ${permutation?.kind === 'affine-map' ? permutation.body : '() -> ()'}`);
    printer.attributeDictionary(operation, ['permutation']);
    printer.write(' : ');
    printer.types(operation.operands.map((value) => value.type));
    printer.write(' to ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const source = parser.operand();
    const permutation = parser.affineMap();
    const rest = parser.attributeDictionary();
    parser.expect(':');
    const type = parser.type();
    parser.expect('to');
    return {
      operands: [parser.resolve(source, type)],
      resultTypes: [parser.type()],
      attributes: [{ name: 'permutation', value: permutation, property: true }, ...rest],
    };
  },
};

/** Dimensions in another order, over the same memory. */
export const transpose = op('memref.transpose', {
  summary: 'dimensions in another order, over the same memory',
  operands: { in: stridedMemRef },
  attributes: { permutation: map },
  results: { result: rankedMemRef },
  traits: ['pure'],
  assembly: transposeAssembly,
  verifySignature: (operation, { permutation, result }) => {
    const [from, to] = [memrefTypeOf(operation.operand(0)), memrefTypeOf(result)];
    const order = permutationOf(permutation);
    if (!order) return 'expected a permutation map';
    if (order.length !== from.shape.length) return 'expected a permutation map of same rank as the input';
    const { strides, offset } = stridesOf(from) as Strides;
    const expected = withStrides(
      from,
      order.map((place) => from.shape[place] as number),
      { strides: order.map((place) => strides[place]), offset },
    );
    const found = stridesOf(to);
    const same =
      found !== undefined && to.shape.join() === expected.shape.join() && withStrides(to, to.shape, found) === expected;
    return same
      ? undefined
      : `result type '${to.text}' is not equivalent to the canonical transposed input type '${expected.text}'`;
  },
});
