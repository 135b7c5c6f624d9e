/**
 * Lowerings: a table from every operation of one dialect into others. The mapped type is the
 * conversion target, so that an operation without a rule is a type error.
 */
import { VerifyError } from '../ir/instantiate.ts';
import { within } from '../ir/ambient.ts';
import type { Dialect } from '../ir/dialect.ts';
import { type Diagnostic, DiagnosticError, errorAt } from '../ir/diagnostic.ts';
import type { AnyOp, ValueLike } from '../ir/op.ts';
import { Operation } from '../ir/operation.ts';
import { Value } from '../ir/value.ts';
import type { ActionOptions } from './action.ts';
import { type ArgumentsOf, argumentsOf } from './arguments.ts';
import { convert, conversion } from './convert.ts';
import type { Knobs, Settings } from './knob.ts';
import { Changed, NoMatch, type Outcome, type RewritePattern } from './pattern.ts';
import { failAt, Rewriter } from './rewriter.ts';
import { conversionTarget } from './target.ts';
import type { TypeConverter } from './type-converter.ts';

/** How one operation is lowered: its parts and the settings in, what stands for it out. */
export type LoweringRule<D, K extends Knobs> = (
  args: ArgumentsOf<D>,
  settings: Settings<K>,
  builder: Rewriter,
) => Outcome;

/** A rule for every operation of a dialect that is not kept. */
export type LoweringTable<D extends Dialect['ops'], Kept extends AnyOp, K extends Knobs> = {
  readonly [X in keyof D as D[X] extends Kept ? never : X]: LoweringRule<D[X], K>;
};

/** A rule with its static types erased. */
export type ErasedRule = (args: never, settings: never, builder: Rewriter) => Outcome;

/** A lowering as drivers and tests see it. */
export interface Lowering<K extends Knobs = Knobs> {
  readonly name: string;
  readonly from: Dialect;
  readonly to: readonly Dialect[];
  readonly knobs: K;
  /** The operations of the source dialect that stay. */
  readonly keep: readonly AnyOp[];
  readonly types: TypeConverter | undefined;
  /** The rules by full operation name, with the declarations. */
  readonly rules: ReadonlyMap<string, { readonly op: AnyOp; readonly lower: ErasedRule }>;
}

/** What a lowering leads from and to. `keep` are operations that stay and need no rule. */
export interface LoweringSpec<D extends Dialect, K extends Knobs, Kept extends AnyOp> {
  readonly from: D;
  readonly to: readonly Dialect[];
  readonly knobs: K;
  readonly keep?: readonly Kept[];
  readonly types?: TypeConverter;
  /** `<from>-to-<to>` unless given. */
  readonly name?: string;
}

/** Declares a lowering. */
export function lowering<const D extends Dialect, const K extends Knobs, const Kept extends AnyOp = never>(
  spec: LoweringSpec<D, K, Kept>,
  table: NoInfer<LoweringTable<D['ops'], Kept, K>>,
): Lowering<K> {
  const rules = new Map<string, { readonly op: AnyOp; readonly lower: ErasedRule }>();
  const given = table as unknown as Readonly<Record<string, ErasedRule>>;
  for (const [key, op] of Object.entries(spec.from.ops as Readonly<Record<string, AnyOp>>)) {
    const lower = Object.hasOwn(given, key) ? given[key] : undefined;
    if (lower) rules.set(op.opName, { op, lower });
  }
  return {
    name: spec.name ?? `${spec.from.name}-to-${spec.to.map((dialect) => dialect.name).join('-')}`,
    from: spec.from,
    to: spec.to,
    knobs: spec.knobs,
    keep: spec.keep ?? [],
    types: spec.types,
    rules,
  };
}

/** The rules of a lowering as conversion patterns, for use beside others. */
export const loweringPatterns = <K extends Knobs>(
  lowering: Lowering<K>,
  settings: Settings<K>,
): readonly RewritePattern[] =>
  [...lowering.rules.values()].map(({ op, lower }) =>
    conversion(`lower ${op.opName}`, op, (args, rewriter) => lower(args as never, settings as never, rewriter)),
  );

/** How `lowerModule` works. */
export interface LowerOptions extends ActionOptions {
  /** Whether the contract of every rule is checked. */
  readonly check?: boolean | undefined;
}

/**
 * Lowers every operation of the source dialect inside `module`, in place; others stay. On failure
 * the module is as before, and the `DiagnosticError` names every operation that is left and why.
 */
export function lowerModule<K extends Knobs>(
  lowering: Lowering<K>,
  module: Operation,
  settings: Settings<K>,
  options: LowerOptions = {},
): number {
  for (const dialect of lowering.to) module.context.load(dialect);
  const target = conversionTarget({ illegal: [lowering.from], legal: lowering.keep });
  return convert(module, target, loweringPatterns(lowering, settings), {
    ...options,
    mode: 'partial',
    types: lowering.types,
  });
}

/**
 * Lowers one operation that stands in a block, and leaves it there: what it lowers to is inserted
 * before it. Gives the values that stand for its results. Throws a located `DiagnosticError`.
 */
export function lowerOne<K extends Knobs>(
  lowering: Lowering<K>,
  operation: Operation,
  settings: Settings<K>,
): readonly Value[] {
  for (const dialect of lowering.to) operation.context.load(dialect);
  const block = operation.parent;
  if (!block) return failAt(operation, `'${operation.name}' is detached; put it into a block to lower it`);
  const rule = lowering.rules.get(operation.name);
  if (!rule) return failAt(operation, `'${operation.name}' has no rule in '${lowering.name}'`);
  const rewriter = new Rewriter(block, operation);
  const args = argumentsOf(rule.op, operation);
  return within(operation.context, operation.location, () => {
    let outcome: Outcome;
    try {
      outcome = rule.lower(args as never, settings as never, rewriter);
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error;
      throw new DiagnosticError([invalid(operation, lowering.name, error.message)]);
    }
    if (outcome instanceof NoMatch)
      return failAt(operation, `'${operation.name}' could not be lowered by '${lowering.name}': ${outcome.reason}`);
    if (outcome instanceof Changed) return operation.results;
    return valuesOf(outcome, rewriter);
  });
}

const invalid = (operation: Operation, name: string, message: string): Diagnostic =>
  errorAt(operation.location, `'${operation.name}' is lowered by '${name}' to an invalid operation: ${message}`);

function valuesOf(outcome: ValueLike | readonly ValueLike[], rewriter: Rewriter): readonly Value[] {
  const place = (like: ValueLike): Operation | undefined =>
    like instanceof Value
      ? like.owner
      : like instanceof Operation
        ? like
        : (like as { operation: Operation }).operation;
  if (Array.isArray(outcome)) {
    return (outcome as readonly ValueLike[]).map((like) => {
      const owner = place(like);
      if (owner) rewriter.insert(owner);
      return like instanceof Value ? like : (owner as Operation).result(0);
    });
  }
  const owner = place(outcome as ValueLike);
  if (owner) rewriter.insert(owner);
  return outcome instanceof Value ? [outcome] : (owner as Operation).results;
}
