/** Rules that move data, whose programs no template can say: shapes, permutations and parts are drawn, the programs run. */
import { builtin } from '../../dialects/builtin/index.ts';
import { func } from '../../dialects/func/index.ts';
import {
  type AnyOp,
  type Block,
  Builder,
  Context,
  denseAttribute,
  type Dialect,
  type Draw,
  f32,
  functionType,
  type Operation,
  type OpView,
  type TensorType,
  tensorType,
  typeAttribute,
  type Value,
  VerifyError,
  within,
} from '../../ir/index.ts';
import { NdArray, type RuntimeValue } from '../../interpreter/index.ts';
import { inputOf } from '../check/inputs.ts';
import { Random } from '../check/random.ts';
import { valueDifference } from '../check/values.ts';
import type { Instance } from './instances.ts';
import { type Counterexample, type Verdict, withPrograms } from './verdict.ts';
import { type CheckedRule, stepOf } from './rule.ts';
import { newEvaluator, resultsOf } from './run.ts';

/** A rule whose programs are drawn. */
export interface DrawnRule extends Omit<CheckedRule, 'template' | 'dialects'> {
  readonly dialect: Dialect;
  /** The operations that it starts from. */
  readonly roots: readonly AnyOp[];
}

const enough = 200;
const mostPrograms = 8000;

const drawOf = (random: Random): Draw => ({
  int: (min, max) => (max <= min ? min : min + random.below(max - min + 1)),
  of: (values) => random.pick(values),
  flag: () => random.once(2),
});

const typeOf = (value: Value): TensorType => value.type as TensorType;
const isMove = ({ definition }: AnyOp): boolean =>
  definition.operands.length === 1 &&
  definition.operands[0]?.constraint.dims.join() === '...S' &&
  definition.sample !== undefined &&
  !definition.traits.has('elementwise');

/** An operation on a value, with attributes that its declaration samples; a second operand is an argument. */
function applied(op: AnyOp, value: Value, block: Block, random: Random): Value {
  const { operands, sample } = op.definition;
  const attributes = sample?.({ S: typeOf(value).shape }, drawOf(random)) ?? {};
  const given = [value, ...operands.slice(1).map(() => block.addArgument(value.type))];
  if (random.once(2)) given.reverse();
  const named = Object.fromEntries(operands.map(({ name }, at) => [name, given[at]]));
  const make = op as unknown as (args: Readonly<Record<string, unknown>>) => OpView;
  return Builder.atEnd(block)
    .build(() => make({ ...named, ...attributes }))
    .operation.result();
}

function constantOf(dialect: Dialect, type: TensorType, block: Block, random: Random): Value | undefined {
  const op = Object.values(dialect.ops).find(({ definition }) => definition.traits.has('constant-like'));
  const { data } = inputOf(type, 'wide', random) as NdArray;
  const value = denseAttribute(type, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const make = op as unknown as (args: Readonly<Record<string, unknown>>) => OpView;
  return (
    op &&
    Builder.atEnd(block)
      .build(() => make({ value }))
      .operation.result()
  );
}

/** A few moves of data, and one of the operations that the rule starts from; undefined where they do not fit. */
function drawn({ dialect, roots }: DrawnRule, random: Random): Instance | undefined {
  const context = new Context([...new Set([builtin, func, dialect])]);
  const moves = (Object.values(dialect.ops) as AnyOp[]).filter(isMove);
  const root = random.pick(roots);
  return within(context, { kind: 'unknown' }, () => {
    const module = builtin.ops.module({}).operation;
    const main = func.ops.func({ sym_name: 'rule', function_type: functionType([], []) }).operation;
    (module.region().entry ?? module.region().addBlock()).append(main);
    const block = main.region().addBlock();
    const shape = Array.from({ length: 1 + random.below(4) }, () => 1 + random.below(3));
    const type = tensorType(shape, f32);
    try {
      let value = (random.once(4) ? constantOf(dialect, type, block, random) : undefined) ?? block.addArgument(type);
      const favourites = isMove(root) ? [root, root] : [];
      for (let count = random.below(3); count > 0; count--)
        value = applied(random.pick([...favourites, ...moves]), value, block, random);
      const last = applied(root, value, block, random);
      Builder.atEnd(block).build(() => func.ops.return({ operands: [last] }));
      const inputs = block.arguments.map((argument) => argument.type);
      main.setAttribute('function_type', typeAttribute(functionType(inputs, [last.type])));
      return { module, function: main };
    } catch (error) {
      if (error instanceof VerifyError || error instanceof RangeError) return undefined;
      throw error;
    }
  });
}

function differenceOn(
  before: Operation,
  after: Operation,
  random: Random,
): Omit<Counterexample, 'programs'> | undefined {
  const types = (before.region().entry?.arguments ?? []).map(({ type }) => type);
  const given = types.map((type): RuntimeValue => inputOf(type, random.once(2) ? 'wide' : 'edge', random));
  const [expected] = resultsOf(newEvaluator(), before, given) ?? [];
  const [found] = resultsOf(newEvaluator(), after, given) ?? [];
  const difference = expected === undefined ? undefined : valueDifference(expected, found);
  if (!difference) return undefined;
  const place = difference.element === undefined ? '' : ` at element ${difference.element}`;
  const shown = given.map((value) => (value instanceof NdArray ? `[${[...value.data].join(', ')}]` : String(value)));
  return { given: shown, before: `${difference.before}${place}`, after: difference.after };
}

/** Judges a rule on programs that are drawn until it matched often enough. */
export function judgeDrawn(rule: DrawnRule): Verdict {
  const told = { rule: rule.name, source: rule.source, unit: 'programs' as const };
  const checked: CheckedRule = { ...rule, template: [], dialects: [rule.dialect] };
  let programs = 0;
  const found = (outcome: 'tested' | 'refuted', counterexample: Counterexample | undefined): Verdict => ({
    ...told,
    types: [{ type: undefined, outcome, programs, inputs: programs, counterexample }],
    untried: undefined,
  });
  for (let stream = 0; stream < mostPrograms && programs < enough; stream++) {
    const random = new Random(1, stream);
    const before = drawn(rule, random);
    const step = before && stepOf(checked, before);
    if (!step) continue;
    programs++;
    if (step.error !== undefined)
      return found(
        'refuted',
        withPrograms(step, { given: [], before: 'a valid program', after: `no valid one: ${step.error}` }),
      );
    const difference = differenceOn(step.before.function, step.after.function, random);
    if (difference) return found('refuted', withPrograms(step, difference));
  }
  return programs > 0
    ? found('tested', undefined)
    : { ...told, types: [], untried: 'it matches none of the programs that were drawn' };
}
