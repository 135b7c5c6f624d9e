/** Operations that give the same elements in the same order another shape. */
import { type AssemblyHooks, dynamic, elementCount, index, op, type Value, variadic } from '../../ir/index.ts';
import {
  indexList,
  indexListAttribute,
  indexListOf,
  isDynamicIndex,
  readIndexList,
  readReassociation,
  reassociation,
  writeIndexList,
  writeReassociation,
} from '../builtin/index-list.ts';
import { anyTensor, elementOf, indexValue, rankedTensor, rankedType, shapeTensor } from './constraint.ts';
import { reassociationError } from './reassociation.ts';

/** Joins neighbouring dimensions. */
export const collapseShape = op('tensor.collapse_shape', {
  summary: 'a tensor with neighbouring dimensions joined',
  operands: { src: rankedTensor() },
  attributes: { reassociation },
  results: { result: rankedTensor() },
  traits: ['pure'],
  assembly: '$src $reassociation attr-dict `:` type($src) `into` type($result)',
  verifyOperation: (_, { src, result, reassociation: groups }) =>
    reassociationError(rankedType(src), rankedType(result), groups),
});

/** `%src [[0, 1], [2]] output_shape [2, %a, 3] : type into type`. */
const expandShapeAssembly: AssemblyHooks = {
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
    const resultTypes = [parser.type()];
    return {
      operands: [parser.resolve(src, type), ...operands.map((operand) => parser.resolve(operand, index))],
      resultTypes,
      attributes: [
        { name: 'reassociation', value: groups, property: true },
        { name: 'static_output_shape', value: indexListAttribute(statics), property: true },
        ...rest,
      ],
    };
  },
};

/** Splits dimensions. */
export const expandShape = op('tensor.expand_shape', {
  summary: 'a tensor with dimensions split',
  operands: { src: rankedTensor(), output_shape: variadic(indexValue) },
  attributes: { reassociation, static_output_shape: indexList },
  results: { result: rankedTensor() },
  traits: ['pure'],
  assembly: expandShapeAssembly,
  verifyOperation: (_, { src, output_shape: given, static_output_shape: known, result, reassociation: groups }) => {
    const rank = rankedType(result).shape.length;
    if (known.length !== rank)
      return (
        `expected number of static shape dims to be equal to the output rank (${rank}) ` +
        `but found ${known.length} inputs instead`
      );
    const missing = known.filter(isDynamicIndex).length;
    if (missing !== given.length)
      return (
        'mismatch in dynamic dims in output_shape and static_output_shape: ' +
        `static_output_shape has ${missing} dynamic dims while output_shape has ${given.length} values`
      );
    return reassociationError(rankedType(result), rankedType(src), groups);
  },
});

/** Any other shape, given as data. */
export const reshape = op('tensor.reshape', {
  summary: 'a tensor in a shape that another tensor holds',
  operands: { source: anyTensor, shape: shapeTensor },
  results: { result: anyTensor },
  traits: ['pure'],
  assembly: '$source `(` $shape `)` attr-dict `:` functional-type(operands, results)',
  verifyOperation: (_, { source: { type: source }, shape, result: { type: result } }) => {
    if (elementOf(source) !== elementOf(result))
      return 'element types of source and destination tensor types should be the same';
    if (result.kind !== 'tensor') return undefined;
    const count = source.kind === 'tensor' ? elementCount(source.shape) : undefined;
    if (count !== undefined && count !== (elementCount(result.shape) ?? count))
      return 'source and destination tensor should have the same number of elements';
    const [length] = rankedType(shape).shape;
    if (length === dynamic)
      return 'cannot use shape operand with dynamic length to reshape to statically-ranked tensor type';
    return length === result.shape.length ? undefined : "length of shape operand differs from the result's tensor rank";
  },
});
