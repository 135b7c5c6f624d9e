/** The ways through the levels as lists of passes. */
import { tensoropPatterns } from '../dialects/tensorop/patterns.ts';
import { canonicalize, cse, type Pass } from '../rewrite/index.ts';
import { graphToTensoropPass } from './graph-to-tensorop/index.ts';
import { propagateLayout } from './layout.ts';
import { castToHalf, expandDivision } from './precision.ts';

/** `canonicalize` with the patterns of all dialects. */
export const canonicalizePass = canonicalize(tensoropPatterns) as unknown as Pass;

/** From the graph level to tensor operations in the network's own precision; every step is exact. */
export const tensorPasses: readonly Pass[] = [
  graphToTensoropPass,
  canonicalizePass,
  propagateLayout,
  cse,
  canonicalizePass,
] as unknown as readonly Pass[];

/** From tensor operations to what the machine can do; not exact. */
export const precisionPasses: readonly Pass[] = [
  castToHalf,
  expandDivision,
  canonicalizePass,
] as unknown as readonly Pass[];
