/** Memory: where it comes from and when it goes. */
import {
  anyType,
  dynamic,
  effectsOn,
  implement,
  memoryEffects,
  type MemRefType,
  op,
  type Operation,
  optional,
  region,
  type Type,
  type Value,
  variadic,
} from '../../ir/index.ts';
import { alignment } from './attribute.ts';
import { anyMemRef, indexValue, memref1D, memrefTypeOf, rankedMemRef } from './constraint.ts';
import { hasIdentityLayout, layoutSymbols } from './layout.ts';
import { scopeAssembly } from './region-form.ts';

/** How many extents of a type are given when the program runs. */
export const dynamicExtents = ({ shape }: MemRefType): number => shape.filter((extent) => extent === dynamic).length;

const allocationAssembly = '`(` $dynamicSizes `)` (`` `[` $symbolOperands^ `]`)? attr-dict `:` type($memref)';

interface Allocation {
  readonly memref: Value;
  readonly dynamicSizes: readonly Value[];
  readonly symbolOperands: readonly Value[];
}

function allocationError(_: Operation, { memref, dynamicSizes, symbolOperands }: Allocation): string | undefined {
  const type = memrefTypeOf(memref);
  const extents = dynamicExtents(type);
  if (dynamicSizes.length !== extents)
    return `incorrect number of dynamic sizes, has ${dynamicSizes.length}, expected ${extents}`;
  const symbols = hasIdentityLayout(type) ? 0 : layoutSymbols(type);
  return symbolOperands.length === symbols
    ? undefined
    : `symbol operand count does not equal memref symbol count: expected ${symbols}, got ${symbolOperands.length}`;
}

/** Memory that lives until `dealloc`. */
export const alloc = op('memref.alloc', {
  summary: 'allocates memory that lives until it is freed',
  operands: { dynamicSizes: variadic(indexValue), symbolOperands: variadic(indexValue) },
  attributes: { alignment },
  results: { memref: rankedMemRef },
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'allocate', result: 0 }))],
  assembly: allocationAssembly,
  verifySignature: allocationError,
});

/** Operations at whose end the memory of `alloca` inside goes: upstream's, also those that are not declared here. */
const allocationScopes: ReadonlySet<string> = new Set([
  'func.func',
  'memref.alloca_scope',
  'scf.for',
  'scf.forall',
  'scf.parallel',
  'affine.for',
  'affine.parallel',
  'async.execute',
  'emitc.func',
  'gpu.func',
  'gpu.launch',
  'llvm.func',
  'omp.parallel',
  'spirv.func',
]);

/** Memory that lives until the scope around it ends. */
export const alloca = op('memref.alloca', {
  summary: 'allocates memory that lives until the scope around it ends',
  operands: { dynamicSizes: variadic(indexValue), symbolOperands: variadic(indexValue) },
  attributes: { alignment },
  results: { memref: rankedMemRef },
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'allocate', result: 0 }))],
  assembly: allocationAssembly,
  verifySignature: allocationError,
  verifyOperation: (operation) => {
    for (let outer = operation.parentOperation; outer; outer = outer.parentOperation)
      if (allocationScopes.has(outer.name)) return undefined;
    return operation.parentOperation
      ? 'requires an ancestor op with AutomaticAllocationScope trait, such as a function or a loop'
      : undefined;
  },
});

/** Frees memory of `alloc`. */
export const dealloc = op('memref.dealloc', {
  summary: 'frees memory',
  operands: { memref: anyMemRef },
  interfaces: [implement(memoryEffects, effectsOn({ kind: 'free', operand: 0 }))],
  assembly: '$memref attr-dict `:` type($memref)',
});

/** Changes how much memory there is; what was in it stays, as far as there is room. */
export const realloc = op('memref.realloc', {
  summary: 'changes how much memory there is',
  operands: { source: memref1D, dynamicResultSize: optional(indexValue) },
  attributes: { alignment },
  results: { memref: memref1D },
  assembly: '$source (`(` $dynamicResultSize^ `)`)? attr-dict `:` type($source) `to` type($memref)',
  verifySignature: (_, { source, dynamicResultSize, memref }) => {
    const [from, to] = [memrefTypeOf(source), memrefTypeOf(memref)];
    if (!hasIdentityLayout(from)) return `unsupported layout for source memref type '${from.text}'`;
    if (!hasIdentityLayout(to)) return `unsupported layout for result memref type '${to.text}'`;
    const both = `specified for source memref type '${from.text}' and result memref type '${to.text}'`;
    if (from.space !== to.space) return `different memory spaces ${both}`;
    if (from.element !== to.element) return `different element types ${both}`;
    const needed = dynamicExtents(to) > 0;
    if (needed === (dynamicResultSize !== undefined)) return undefined;
    return `${needed ? 'missing' : 'unnecessary'} dimension operand for result type '${to.text}'`;
  },
});

const typesText = (values: readonly { readonly type: Type }[]): string =>
  `(${values.map(({ type }) => type.text).join(', ')})`;

/** A scope: the memory of every `alloca` in it goes at its end. */
export const allocaScope = op('memref.alloca_scope', {
  summary: 'a scope at whose end the memory of every alloca in it goes',
  results: { results: variadic(anyType) },
  regions: { bodyRegion: region('one block without arguments') },
  traits: ['single-block', 'recursive-effects'],
  assembly: scopeAssembly,
  verifyOperation: (_, { bodyRegion, results }) => {
    const { entry } = bodyRegion;
    if (!entry) return `region 'bodyRegion' has no block, expected one`;
    if (entry.arguments.length > 0) return 'region should have no arguments';
    const { last } = entry;
    if (last?.name !== allocaScopeReturn.opName) return `expects its region to end with '${allocaScopeReturn.opName}'`;
    const [found, expected] = [typesText(last.operands), typesText(results)];
    return found === expected ? undefined : `region returns ${found}, but the results are ${expected}`;
  },
});

/** Leaves the scope with its operands. */
export const allocaScopeReturn = op('memref.alloca_scope.return', {
  summary: 'leaves the scope with its operands',
  operands: { results: variadic(anyType) },
  traits: ['pure', 'terminator', 'return-like'],
  assembly: 'attr-dict ($results^ `:` type($results))?',
  parents: ['memref.alloca_scope'],
});
