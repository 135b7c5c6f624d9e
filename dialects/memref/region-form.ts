/** How operations with a region are written. */
import { type AssemblyHooks, type Context, index, type ParsedRegion, type Type, type Value } from '../../ir/index.ts';
import { isMemRef } from './constraint.ts';

/** A scope that was written without its end, or with nothing at all, gets one. */
function withReturn(region: ParsedRegion, context: Context): ParsedRegion {
  const whole = region.blocks.length > 0 ? region : { blocks: [context.newBlock()] };
  for (const block of whole.blocks)
    if (!block.last?.hasTrait('terminator')) block.append(context.create('memref.alloca_scope.return', [], []));
  return whole;
}

/** `memref.alloca_scope -> (types) { … }`. */
export const scopeAssembly: AssemblyHooks = {
  print(operation, printer) {
    const { results } = operation;
    const { last } = operation.region(0).entry ?? {};
    printer.write(' ');
    if (results.length > 0) {
      printer.write(' -> (');
      printer.types(results.map((value) => value.type));
      printer.write(')');
    }
    printer.write(' ');
    printer.region(operation.region(0), {
      entryArguments: false,
      terminators: results.length > 0 || (last?.attributes.length ?? 0) > 0,
    });
    printer.attributeDictionary(operation, []);
  },
  parse(parser) {
    const resultTypes: readonly Type[] = parser.accept('->') ? parser.resultTypes() : [];
    const region = withReturn(parser.region(), parser.context);
    return { resultTypes, regions: [region], attributes: parser.attributeDictionary() };
  },
};

/** `%memref[%i] : type { ^bb0(%old: element): … }`; the result has the element type. */
export const genericAtomicAssembly: AssemblyHooks = {
  print(operation, printer) {
    const [memref, ...indices] = operation.operands as [Value, ...Value[]];
    printer.write(' ');
    printer.value(memref);
    printer.write('[');
    printer.values(indices);
    printer.write('] : ');
    printer.type(memref.type);
    printer.write(' ');
    printer.region(operation.region(0));
    printer.attributeDictionary(operation, []);
  },
  parse(parser) {
    const memref = parser.operand();
    parser.expect('[');
    const indices = parser.operands();
    parser.expect(']');
    parser.expect(':');
    const { offset } = parser;
    const type = parser.type();
    if (!isMemRef(type)) return parser.fail(`has type ${type.text}, expected a memref`, offset);
    const operands = [parser.resolve(memref, type), ...indices.map((one) => parser.resolve(one, index))];
    const region = parser.region();
    return { operands, resultTypes: [type.element], regions: [region], attributes: parser.attributeDictionary() };
  },
};
