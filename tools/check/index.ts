/** Differential checking: generators from declarations, and what it means that levels agree. */
export * from './agree.ts';
export * from './choices.ts';
export * from './coverage.ts';
export * from './generate/arbitraries.ts';
export * from './generate/generate.ts';
export * from './generate/generations.ts';
export * from './generate/options.ts';
export * from './knobs.ts';
export * from './levels.ts';
export * from './lowerings.ts';
export * from './precision.ts';
export * from './program.ts';
export * from './property.ts';
export { Random } from './random.ts';
export * from './signature.ts';
export * from './tensors.ts';
