/** How slices are written: `%a[offsets] [sizes] [strides]`, each number known or an operand. */
import {
  type AssemblyHooks,
  type AssemblyParser,
  type AssemblyPrinter,
  denseArrayAttribute,
  i32,
  index,
  type NamedAttribute,
  type Operation,
  type UnresolvedOperand,
  type Value,
} from '../../ir/index.ts';
import {
  indexListAttribute,
  indexListOf,
  isDynamicIndex,
  readIndexList,
  writeIndexList,
} from '../builtin/index-list.ts';

const lists = ['static_offsets', 'static_sizes', 'static_strides'] as const;
const segmentSizes = 'operandSegmentSizes';

/** Writes ` [offsets] [sizes] [strides]`, whose operands begin at `first`. */
function writeSlice(operation: Operation, first: number, printer: AssemblyPrinter): void {
  let at = first;
  for (const [i, name] of lists.entries()) {
    const statics = indexListOf(operation.attribute(name));
    const next = at + statics.filter(isDynamicIndex).length;
    if (i > 0) printer.write(' ');
    writeIndexList(printer, operation.operands.slice(at, next), statics);
    at = next;
  }
}

/** The properties of a slice and its operands after the `first` ones. */
function readSlice(
  parser: AssemblyParser,
  first: number,
): { readonly properties: readonly NamedAttribute[]; readonly operands: readonly UnresolvedOperand[] } {
  const read = lists.map((name) => ({ name, ...readIndexList(parser) }));
  const sizes = [...Array<number>(first).fill(1), ...read.map(({ operands }) => operands.length)];
  return {
    operands: read.flatMap(({ operands }) => operands),
    properties: [
      { name: segmentSizes, value: denseArrayAttribute(sizes, i32), property: true },
      ...read.map(({ name, statics }) => ({ name, value: indexListAttribute(statics), property: true })),
    ],
  };
}

/** `%source[…] […] […] : type to type`. */
export const extractSliceAssembly: AssemblyHooks = {
  print(operation, printer) {
    printer.write(' ');
    printer.value(operation.operand(0));
    writeSlice(operation, 1, printer);
    printer.attributeDictionary(operation, lists);
    printer.write(' : ');
    printer.type(operation.operand(0).type);
    printer.write(' to ');
    printer.type(operation.result().type);
  },
  parse(parser) {
    const source = parser.operand();
    const { operands, properties } = readSlice(parser, 1);
    const attributes = [...properties, ...parser.attributeDictionary()];
    parser.expect(':');
    const type = parser.type();
    parser.expect('to');
    const resultTypes = [parser.type()];
    return {
      operands: [parser.resolve(source, type), ...operands.map((operand) => parser.resolve(operand, index))],
      resultTypes,
      attributes,
    };
  },
};

/** `%source into %dest[…] […] […] : type into type`; with a result, that has the type of `dest`. */
export const insertSliceAssembly = (hasResult: boolean): AssemblyHooks => ({
  print(operation, printer) {
    const [source, dest] = operation.operands as [Value, Value];
    printer.write(' ');
    printer.value(source);
    printer.write(' into ');
    printer.value(dest);
    writeSlice(operation, 2, printer);
    printer.attributeDictionary(operation, lists);
    printer.write(' : ');
    printer.type(source.type);
    printer.write(' into ');
    printer.type(dest.type);
  },
  parse(parser) {
    const source = parser.operand();
    parser.expect('into');
    const dest = parser.operand();
    const { operands, properties } = readSlice(parser, 2);
    const attributes = [...properties, ...parser.attributeDictionary()];
    parser.expect(':');
    const sourceType = parser.type();
    parser.expect('into');
    const destType = parser.type();
    return {
      operands: [
        parser.resolve(source, sourceType),
        parser.resolve(dest, destType),
        ...operands.map((operand) => parser.resolve(operand, index)),
      ],
      resultTypes: hasResult ? [destType] : [],
      attributes,
    };
  },
});
