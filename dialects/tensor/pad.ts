/** Padding at both ends of every dimension. */
import {
  type AssemblyHooks,
  attr,
  denseArrayAttribute,
  dynamic,
  i32,
  implement,
  index,
  type NamedAttribute,
  op,
  type Region,
  region,
  speculation,
  type TensorType,
  unitAttribute,
  type Value,
  variadic,
} from '../../ir/index.ts';
import {
  indexList,
  indexListAttribute,
  indexListOf,
  isDynamicIndex,
  readIndexList,
  writeIndexList,
} from '../builtin/index-list.ts';
import { indexValue, rankedTensor, rankedType } from './constraint.ts';
import { yieldedBy } from './creation.ts';

const properties = ['nofold', 'static_low', 'static_high'] as const;

/** `%source nofold low[…] high[…] { … } : type to type`. */
const padAssembly: AssemblyHooks = {
  // An amount that no list has a place for could not be written.
  covers(operation) {
    const sizes = operation.attribute('operandSegmentSizes');
    if (sizes?.kind !== 'dense-array') return false;
    return (['static_low', 'static_high'] as const).every(
      (name, at) =>
        indexListOf(operation.attribute(name)).filter(isDynamicIndex).length === Number(sizes.values[at + 1]),
    );
  },
  print(operation, printer) {
    const [source, ...amounts] = operation.operands as [Value, ...Value[]];
    const low = indexListOf(operation.attribute('static_low'));
    const split = low.filter(isDynamicIndex).length;
    printer.write(' ');
    printer.value(source);
    if (operation.attribute('nofold')) printer.write(' nofold');
    printer.write(' low');
    writeIndexList(printer, amounts.slice(0, split), low);
    printer.write(' high');
    writeIndexList(printer, amounts.slice(split), indexListOf(operation.attribute('static_high')));
    printer.write(' ');
    printer.region(operation.region(0), { emptyBlock: true });
    printer.attributeDictionary(operation, properties);
    printer.write(' : ');
    printer.type(source.type);
    printer.write(' to ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const source = parser.operand();
    const nofold = parser.accept('nofold');
    parser.expect('low');
    const low = readIndexList(parser);
    parser.expect('high');
    const high = readIndexList(parser);
    const body = parser.region();
    const rest = parser.attributeDictionary();
    parser.expect(':');
    const type = parser.type();
    parser.expect('to');
    const resultTypes = [parser.type()];
    const sizes = [1, low.operands.length, high.operands.length];
    const own: NamedAttribute[] = [
      { name: 'operandSegmentSizes', value: denseArrayAttribute(sizes, i32), property: true },
      { name: 'static_low', value: indexListAttribute(low.statics), property: true },
      { name: 'static_high', value: indexListAttribute(high.statics), property: true },
    ];
    if (nofold) own.push({ name: 'nofold', value: unitAttribute, property: true });
    return {
      operands: [
        parser.resolve(source, type),
        ...[...low.operands, ...high.operands].map((operand) => parser.resolve(operand, index)),
      ],
      resultTypes,
      attributes: [...own, ...rest],
      regions: [body],
    };
  },
};

/** The extents that padding gives, undefined for unknown ones; nothing where the lists do not fit the rank. */
function paddedShape(
  { shape }: TensorType,
  low: readonly bigint[],
  high: readonly bigint[],
): readonly (bigint | undefined)[] | undefined {
  if (low.length !== shape.length || high.length !== shape.length) return undefined;
  return shape.map((extent, at) => {
    const [before, after] = [low[at] as bigint, high[at] as bigint];
    const known = extent !== dynamic && !isDynamicIndex(before) && !isDynamicIndex(after);
    return known ? BigInt(extent) + before + after : undefined;
  });
}

function padError(source: TensorType, result: TensorType, low: readonly bigint[], high: readonly bigint[]) {
  const padded = paddedShape(source, low, high);
  if (!padded)
    return `failed to infer expectedType from sourceType '${source.text}', specified resultType is '${result.text}'`;
  const fits =
    padded.length === result.shape.length &&
    padded.every((extent, at) => extent === undefined || extent === BigInt(result.shape[at] as number));
  const inferred = [...padded.map((extent) => extent ?? '?'), source.element.text].join('x');
  return fits ? undefined : `specified type '${result.text}' does not match the inferred type 'tensor<${inferred}>'`;
}

function bodyError(body: Region, { shape, element }: TensorType): string | undefined {
  if (!body.entry) return "region #0 ('region') failed to verify constraint: region with 1 blocks";
  const places = body.entry.arguments;
  if (places.length !== shape.length) return `expected the block to have ${shape.length} arguments`;
  const other = places.findIndex((place) => place.type !== index);
  if (other >= 0) return `expected block argument ${other + 1} to be an index`;
  return yieldedBy(body)?.type === element ? undefined : 'expected yield type to match shape element type';
}

/** Puts elements that a region computes around a tensor. */
export const pad = op('tensor.pad', {
  summary: 'a tensor with computed elements around it',
  operands: { source: rankedTensor(), low: variadic(indexValue), high: variadic(indexValue) },
  attributes: { static_low: indexList, static_high: indexList, nofold: attr.unit() },
  results: { result: rankedTensor() },
  regions: { region: region('one block: an index for each dimension; it yields the element') },
  traits: ['single-block', 'recursive-effects'],
  interfaces: [implement(speculation, () => 'if-inside-is')],
  assembly: padAssembly,
  verifyOperation: (_, { source, result, static_low, static_high, region: body }) =>
    padError(rankedType(source), rankedType(result), static_low, static_high) ?? bodyError(body, rankedType(result)),
});
