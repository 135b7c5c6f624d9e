/** Every reduction there is. Membership is this list. */
import { cfReductions } from '../../dialects/cf/reductions.ts';
import { funcReductions } from '../../dialects/func/reductions.ts';
import { scfReductions } from '../../dialects/scf/reductions.ts';
import type { Reduction } from '../../rewrite/reduction.ts';
import { blockReductions } from './block-reductions.ts';
import { genericReductions } from './reductions.ts';

/** Every reduction: the coarse ones first. */
export const allReductions: readonly Reduction[] = [
  ...funcReductions,
  ...genericReductions,
  ...cfReductions,
  ...blockReductions,
  ...scfReductions,
];
