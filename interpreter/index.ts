/** Values and the executable meanings of every level. */
export { arithSemantics } from './arith.ts';
export * from './budget.ts';
export { builtinSemantics } from './builtin.ts';
export { cfSemantics } from './cf.ts';
export * from './dense-data.ts';
export * from './evaluate.ts';
export type { Frame, Observer } from './frame.ts';
export { funcSemantics } from './func.ts';
export { graphSemantics } from './kernel/graph.ts';
export { tensoropSemantics } from './kernel/tensorop.ts';
export * from './ndarray.ts';
export * from './number.ts';
export { scfSemantics } from './scf.ts';
export * from './semantics.ts';
export * from './value.ts';
export * from './bound.ts';
export { type Bounded, bounded, firstOutside } from './bound/arithmetic.ts';
