import {
  anyType,
  type AssemblyHooks,
  attr,
  branch,
  denseArrayAttribute,
  denseAttribute,
  type DenseAttribute,
  i32,
  implement,
  type IntegerType,
  type NamedAttribute,
  op,
  type Operation,
  optionalAttribute,
  sameType,
  signedInteger,
  storeOperandSegments,
  vectorType,
  type Value,
  variadic,
} from '../../ir/index.ts';
import { branchError, groupedBranch, readSuccessor, type ReadSuccessor, writeSuccessor } from './branch.ts';

/** The numbers of the cases, in order, as signed integers. */
export function casesOf(values: DenseAttribute | undefined): readonly bigint[] {
  if (values === undefined || values.type.element.kind !== 'integer') return [];
  const { width } = values.type.element;
  const size = Math.ceil(width / 8);
  const [count = 0] = values.type.shape;
  return Array.from({ length: count }, (_, at) => {
    const from = values.splat ? 0 : at * size;
    let bits = 0n;
    for (let byte = size - 1; byte >= 0; byte--) bits = (bits << 8n) | BigInt(values.bytes[from + byte] as number);
    return BigInt.asIntN(width, bits);
  });
}

const isDense = (operation: Operation): DenseAttribute | undefined => {
  const values = operation.attribute('case_values');
  return values?.kind === 'dense' ? values : undefined;
};

/** The operands of the default and of each case. */
function groupsOf(
  defaultOperands: readonly Value[],
  caseOperands: readonly Value[],
  segments: readonly number[],
): readonly (readonly Value[])[] {
  let at = 0;
  return [
    defaultOperands,
    ...segments.map((size) => {
      const group = caseOperands.slice(at, at + size);
      at += size;
      return group;
    }),
  ];
}

const segmentsOf = (operation: Operation): readonly number[] => {
  const segments = operation.attribute('case_operand_segments');
  return segments?.kind === 'dense-array' ? segments.values.map(Number) : [];
};

const assembly: AssemblyHooks = {
  // Upstream reads no result number, such as `%0#1`, among what it passes to a block.
  covers: (operation) => operation.operands.slice(1).every(({ owner }) => (owner?.resultCount ?? 1) === 1),
  print(operation, printer) {
    const view = switchOp.view(operation);
    const { flag, defaultOperands, caseOperands } = view;
    const groups = groupsOf(defaultOperands, caseOperands, segmentsOf(operation));
    printer.write(' ');
    printer.value(flag);
    printer.write(' : ');
    printer.type(flag.type);
    printer.write(', [');
    const cases = casesOf(isDense(operation));
    for (const [at, block] of operation.successors.entries()) {
      if (at > 0) printer.write(',');
      printer.newline(1);
      printer.write(`${at === 0 ? 'default' : cases[at - 1]}: `);
      writeSuccessor(printer, block, groups[at] ?? []);
    }
    printer.newline();
    printer.write(']');
    printer.attributeDictionary(operation, ['case_values', 'case_operand_segments']);
  },
  parse(parser) {
    const flag = parser.operand();
    parser.expect(':');
    const { offset } = parser;
    const type = parser.type();
    if (type.kind !== 'integer') return parser.fail(`the flag is a ${type.text}, expected an integer`, offset);
    parser.expect(',');
    parser.expect('[');
    parser.expect('default');
    parser.expect(':');
    const successors: ReadSuccessor[] = [readSuccessor(parser)];
    const cases: bigint[] = [];
    while (parser.accept(',')) {
      cases.push(parser.integer());
      parser.expect(':');
      successors.push(readSuccessor(parser));
    }
    parser.expect(']');
    const rest = parser.attributeDictionary();
    const [first, ...others] = successors as [ReadSuccessor, ...ReadSuccessor[]];
    const sizes = others.map(({ values }) => values.length);
    const property = (name: string, value: NamedAttribute['value']): NamedAttribute => ({
      name,
      value,
      property: true,
    });
    return {
      operands: [parser.resolve(flag, type), ...successors.flatMap(({ values }) => values)],
      successors: successors.map(({ block }) => block),
      attributes: [
        ...(cases.length === 0 ? [] : [property('case_values', caseAttribute(cases, type))]),
        property('case_operand_segments', denseArrayAttribute(sizes, i32)),
        property(
          'operandSegmentSizes',
          denseArrayAttribute([1, first.values.length, sizes.reduce((sum, size) => sum + size, 0)], i32),
        ),
        ...rest,
      ],
    };
  },
};

const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

function caseAttribute(cases: readonly bigint[], type: IntegerType): DenseAttribute {
  const size = Math.ceil(type.width / 8);
  const bytes = new Uint8Array(cases.length * size);
  for (const [at, value] of cases.entries())
    for (let byte = 0; byte < size; byte++)
      bytes[at * size + byte] = Number((BigInt.asUintN(type.width, value) >> BigInt(8 * byte)) & 0xffn);
  return denseAttribute(vectorType([cases.length], type), bytes);
}

/** Goes to the block of the case that is equal to the flag, else to the default. */
export const switchOp = op('cf.switch', {
  summary: 'goes to the block of the case that is equal to a flag',
  operands: {
    flag: sameType('F', 'an integer', (type) => type.kind === 'integer'),
    defaultOperands: variadic(anyType),
    caseOperands: variadic(anyType),
  },
  attributes: { case_values: optionalAttribute(attr.any()), case_operand_segments: attr.any() },
  successors: ['defaultDestination', '...caseDestinations'],
  traits: ['pure', 'terminator'],
  interfaces: [
    implement(
      branch,
      groupedBranch(
        1,
        (operation) => [operation.operandCount - 1 - total(segmentsOf(operation)), ...segmentsOf(operation)],
        (operation, [first = 0, ...rest]) => {
          storeOperandSegments(operation, [1, first, total(rest)]);
          operation.setAttribute('case_operand_segments', denseArrayAttribute(rest, i32));
        },
        (operation, [flag]) => {
          const value = signedInteger(flag);
          return value === undefined ? undefined : casesOf(isDense(operation)).indexOf(value) + 1;
        },
      ),
    ),
  ],
  assembly,
  verifyOperation: (operation, { flag, defaultOperands, caseOperands, case_values }) => {
    const targets = operation.successors.length - 1;
    const cases = casesOf(isDense(operation));
    if (case_values === undefined && targets > 0) return `must have 'case_values' for its ${targets} case destinations`;
    const dense = isDense(operation);
    if (dense && dense.type.element !== flag.type)
      return `'flag' type ('${flag.type.text}') should match case value type ('${dense.type.element.text}')`;
    if (cases.length !== targets)
      return `number of case values (${cases.length}) should match number of case destinations (${targets})`;
    const segments = segmentsOf(operation);
    if (segments.length !== targets) return `has ${segments.length} groups of case operands for ${targets} cases`;
    return branchError(operation, groupsOf(defaultOperands, caseOperands, segments));
  },
});

/** The case values and operand groups of a switch, for whoever runs or rewrites it. */
export const switchCases = (
  operation: Operation,
): { readonly cases: readonly bigint[]; readonly groups: readonly (readonly Value[])[] } => {
  const { defaultOperands, caseOperands } = switchOp.view(operation);
  return {
    cases: casesOf(isDense(operation)),
    groups: groupsOf(defaultOperands, caseOperands, segmentsOf(operation)),
  };
};
