/** Templates: the smallest programs that a rule can match, with holes for types, attributes and constants. */
import type { AnyOp, Dag, OpDefinition } from '../../ir/index.ts';
import type { MatchedOperation, OperandPattern } from '../../rewrite/rules/index.ts';

/** Operations before their readers; the last one is the one that the rule starts from. */
export type Template = readonly MatchedOperation[];

const captured = (name: string): OperandPattern => ({ value: { kind: 'value', name } });
const firstResult = (of: string): OperandPattern => ({ value: { kind: 'result', of, at: 0 } });

const operation = (
  name: string,
  opName: string,
  operands: readonly OperandPattern[],
  attributes: MatchedOperation['attributes'] = [],
): MatchedOperation => ({
  name,
  opName,
  commutative: false,
  operands,
  restOperands: undefined,
  attributes,
  results: [],
  // Types follow from the declaration.
  restResults: 'types',
});

/** What an operand of a fold is: a value of its own, one that stood before, a constant, or the same operation again. */
export type OperandShape =
  | { readonly kind: 'value'; readonly number: number }
  | { readonly kind: 'constant' | 'nested' };
/** What the operands of a fold are. */
export interface FoldShape {
  /** Such as `x, c`. */
  readonly text: string;
  readonly operands: readonly OperandShape[];
}

const letters = ['x', 'y', 'z'];
const constants = ['c', 'd', 'e'];

/** The ways in which `count` values can be the same: each is a list of numbers, a new one being the next free. */
function partitions(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return partitions(count - 1).flatMap((list) => {
    const free = Math.max(-1, ...list) + 1;
    return Array.from({ length: free + 1 }, (_, number) => [...list, number]);
  });
}

function shape(kinds: readonly OperandShape[], name: string): FoldShape {
  let constant = 0;
  const texts = kinds.map((one) =>
    one.kind === 'value' ? letters[one.number] : one.kind === 'constant' ? constants[constant++] : `${name}(x)`,
  );
  return { text: texts.join(', '), operands: kinds };
}

/** What may stand at the operands of an operation with one to three of them, apart from constants everywhere. */
export function foldShapes({ operands, opName }: OpDefinition): readonly FoldShape[] {
  const count = operands.length;
  if (count < 1 || count > 3 || operands.some(({ constraint }) => constraint.arity !== 'one')) return [];
  const short = opName.slice(opName.indexOf('.') + 1);
  const shapes: FoldShape[] = [];
  for (let mask = 0; mask < 2 ** count - 1; mask++) {
    const isConstant = (at: number): boolean => (mask & (1 << at)) !== 0;
    const free = operands.filter((_, at) => !isConstant(at)).length;
    for (const numbers of partitions(free)) {
      let next = 0;
      const kinds = operands.map(
        (_, at): OperandShape =>
          isConstant(at) ? { kind: 'constant' } : { kind: 'value', number: numbers[next++] as number },
      );
      shapes.push(shape(kinds, short));
    }
  }
  if (count === 1) shapes.push(shape([{ kind: 'nested' }], short));
  return shapes;
}

/** The template of one operation on such operands; constants are made by `constant`. */
export function foldTemplate(opName: string, constant: string, { operands }: FoldShape): Template {
  const before: MatchedOperation[] = [];
  const root = operands.map((one, at): OperandPattern => {
    if (one.kind === 'value') return captured(`x${one.number}`);
    const name = `operand${at}`;
    before.push(
      one.kind === 'constant'
        ? operation(name, constant, [], [{ name: 'value', value: { kind: 'attribute', name: `c${at}` } }])
        : operation(name, opName, [captured('x0')]),
    );
    return firstResult(name);
  });
  return [...before, operation('root', opName, root)];
}

/** The template of the expression of a declarative pattern. */
export function dagTemplate(dag: Dag<unknown>): Template {
  const operations: MatchedOperation[] = [];
  const add = ({ op, holes }: Dag<unknown>): string => {
    const { opName, definition }: AnyOp = op;
    const operands = definition.operands.map(({ name }): OperandPattern => {
      const hole = holes[name];
      return hole === undefined
        ? captured(`${operations.length}-${name}`)
        : typeof hole === 'string'
          ? captured(hole)
          : firstResult(add(hole));
    });
    const attributes = definition.attributes.flatMap(({ name }) => {
      const hole = holes[name];
      return typeof hole === 'string' ? [{ name, value: { kind: 'attribute', name: hole } as const }] : [];
    });
    const name = `operation${operations.length}`;
    operations.push(operation(name, opName, operands, attributes));
    return name;
  };
  add(dag);
  return operations;
}
