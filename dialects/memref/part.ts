/** Offsets, sizes and strides of which some are numbers and others operands: how parts of memory are written. */
import {
  type AssemblyHooks,
  denseArrayAttribute,
  dynamic,
  i32,
  index,
  type NamedAttribute,
  type Operation,
  type Value,
} from '../../ir/index.ts';
import {
  dynamicIndex,
  type IndexList,
  indexListAttribute,
  indexListOf,
  isDynamicIndex,
  readIndexList,
  writeIndexList,
} from '../builtin/index-list.ts';
import type { Count } from './layout.ts';

/** The three lists in the order of operands. */
const lists = ['offsets', 'sizes', 'strides'] as const;

/** The lists of an operation, as its declaration names them. */
export interface Part {
  readonly offsets: readonly Value[];
  readonly sizes: readonly Value[];
  readonly strides: readonly Value[];
  readonly static_offsets: readonly bigint[];
  readonly static_sizes: readonly bigint[];
  readonly static_strides: readonly bigint[];
}

/** The count that a place of a list of known numbers stands for. */
export const listedCount = (number: bigint): Count => (number === dynamicIndex ? undefined : Number(number));
/** The extent that a place of a list of known numbers stands for. */
export const listedExtent = (number: bigint): number => listedCount(number) ?? dynamic;

/** Why the lists do not fit together, or not the number of places for offsets, sizes and strides. */
export function partError(part: Part, places: readonly [number, number, number]): string | undefined {
  for (const list of lists) {
    const wanted = part[`static_${list}`].filter(isDynamicIndex).length;
    const { length } = part[list];
    if (length !== wanted)
      return (
        `expected the number of '${list}' to match the number of dynamic entries in 'static_${list}' ` +
        `(${length} vs ${wanted})`
      );
  }
  const [offsets, sizes, strides] = lists.map((list) => part[`static_${list}`].length) as [number, number, number];
  const formed = 'so the rank of the result type is well-formed';
  if (!(offsets === 1 && places[0] === 1) && offsets !== sizes)
    return `expected mixed offsets rank to match mixed sizes rank (${offsets} vs ${sizes}) ${formed}`;
  if (sizes !== strides)
    return `expected mixed sizes rank to match mixed strides rank (${sizes} vs ${strides}) ${formed}`;
  for (const [at, list] of lists.entries()) {
    const { length } = part[`static_${list}`];
    if (length !== places[at]) return `expected ${places[at]} ${list.slice(0, -1)} values, got ${length}`;
  }
  for (const list of ['offsets', 'sizes'] as const) {
    const negative = part[`static_${list}`].find((number) => number < 0n && !isDynamicIndex(number));
    if (negative !== undefined) return `expected ${list} to be non-negative, but got ${negative}`;
  }
  return undefined;
}

/** The operands of each list, by the sizes that the operation stores. */
function operandsOf(operation: Operation): readonly (readonly Value[])[] {
  const sizes = operation.attribute('operandSegmentSizes');
  const counts = sizes?.kind === 'dense-array' ? sizes.values.map(Number) : [];
  const { operands } = operation;
  let at = counts[0] ?? 1;
  return lists.map((_, list) => operands.slice(at, (at += counts[list + 1] ?? 0)));
}

const hidden: readonly string[] = lists.map((list) => `static_${list}`);

/** The words before the lists; none for lists one after the other. */
type Words = Readonly<Record<(typeof lists)[number], string>>;

/** `%source[0, %i] [4, 4] [1, 1] : type to type`, or with words before the lists. */
export const partAssembly = (words?: Words): AssemblyHooks => ({
  print(operation, printer) {
    printer.write(' ');
    printer.values(operation.operands.slice(0, 1));
    for (const [at, list] of lists.entries()) {
      printer.write(words ? words[list] : at === 0 ? '' : ' ');
      writeIndexList(printer, operandsOf(operation)[at] ?? [], indexListOf(operation.attribute(`static_${list}`)));
    }
    printer.attributeDictionary(operation, hidden);
    printer.write(' : ');
    printer.types(operation.operands.slice(0, 1).map((value) => value.type));
    printer.write(' to ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const source = parser.operand();
    const read = lists.map((list): IndexList => {
      for (const token of words?.[list].match(/[a-z]+|\S/g) ?? []) parser.expect(token);
      return readIndexList(parser);
    });
    const rest = parser.attributeDictionary();
    parser.expect(':');
    const sourceType = parser.type();
    parser.expect('to');
    const resultType = parser.type();
    const counts = [1, ...read.map(({ operands }) => operands.length)];
    const property = (name: string, value: NamedAttribute['value']): NamedAttribute => ({
      name,
      value,
      property: true,
    });
    return {
      operands: [
        parser.resolve(source, sourceType),
        ...read.flatMap(({ operands }) => operands.map((one) => parser.resolve(one, index))),
      ],
      resultTypes: [resultType],
      attributes: [
        property('operandSegmentSizes', denseArrayAttribute(counts, i32)),
        ...lists.map((list, at) => property(`static_${list}`, indexListAttribute((read[at] as IndexList).statics))),
        ...rest,
      ],
    };
  },
});
