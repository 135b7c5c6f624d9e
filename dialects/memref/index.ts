/** Buffers: memory with extents, strides and an offset. Spelled as upstream MLIR spells it. */
import { dialect } from '../../ir/index.ts';
import { load, prefetch, store } from './access.ts';
import { alloc, alloca, allocaScope, allocaScopeReturn, dealloc, realloc } from './allocation.ts';
import { atomicRmw, atomicYield, genericAtomicRmw } from './atomic.ts';
import { cast, memorySpaceCast, reshape, view } from './cast.ts';
import { getGlobal, global } from './global.ts';
import {
  assumeAlignment,
  dim,
  distinctObjects,
  extractAlignedPointerAsIndex,
  extractStridedMetadata,
  rank,
} from './inspect.ts';
import { collapseShape, expandShape, transpose } from './rearrange.ts';
import { reinterpretCast, subview } from './subview.ts';
import { copy, dmaStart, dmaWait } from './transfer.ts';

export { type Count, type Strides, stridesOf } from './layout.ts';

/** The operations of buffers. */
export const memref = dialect('memref', {
  alloc,
  alloca,
  allocaScope,
  allocaScopeReturn,
  assumeAlignment,
  atomicRmw,
  atomicYield,
  cast,
  collapseShape,
  copy,
  dealloc,
  dim,
  distinctObjects,
  dmaStart,
  dmaWait,
  expandShape,
  extractAlignedPointerAsIndex,
  extractStridedMetadata,
  genericAtomicRmw,
  getGlobal,
  global,
  load,
  memorySpaceCast,
  prefetch,
  rank,
  realloc,
  reinterpretCast,
  reshape,
  store,
  subview,
  transpose,
  view,
});
