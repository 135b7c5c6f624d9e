/** Judging what an operation on constants folds to: on all numbers of small types, on edges and random ones of others. */
import { arithSemantics, Evaluator, type RuntimeValue, type Scalar } from '../../interpreter/index.ts';
import { type Attribute, type Dialect, DiagnosticError, type Operation, type Type, Value } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import { attributeType } from '../../rewrite/rules/index.ts';
import { valueDifference } from '../check/values.ts';
import { normal } from '../../interpreter/integer.ts';
import { type Instance, instances, rootIn } from './instances.ts';
import type { JudgeOptions } from './judge.ts';
import type { Counterexample, TypeVerdict, Verdict } from './verdict.ts';
import { inputsOf, scalarText, usualCompleteBits } from './run.ts';
import { attributeOf } from './samples.ts';
import { foldTemplate, type OperandShape } from './template.ts';
import { Untried } from './template-types.ts';

/** An operation whose fold on constants is judged. */
export interface ConstantFold {
  readonly name: string;
  readonly op: Dialect['ops'][string];
  readonly dialects: readonly Dialect[];
}

const names = ['c', 'd', 'e'];

/** The fold of an operation on constants; undefined where it has no fold, or no operands. */
export function constantFold(op: Dialect['ops'][string], dialects: readonly Dialect[]): ConstantFold | undefined {
  const count = op.definition.operands.length;
  return op.definition.fold && count > 0 && count <= names.length
    ? { name: `${op.opName} ${names.slice(0, count).join(', ')}`, op, dialects }
    : undefined;
}

/** The number that a constant is; undefined where it is none of the type. */
function numberOf(attribute: Attribute, type: Type): Scalar | undefined {
  if (attributeType(attribute) !== type) return undefined;
  if (attribute.kind === 'bool') return Number(attribute.value);
  if (attribute.kind === 'float') return attribute.value;
  return attribute.kind === 'integer' && type.kind !== 'float'
    ? normal(BigInt(attribute.value), type as never)
    : undefined;
}

function meaningOf(
  evaluator: Evaluator,
  root: Operation,
  given: readonly Scalar[],
): readonly RuntimeValue[] | undefined {
  try {
    return evaluator.apply(root, given);
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}

type Sampling = Pick<JudgeOptions, 'samples' | 'completeBits'>;

/** Where a fold differs from the meaning, and on how many inputs it folded. */
function compare(
  fold: NonNullable<ConstantFold['op']['definition']['fold']>,
  { function: of }: Instance,
  { samples, completeBits = usualCompleteBits }: Sampling,
): { readonly folded: number; readonly complete: boolean; readonly counterexample: Counterexample | undefined } {
  const root = rootIn(of);
  const types = root.operands.map(({ type }) => type);
  const { lists, complete } = inputsOf(types, samples, completeBits);
  const evaluator = new Evaluator([arithSemantics]);
  let folded = 0;
  for (const given of lists) {
    const made = fold(
      root,
      given.map((value, at) => attributeOf(value, types[at] as Type)),
    );
    const expected = made && meaningOf(evaluator, root, given);
    if (!made || !expected) continue;
    folded++;
    const found = made.map((one, at) =>
      one instanceof Value ? given[root.operands.indexOf(one)] : numberOf(one, root.result(at).type),
    );
    if (!expected.some((value, at) => valueDifference(value, found[at]))) continue;
    const counterexample: Counterexample = {
      given: given.map(scalarText),
      before: expected.map((value) => scalarText(value as Scalar)).join(', '),
      after: found
        .map((value, at) => (value === undefined ? (made[at] as Attribute).text : scalarText(value)))
        .join(', '),
      programs: [printOperation(of), ''],
    };
    return { folded, complete, counterexample };
  }
  return { folded, complete, counterexample: undefined };
}

/** Judges a fold on constants for main types, up to the first for which it is wrong. */
export function judgeConstantFold(
  { name, op, dialects }: ConstantFold,
  mains: readonly Type[],
  sampling: Sampling,
): Verdict {
  const types: TypeVerdict[] = [];
  const told = { rule: name, source: 'fold', unit: 'inputs' as const };
  const { fold, operands } = op.definition;
  if (!fold) throw new Error(`${op.opName} does not fold`);
  const shape = operands.map((_, number): OperandShape => ({ kind: 'value', number }));
  try {
    for (const type of mains) {
      let [programs, inputs, everywhere] = [0, 0, true];
      let wrong: Counterexample | undefined;
      for (const instance of instances(foldTemplate(op.opName, '', { text: '', operands: shape }), type, dialects)) {
        const { folded, complete, counterexample } = compare(fold, instance, sampling);
        if (folded === 0) continue;
        programs++;
        inputs += folded;
        everywhere &&= complete;
        wrong ??= counterexample;
      }
      if (programs === 0) continue;
      const outcome = wrong ? 'refuted' : everywhere ? 'exhausted' : 'tested';
      types.push({ type, outcome, programs, inputs, counterexample: wrong });
      if (wrong) break;
    }
  } catch (error) {
    if (error instanceof Untried) return { ...told, types: [], untried: error.message };
    throw error;
  }
  return { ...told, types, untried: types.length === 0 ? 'it folds none of the constants that were tried' : undefined };
}
