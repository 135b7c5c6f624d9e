/** How `scf.for` is written. */
import {
  type AssemblyHooks,
  type Block,
  type Context,
  index,
  type NamedAttribute,
  type Operation,
  type ParsedRegion,
  type Type,
  unitAttribute,
  type Value,
} from '../../ir/index.ts';
import { edgeError, endError, endOf, firstOtherType, yieldsResults } from './types.ts';

const unsignedFlag: NamedAttribute = { name: 'unsignedCmp', value: unitAttribute, property: true };

/** A region that was written without its `scf.yield`, or with nothing at all, gets one. */
export function withYield(region: ParsedRegion, context: Context): ParsedRegion {
  const whole = region.blocks.length > 0 ? region : { blocks: [context.newBlock()] };
  for (const block of whole.blocks)
    if (!block.last?.hasTrait('terminator')) block.append(context.create('scf.yield', [], []));
  return whole;
}

/** The body's only block. */
export const bodyOf = (operation: Operation): Block | undefined => operation.region(0).entry;

/** `scf.for %i = %lower to %upper step %step iter_args(%a = %b) -> (types) : type { … }`. */
export const forAssembly: AssemblyHooks = {
  print(operation, printer) {
    const [lower, upper, step, ...initial] = operation.operands as [Value, Value, Value, ...Value[]];
    const [counter, ...carried] = bodyOf(operation)?.arguments ?? [];
    if (operation.attribute('unsignedCmp') !== undefined) printer.write(' unsigned');
    printer.write(' ');
    if (counter) printer.value(counter);
    for (const [word, value] of [
      ['=', lower],
      ['to', upper],
      ['step', step],
    ] as const) {
      printer.write(` ${word} `);
      printer.value(value);
    }
    if (initial.length > 0) {
      printer.write(' iter_args(');
      for (const [at, value] of initial.entries()) {
        if (at > 0) printer.write(', ');
        printer.value(carried[at] as Value);
        printer.write(' = ');
        printer.value(value);
      }
      printer.write(') -> (');
      printer.types(initial.map((value) => value.type));
      printer.write(')');
    }
    if (lower.type !== index) {
      printer.write(' : ');
      printer.type(lower.type);
    }
    printer.write(' ');
    printer.region(operation.region(0), { entryArguments: false, terminators: initial.length > 0 });
    printer.attributeDictionary(operation, ['unsignedCmp']);
  },
  parse(parser) {
    const unsigned = parser.accept('unsigned');
    const counter = parser.operand();
    parser.expect('=');
    const lower = parser.operand();
    parser.expect('to');
    const upper = parser.operand();
    parser.expect('step');
    const step = parser.operand();
    const names: ReturnType<typeof parser.operand>[] = [];
    const initial: ReturnType<typeof parser.operand>[] = [];
    let types: readonly Type[] = [];
    if (parser.accept('iter_args')) {
      parser.expect('(');
      while (!parser.at(')')) {
        if (names.length > 0) parser.expect(',');
        names.push(parser.operand());
        parser.expect('=');
        initial.push(parser.operand());
      }
      parser.expect(')');
      parser.expect('->');
      types = parser.resultTypes();
      if (types.length !== names.length)
        parser.fail("custom op 'scf.for' mismatch in number of loop-carried values and defined values");
    }
    const type = parser.accept(':') ? parser.type() : index;
    const region = parser.region([
      { name: counter.name, type, offset: counter.offset },
      ...names.map(({ name, offset }, at) => ({ name, type: types[at] as Type, offset })),
    ]);
    const attributes = parser.attributeDictionary();
    const bounds = [lower, upper, step].map((operand) => parser.resolve(operand, type)) as [Value, Value, Value];
    return {
      operands: [...bounds, ...initial.map((operand, at) => parser.resolve(operand, types[at] as Type))],
      resultTypes: types,
      attributes: unsigned ? [...attributes, unsignedFlag] : attributes,
      regions: [withYield(region, bounds[0].context)],
    };
  },
};

/** Whether the counter and all that is carried have the types that they must have; makes no handles of values. */
export function carriesResults(operation: Operation): boolean {
  const body = bodyOf(operation);
  const count = operation.resultCount;
  if (body?.argumentCount !== 1 + count || operation.operandCount !== 3 + count) return false;
  if (body.argumentType(0) !== operation.operandType(0)) return false;
  for (let at = 0; at < count; at++) {
    const type = operation.resultType(at);
    if (operation.operandType(3 + at) !== type || body.argumentType(1 + at) !== type) return false;
  }
  return yieldsResults(operation, body);
}

/** The first way in which carried values, arguments of the body, what it yields, and results differ. */
export function loopError(operation: Operation): string | undefined {
  const { results } = operation;
  const initial = operation.operands.slice(3);
  const [counter, ...carried] = bodyOf(operation)?.arguments ?? [];
  if (initial.length !== results.length) return 'mismatch in number of loop-carried values and defined values';
  if (!counter) return 'expected induction variable to be same type as bounds and step, but the body takes none';
  if (carried.length !== initial.length)
    return `different number of inits and region iter_args: ${initial.length} != ${carried.length}`;
  const taken = otherTypeError('init', initial, 'region iter_arg', carried);
  if (taken !== undefined) return taken;
  const wrong =
    otherTypeError('region iter_arg', carried, 'loop result', results) ?? endError(operation, 0, 'scf.yield');
  if (wrong !== undefined) return wrong;
  const yielded = endOf(operation, 0)?.operands ?? [];
  if (yielded.length === 0 && carried.length > 0)
    return edgeError('Operation scf.yield', 'Region #0', yielded, carried);
  if (yielded.length !== carried.length)
    return `different number of region iter_args and yielded values: ${carried.length} != ${yielded.length}`;
  const passed = otherTypeError('region iter_arg', carried, 'yielded value', yielded);
  if (passed !== undefined) return passed;
  return counter.type === operation.operand(0).type
    ? undefined
    : 'expected induction variable to be same type as bounds and step';
}

function otherTypeError(
  first: string,
  given: readonly Value[],
  second: string,
  expected: readonly Value[],
): string | undefined {
  const other = firstOtherType(given, expected);
  return (
    other &&
    `${other.at}-th ${first} and ${other.at}-th ${second} have different type: '${other.given}' != '${other.expected}'`
  );
}
