/**
 * Layout: changes between channels-first and channels-last sink below what does not care about
 * the order of axes, until they meet their inverse and vanish.
 */
import { composeTransposes, tensoropPatterns } from '../dialects/tensorop/patterns.ts';
import { tensorop } from '../dialects/tensorop/index.ts';
import { type AnyOp, type Operation, type OpView, type TensorType, tensorType, type Value } from '../ir/index.ts';
import { noMatch, pass, patternOnAny, rewriteGreedily, type RewritePattern } from '../rewrite/index.ts';

const { broadcast, constant, transpose } = tensorop.ops;

const inverse = (permutation: readonly number[]): readonly number[] =>
  permutation.map((_, d) => permutation.indexOf(d));
const shapeOf = (value: Value): readonly number[] => (value.type as TensorType).shape;
/** A view of the same operation on other operands, of whose shape the results are; attributes and element types stay. */
function remade(operation: Operation, operands: readonly Value[]): OpView {
  const { definition } = operation;
  const found = Object.values(tensorop.ops).find((op) => (op as AnyOp).definition === definition) as AnyOp;
  const names = found.definition.operands.map(({ name }) => name);
  const view = found.view(operation) as unknown as Readonly<Record<string, unknown>>;
  const attributes = found.definition.attributes.map(({ name }) => [name, view[name]] as const);
  const make = found as unknown as (args: Readonly<Record<string, unknown>>) => OpView;
  return make({
    ...Object.fromEntries(names.map((name, at) => [name, operands[at]])),
    ...Object.fromEntries(attributes),
    types: operation.results.map(({ type }) => tensorType(shapeOf(operands[0] as Value), (type as TensorType).element)),
  });
}

/** f(xᵖ, …) = f(x, …)ᵖ for elementwise f; sides that are not transposed are transposed back where that folds away. */
export const sinkTranspose = patternOnAny('sink-transpose', (operation) => {
  if (!operation.hasTrait('elementwise') || operation.dialectName !== tensorop.name) return noMatch('not elementwise');
  const turned = operation.operands.map((value) => value.definedBy(transpose));
  const first = turned.find((view) => view !== undefined);
  if (!first) return noMatch('no operand is a transpose');
  const { permutation } = first;
  const same = (other: readonly number[]): boolean => other.every((d, at) => d === permutation[at]);
  const cheap = (value: Value): boolean =>
    value.definedBy(constant) !== undefined || value.definedBy(broadcast) !== undefined;
  if (!turned.every((view, at) => (view ? same(view.permutation) : cheap(operation.operand(at)))))
    return noMatch('the operands are transposed differently');
  const operands = turned.map((view, at) =>
    view ? view.input : transpose({ input: operation.operand(at), permutation: inverse(permutation) }).out,
  );
  return transpose({ input: remade(operation, operands), permutation });
});

/** Patterns of the layout pass. */
export const layoutPatterns: readonly RewritePattern[] = [sinkTranspose, composeTransposes, ...tensoropPatterns];

/** The pass that propagates layouts. */
export const propagateLayout = pass('propagate-layout', {
  summary: 'sink changes of layout until they cancel',
  exact: true,
  run(root, _, context) {
    const report = rewriteGreedily(root, layoutPatterns, {
      check: context.check,
      observer: context.observer,
      onAction: context.onAction,
      actionLimit: context.actionLimit,
    });
    context.count('rewrites', report.rewrites);
    context.count('folds', report.folds);
    context.count('dead', report.dead);
  },
});
