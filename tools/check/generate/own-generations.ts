/** How operations are drawn, of every dialect that says so. Membership is this list. */
import { arithGeneration } from '../../../dialects/arith/generation.ts';
import { builtinGeneration } from '../../../dialects/builtin/generation.ts';
import { cfGeneration } from '../../../dialects/cf/generation.ts';
import { funcGeneration } from '../../../dialects/func/generation.ts';
import { memrefGeneration } from '../../../dialects/memref/generation.ts';
import { scfGeneration } from '../../../dialects/scf/generation.ts';
import { tensorGeneration } from '../../../dialects/tensor/generation.ts';
import type { DialectGeneration } from '../../../ir/index.ts';

/** What our dialects say of how their operations are drawn. */
export const ownGenerations: readonly DialectGeneration[] = [
  builtinGeneration,
  funcGeneration,
  arithGeneration,
  cfGeneration,
  scfGeneration,
  memrefGeneration,
  tensorGeneration,
];
