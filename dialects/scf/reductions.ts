/** How structured control flow becomes smaller: with fewer values that it carries and gives. */
import type { Operation, Type, Value } from '../../ir/index.ts';
import { operationsIn, type Reduction, reduction } from '../../rewrite/reduction.ts';
import { scf } from './index.ts';

/** One value that an operation gives. */
interface Part {
  readonly of: Operation;
  readonly at: number;
}

const { ops } = scf;
const choices = [ops.if, ops.executeRegion, ops.indexSwitch];
const isChoice = (operation: Operation): boolean => choices.some((op) => operation.is(op));
const unreadResults =
  (holds: (operation: Operation) => boolean) =>
  (module: Operation): readonly Part[] =>
    operationsIn(module, holds).flatMap((of) =>
      of.results.flatMap(({ isUnused }, at) => (isUnused ? [{ of, at }] : [])),
    );

/** Puts the same operation with other operands and results in the place of one; its regions move. */
function rebuilt(operation: Operation, operands: readonly Value[], types: readonly Type[], dropped: number): void {
  const { context, name, attributes, regions, location } = operation;
  const made = context.create(name, operands, types, { attributes, regions: regions.length, location });
  for (const [at, region] of regions.entries()) made.region(at).takeBlocks(region);
  made.moveBefore(operation);
  for (const [at, result] of operation.results.toSpliced(dropped, 1).entries())
    result.replaceAllUsesWith(made.result(at));
  operation.erase();
}

const typesWithout = (operation: Operation, at: number): readonly Type[] =>
  operation.results.map(({ type }) => type).toSpliced(at, 1);
/** Takes one operand away from every terminator that ends a region. */
function yieldWithout(operation: Operation, region: number, at: number): void {
  for (const { last } of operation.region(region).blocks)
    if (last?.is(ops.yield) || last?.is(ops.condition)) last.setOperands(last.operands.toSpliced(at, 1));
}

const dropChosen = ({ of, at }: Part): boolean => {
  if (of.isErased || !of.result(at).isUnused) return false;
  for (const region of of.regions.keys()) yieldWithout(of, region, at);
  rebuilt(of, of.operands, typesWithout(of, at), at);
  return true;
};

/** A value that a loop carries stays as it came in. */
const dropCarried = ({ of, at }: Part): boolean => {
  const body = of.isErased ? undefined : of.region(0).entry;
  if (!body) return false;
  const initial = of.operand(3 + at);
  of.result(at).replaceAllUsesWith(initial);
  (body.arguments[1 + at] as Value).replaceAllUsesWith(initial);
  body.eraseArgument(1 + at);
  yieldWithout(of, 0, at);
  rebuilt(of, of.operands.toSpliced(3 + at, 1), typesWithout(of, at), at);
  return true;
};

/** What an `scf.while` gives to its second region and its result, when nobody reads either. */
const dropGiven = ({ of, at }: Part): boolean => {
  const after = of.isErased ? undefined : of.region(1).entry;
  if (!after?.arguments[at]?.isUnused || !of.result(at).isUnused) return false;
  after.eraseArgument(at);
  yieldWithout(of, 0, 1 + at);
  rebuilt(of, of.operands, typesWithout(of, at), at);
  return true;
};

/** What an `scf.while` carries into its condition stays as it came in. */
const dropTested = ({ of, at }: Part): boolean => {
  const before = of.isErased ? undefined : of.region(0).entry;
  if (!before || at >= of.operandCount) return false;
  (before.arguments[at] as Value).replaceAllUsesWith(of.operand(at));
  before.eraseArgument(at);
  yieldWithout(of, 1, at);
  of.setOperands(of.operands.toSpliced(at, 1));
  return true;
};

/** The reductions of structured control flow. */
export const scfReductions: readonly Reduction[] = [
  reduction(
    'scf-carried-values',
    (module) =>
      operationsIn(module, (operation) => operation.is(ops.for)).flatMap((of) =>
        of.results.map((_, at) => ({ of, at })),
      ),
    dropCarried,
  ),
  reduction(
    'scf-tested-values',
    (module) =>
      operationsIn(module, (operation) => operation.is(ops.while)).flatMap((of) =>
        of.operands.map((_, at) => ({ of, at })),
      ),
    dropTested,
  ),
  reduction(
    'scf-given-values',
    unreadResults((operation) => operation.is(ops.while)),
    dropGiven,
  ),
  reduction('scf-results', unreadResults(isChoice), dropChosen),
];
