/** Tensors as values. Spelled as upstream MLIR spells them. */
import { dialect } from '../../ir/index.ts';
import { bitcast, cast } from './cast.ts';
import { concat } from './concat.ts';
import { empty, fromElements, generate, splat, yieldOp } from './creation.ts';
import { dim, extract, insert, rank } from './element.ts';
import { gather, scatter } from './gather.ts';
import { pad } from './pad.ts';
import { collapseShape, expandShape, reshape } from './reshape.ts';
import { extractSlice, insertSlice, parallelInsertSlice } from './slice.ts';

/** The operations on tensors as values: shapes, parts, elements. */
export const tensor = dialect('tensor', {
  bitcast,
  cast,
  collapseShape,
  concat,
  dim,
  empty,
  expandShape,
  extract,
  extractSlice,
  fromElements,
  gather,
  generate,
  insert,
  insertSlice,
  pad,
  parallelInsertSlice,
  rank,
  reshape,
  scatter,
  splat,
  yield: yieldOp,
});
