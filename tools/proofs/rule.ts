/** Rules as they are checked: folds, patterns and rules of files, each with the programs that it starts from. */
import {
  type Attribute,
  clone,
  type Context,
  type Dialect,
  DiagnosticError,
  type OpDefinition,
  type Operation,
  Value,
  verify,
  VerifyError,
  within,
} from '../../ir/index.ts';
import { Changed, NoMatch, type RewritePattern, Rewriter } from '../../rewrite/index.ts';
import { compileRule, type RuleData, type RuleOptions } from '../../rewrite/rules/index.ts';
import { functionIn, type Instance, rootIn } from './instances.ts';
import { dagTemplate, foldShapes, foldTemplate, type Template } from './template.ts';

/** Something that replaces operations by others of the same value. */
export interface CheckedRule {
  readonly name: string;
  /** Where it is from: `fold`, `pattern`, or a file. */
  readonly source: string;
  /** What it starts from. */
  readonly template: Template;
  /** The dialects of its programs. */
  readonly dialects: readonly Dialect[];
  /** Replaces the operation; false where the rule does not match. */
  apply(root: Operation, rewriter: Rewriter): boolean;
}

/** The fold of an operation as a rule's way to apply. */
export const byFold =
  (fold: NonNullable<OpDefinition['fold']>, dialect: Dialect): CheckedRule['apply'] =>
  (root, rewriter) =>
    applyFold(fold, dialect, root, rewriter);
/** A pattern as a rule's way to apply. */
export const byPattern =
  (pattern: RewritePattern): CheckedRule['apply'] =>
  (root, rewriter) =>
    applyPattern(pattern, root, rewriter);

const constantOf = (value: Value): Attribute | undefined =>
  value.owner?.hasTrait('constant-like') ? value.owner.attribute('value') : undefined;

/** Folds as drivers do: what is equal to a value becomes it, what is constant is materialised. */
function applyFold(
  fold: NonNullable<OpDefinition['fold']>,
  dialect: Dialect,
  root: Operation,
  rewriter: Rewriter,
): boolean {
  const folded = fold(root, root.operands.map(constantOf));
  if (!folded) return false;
  const values: Value[] = [];
  for (const [at, to] of folded.entries()) {
    if (to instanceof Value && to.owner === root) return false;
    const made = to instanceof Value ? to : dialect.materializeConstant?.(to, root.result(at).type)?.operation;
    if (!made) return false;
    if (made instanceof Value) values.push(made);
    else values.push(rewriter.insert(made).result());
  }
  rewriter.replace(root, values);
  return true;
}

/** The folds of one operation: one rule for each shape of operands; constants everywhere are another matter. */
export function foldRules(
  definition: OpDefinition,
  dialect: Dialect,
  dialects: readonly Dialect[],
): readonly CheckedRule[] {
  const { fold, opName } = definition;
  const constant = Object.values(dialect.ops).find((op) => op.definition.traits.has('constant-like'));
  if (!fold) return [];
  return foldShapes(definition)
    .filter(({ operands }) => constant !== undefined || operands.every(({ kind }) => kind !== 'constant'))
    .map((shape) => ({
      name: `${opName} ${shape.text}`,
      source: 'fold',
      template: foldTemplate(opName, constant?.opName ?? '', shape),
      dialects,
      apply: byFold(fold, dialect),
    }));
}

function applyPattern(pattern: RewritePattern, root: Operation, rewriter: Rewriter): boolean {
  const outcome = pattern.apply(root, rewriter);
  if (outcome instanceof NoMatch) return false;
  if (!(outcome instanceof Changed)) rewriter.replace(root, outcome);
  return true;
}

/** A declarative pattern; undefined for one that is a function, whose programs only generators can draw. */
export const patternRule = (pattern: RewritePattern, dialects: readonly Dialect[]): CheckedRule | undefined =>
  pattern.dag && {
    name: pattern.name,
    source: 'pattern',
    template: dagTemplate(pattern.dag),
    dialects,
    apply: byPattern(pattern),
  };

/** A rule of a file. */
export function fileRule(
  rule: RuleData,
  source: string,
  context: Context,
  dialects: readonly Dialect[],
  options: RuleOptions = {},
): CheckedRule {
  const pattern = compileRule(rule, context, options);
  return {
    name: rule.name,
    source,
    template: rule.operations,
    dialects,
    apply: byPattern(pattern),
  };
}

/** A program before and after a rule. */
export interface Step {
  readonly before: Instance;
  readonly after: Instance;
  /** Why there is no valid program after the rule. */
  readonly error: string | undefined;
}

/** Applies a rule to a program; undefined where it does not match. */
export function stepOf(rule: CheckedRule, before: Instance): Step | undefined {
  const module = clone(before.module);
  const after = { module, function: functionIn(module) };
  const root = rootIn(after.function);
  const block = root.parent;
  if (!block) throw new Error('a program to apply a rule to has a body');
  try {
    const matched = within(module.context, { kind: 'unknown' }, () => rule.apply(root, new Rewriter(block, root)));
    if (matched) return { before, after, error: verify(module)[0]?.message };
    module.erase();
    return undefined;
  } catch (error) {
    const [diagnostic] = error instanceof DiagnosticError ? error.diagnostics : [];
    if (!diagnostic && !(error instanceof VerifyError)) throw error;
    return { before, after, error: diagnostic?.message ?? (error as VerifyError).message };
  }
}
