/** Reductions that need to know no operation: they go by uses, types, regions and traits. */
import type { Block, Operation, Region, Value } from '../../ir/index.ts';
import { operationsIn, type Reduction, reduction } from '../../rewrite/reduction.ts';
import { constantBefore, valueBefore, zeroOf } from './substitutes.ts';

const isPlain = (operation: Operation): boolean =>
  !operation.hasTrait('terminator') && !operation.hasTrait('symbol') && operation.successors.length === 0;
const plain = (module: Operation): readonly Operation[] => operationsIn(module, isPlain);

/** Erases an operation after something else stands for what is read of it. */
function eraseWith(operation: Operation, substitute: (value: Value) => Value | undefined): boolean {
  if (operation.isErased) return false;
  for (const result of operation.results) {
    if (result.isUnused) continue;
    const other = substitute(result);
    if (!other || other === result) return false;
    result.replaceAllUsesWith(other);
  }
  operation.erase();
  return true;
}

/** Symbols go, also those that are named: who names them shows whether that mattered. */
const symbols = reduction(
  'symbols',
  (module) => operationsIn(module, (operation) => operation.hasTrait('symbol')),
  (operation) => !operation.isErased && (operation.erase(), true),
);
const unread = reduction(
  'unread-operations',
  (module) => plain(module).filter(({ isUnused }) => isUnused),
  (operation) => eraseWith(operation, () => undefined),
);
const byValue = reduction('operations-by-values', plain, (operation) =>
  eraseWith(operation, ({ type }) => valueBefore(operation, type)),
);
const byConstant = reduction(
  'operations-by-constants',
  (module) => plain(module).filter((operation) => !operation.hasTrait('constant-like')),
  (operation) => eraseWith(operation, ({ type }) => constantBefore(operation, type)),
);
/** Single operands become constants. */
const operandsByConstants = reduction(
  'operands-by-constants',
  (module) =>
    operationsIn(module, () => true).flatMap((of) =>
      of.operands.flatMap((value, at) => (value.owner?.hasTrait('constant-like') ? [] : [{ of, at }])),
    ),
  ({ of, at }) => {
    const value = of.isErased ? undefined : of.operands[at];
    const constant = value && constantBefore(of, value.type);
    if (!constant) return false;
    of.setOperand(at, constant);
    return true;
  },
);

/** The content of a region takes the place of the operation that holds it. */
function hoist(operation: Operation, region: Region): boolean {
  const [block, ...more] = region.blocks;
  if (operation.isErased || !block || more.length > 0) return false;
  for (const argument of block.arguments) {
    if (argument.isUnused) continue;
    const stand = valueBefore(operation, argument.type) ?? constantBefore(operation, argument.type);
    if (!stand) return false;
    argument.replaceAllUsesWith(stand);
  }
  const { last } = block;
  const given = last?.hasTrait('terminator') ? last.operands : [];
  for (const inner of block.operations)
    if (inner !== last || !inner.hasTrait('terminator')) inner.moveBefore(operation);
  return eraseWith(
    operation,
    ({ type, index }) =>
      (given[index]?.type === type ? given[index] : given.find((value) => value.type === type)) ??
      valueBefore(operation, type) ??
      constantBefore(operation, type),
  );
}
const regions = reduction(
  'regions-hoisted',
  (module) =>
    operationsIn(module, (operation) => operation.hasRegions && isPlain(operation)).flatMap((of) =>
      of.regions.map((region) => ({ of, region })),
    ),
  ({ of, region }) => hoist(of, region),
);

/** A region of several blocks becomes its first block, which ends as one of the others did. */
function straighten(region: Region): boolean {
  const [entry, ...others] = region.blocks;
  const end = others.map(({ last }) => last).find((last) => last && last.successors.length === 0);
  const before = entry?.last;
  if (!entry || !end || !before) return false;
  const operands: Value[] = [];
  for (const value of end.operands) {
    const stand = valueBefore(before, value.type) ?? constantBefore(before, value.type);
    if (!stand) return false;
    operands.push(stand);
  }
  const types = end.results.map(({ type }) => type);
  entry.append(region.owner.context.create(end.name, operands, types, { attributes: end.attributes }));
  before.erase();
  const gone: readonly Block[] = others;
  const discarded = region.owner.context.create('reduce.discarded', [], [], { regions: 1 });
  for (const block of gone) discarded.region().append(block);
  discarded.erase();
  return true;
}
const blocks = reduction(
  'blocks',
  (module) => operationsIn(module, () => true).flatMap((of) => of.regions.filter((region) => region.blocks.length > 1)),
  straighten,
);

const discardable = reduction(
  'attributes',
  (module) =>
    operationsIn(module, () => true).flatMap((of) =>
      of.attributes.flatMap(({ name, property }) => (property ? [] : [{ of, name }])),
    ),
  ({ of, name }) => !of.isErased && (of.setAttribute(name, undefined), true),
);

/** Constants become zero. */
const constants = reduction(
  'constants',
  (module) => operationsIn(module, (operation) => operation.hasTrait('constant-like')),
  (operation) => {
    const value = operation.attribute('value');
    const zero = operation.resultCount === 1 ? zeroOf(operation.result(0).type) : undefined;
    if (!value || !zero || value === zero) return false;
    operation.setAttribute('value', zero);
    return true;
  },
);

/** Of equal constants one is enough. */
const sameConstants = reduction(
  'constants-merged',
  (module) => operationsIn(module, (operation) => operation.hasTrait('constant-like') && operation.resultCount === 1),
  (operation) => {
    const { type } = operation.isErased ? { type: undefined } : operation.result(0);
    if (!type || operation.attribute('value') !== zeroOf(type)) return false;
    return eraseWith(operation, () => constantBefore(operation, type));
  },
);

const moduleAttributes = reduction(
  'module-attributes',
  (module) => (module.attributes.length > 0 ? [module] : []),
  (module) => {
    module.setAttributes([]);
    return true;
  },
);

/** The reductions that suit every dialect, the coarse ones first. */
export const genericReductions: readonly Reduction[] = [
  symbols,
  regions,
  blocks,
  unread,
  byValue,
  byConstant,
  operandsByConstants,
  discardable,
  moduleAttributes,
  constants,
  sameConstants,
];
