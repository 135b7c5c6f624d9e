import {
  anyType,
  attr,
  type MemRefType,
  op,
  type Operation,
  optional,
  optionalAttribute,
  spaceOf,
  type Type,
  typed,
  index,
  variadic,
} from '../../ir/index.ts';
import { commonRuns, isContiguous, layoutOf, memrefIn, memorySpaceOf } from './layout.ts';

const asMemRef = (type: Type | undefined): MemRefType | undefined => (type?.kind === 'memref' ? type : undefined);

/** A memref in one of the machine's memories, with a strided layout. */
function memoryError(type: Type): string | undefined {
  const memref = asMemRef(type);
  if (!memref) return `has type ${type.text}, expected a memref`;
  if (!memorySpaceOf(memref)) return `is in space '${spaceOf(memref)}', expected gdram, ldram, nram or wram`;
  return layoutOf(memref) ? undefined : `has layout ${memref.layout?.text}, expected a strided one`;
}

/** A named block of GDRAM that all cores share: an input, an output, a constant or a temporary. */
export const buffer = op('mlu.buffer', {
  summary: 'a named block of GDRAM shared by all cores',
  attributes: {
    sym_name: attr.text({}),
    type: attr.type(),
    role: attr.oneOf(['input', 'output', 'constant', 'temporary'], { default: 'temporary' }),
    /** Extents that a user sees; the memory has padded rows. */
    shape: attr.ints({ min: 0, default: [] }),
    value: optionalAttribute(attr.elements()),
  },
  assembly: '$sym_name attr-dict',
  traits: ['symbol'],
  verifyOperation: (_, view) => {
    const type = asMemRef(view.type);
    if (!type || memorySpaceOf(type) !== 'gdram' || !isContiguous(type))
      return `'type' is ${view.type.text}, expected a contiguous memref in gdram`;
    if ((view.role === 'constant') !== (view.value !== undefined))
      return `has role '${view.role}' ${view.value ? 'and a' : 'without a'} value; exactly constants have one`;
    if (view.value && (view.value.type.shape.join() !== type.shape.join() || view.value.type.element !== type.element))
      return `has a value of ${view.value.type.text}, expected the extents and element type of ${type.text}`;
    return undefined;
  },
});

/** The memory of a buffer. */
export const getBuffer = op('mlu.get_buffer', {
  summary: 'the memory of a named buffer',
  attributes: { buffer: attr.symbol() },
  results: { memory: anyType },
  traits: ['pure'],
  assembly: '$buffer attr-dict `:` type($memory)',
  verifyOperation: (operation) => memoryError(operation.result().type),
});

/** On-chip memory for the rest of the block that holds the operation; its contents are unspecified. */
export const alloc = op('mlu.alloc', {
  summary: 'a block of on-chip memory with unspecified contents',
  attributes: {
    /** Where it lies, in bytes; absent until memory is planned. */
    address: optionalAttribute(attr.int({ min: 0 })),
  },
  results: { memory: anyType },
  assembly: 'attr-dict `:` type($memory)',
  verifyOperation: (operation) => {
    const { type } = operation.result();
    const error = memoryError(type);
    if (error) return `result ${error}`;
    return isContiguous(type as MemRefType) && memorySpaceOf(type as MemRefType) !== 'gdram'
      ? undefined
      : `has type ${type.text}, expected a contiguous memref in nram, wram or ldram`;
  },
});

/** The offset that says that an operand gives it. */
export const dynamicOffset = -1;

/** The type of a part of `source`, in elements; a negative offset is known at run time. */
export function subviewType(
  source: MemRefType,
  offsets: readonly number[],
  sizes: readonly number[],
  steps: readonly number[],
): MemRefType | undefined {
  const layout = layoutOf(source);
  const space = memorySpaceOf(source);
  if (!layout || !space) return undefined;
  const known = layout.offset >= 0 && offsets.every((offset) => offset >= 0);
  const offset = known ? offsets.reduce((sum, o, at) => sum + o * (layout.strides[at] as number), layout.offset) : -1;
  const strides = layout.strides.map((stride, at) => stride * (steps[at] as number));
  return memrefIn(space, sizes, source.element, { strides, offset });
}

/** A rectangular part of a memref, every `steps`-th element of each dimension. */
export const subview = op('mlu.subview', {
  summary: 'a rectangular part of a memref',
  description: 'A negative entry of `offsets` takes its value from the next operand of `dynamic`.',
  operands: { source: anyType, dynamic: variadic(typed(index)) },
  attributes: {
    offsets: attr.ints({ min: -1 }),
    sizes: attr.ints({ min: 1 }),
    steps: attr.ints({ min: 1 }),
  },
  results: { part: anyType },
  traits: ['pure'],
  assembly: '$source (`[` $dynamic^ `]`)? attr-dict `:` type($source) `->` type($part)',
  inferTypes: ([source], attributes) => {
    const numbers = (name: string): readonly number[] => {
      const attribute = attributes.get(name);
      return attribute?.kind === 'dense-array' ? attribute.values.map(Number) : [];
    };
    const type = source && asMemRef(source.type);
    const part = type && subviewType(type, numbers('offsets'), numbers('sizes'), numbers('steps'));
    if (!part) throw new RangeError(`mlu.subview: source has type ${source?.type.text}, expected a strided memref`);
    return [part];
  },
  verifyOperation: (_, { source, part, offsets, sizes, steps, dynamic }) => {
    const error = memoryError(source.type);
    if (error) return `source ${error}`;
    const type = source.type as MemRefType;
    const rank = type.shape.length;
    if (offsets.length !== rank || sizes.length !== rank || steps.length !== rank)
      return `has ${offsets.length} offsets, ${sizes.length} sizes and ${steps.length} steps, expected ${rank} of each`;
    const wanted = offsets.filter((offset) => offset < 0).length;
    if (wanted !== dynamic.length) return `has ${dynamic.length} dynamic offsets, expected ${wanted}`;
    for (const [at, offset] of offsets.entries()) {
      const last = Math.max(offset, 0) + ((sizes[at] as number) - 1) * (steps[at] as number);
      if (last >= (type.shape[at] as number))
        return `reaches element ${last} of dimension ${at}, which has ${type.shape[at]}`;
    }
    const expected = subviewType(type, offsets, sizes, steps);
    return part.type === expected ? undefined : `has result ${part.type.text}, expected ${expected?.text}`;
  },
});

/** The same contiguous elements with other extents. */
export const reshape = op('mlu.reshape', {
  summary: 'the same contiguous elements with other extents',
  operands: { source: anyType },
  results: { view: anyType },
  traits: ['pure'],
  assembly: '$source attr-dict `:` type($source) `->` type($view)',
  verifyOperation: (operation) => {
    const [from, to] = [operation.operand(0).type, operation.result().type];
    const error = memoryError(from) ?? memoryError(to);
    if (error) return error;
    const [source, view] = [from as MemRefType, to as MemRefType];
    const count = (type: MemRefType): number => type.shape.reduce((a, b) => a * b, 1);
    if (!isContiguous(source)) return `source ${source.text} is not contiguous`;
    if (!isContiguous(view) || layoutOf(source)?.offset !== layoutOf(view)?.offset)
      return `result ${view.text} is not the contiguous memory of ${source.text}`;
    if (count(source) !== count(view)) return `has ${count(source)} elements in and ${count(view)} out`;
    return source.element === view.element && spaceOf(source) === spaceOf(view)
      ? undefined
      : 'changes element type or space';
  },
});

/**
 * Equal runs out of contiguous memory, at any distance from each other: the windows of a
 * convolution overlap, which a subview cannot say.
 */
export const windows = op('mlu.windows', {
  summary: 'strided, possibly overlapping runs of a contiguous memref',
  operands: { source: anyType, start: optional(typed(index)) },
  attributes: {
    /** The first element, added to `start`. */
    offset: attr.int({ min: 0, default: 0 }),
    sizes: attr.ints({ min: 1, length: [1, 4] }),
    strides: attr.ints({ min: 0, length: [1, 4] }),
  },
  results: { part: anyType },
  traits: ['pure'],
  assembly: '$source (`[` $start^ `]`)? attr-dict `:` type($source) `->` type($part)',
  verifyOperation: (_, { source, part, start, offset, sizes, strides }) => {
    const error = memoryError(source.type);
    if (error) return `source ${error}`;
    const type = source.type as MemRefType;
    if (!isContiguous(type) || layoutOf(type)?.offset !== 0)
      return `source ${type.text} is not a whole contiguous block`;
    if (sizes.length !== strides.length) return `has ${sizes.length} sizes and ${strides.length} strides`;
    const expected = windowsType(type, start ? dynamicOffset : offset, sizes, strides);
    if (part.type !== expected) return `has result ${part.type.text}, expected ${expected?.text}`;
    const last = sizes.reduce((sum, size, at) => sum + (size - 1) * (strides[at] as number), offset);
    const count = type.shape.reduce((a, b) => a * b, 1);
    return last < count ? undefined : `reaches element ${last} of ${count}`;
  },
});

/** The type of runs out of `source`. */
export const windowsType = (
  source: MemRefType,
  offset: number,
  sizes: readonly number[],
  strides: readonly number[],
): MemRefType | undefined => {
  const space = memorySpaceOf(source);
  return space && memrefIn(space, sizes, source.element, { strides, offset });
};

const dmaPairs: Readonly<Record<string, readonly string[]>> = {
  gdram: ['nram', 'wram', 'ldram'],
  ldram: ['nram', 'wram', 'gdram'],
  nram: ['gdram', 'ldram', 'nram', 'wram'],
  wram: ['gdram', 'ldram', 'nram'],
};

function copyError(operation: Operation): string | undefined {
  const [from, to] = [operation.operand(0).type, operation.operand(1).type];
  const error = memoryError(from) ?? memoryError(to);
  if (error) return error;
  const [source, target] = [from as MemRefType, to as MemRefType];
  if (source.shape.join() !== target.shape.join() || source.element !== target.element)
    return `copies ${source.text} to ${target.text}, expected equal extents and element types`;
  if (!dmaPairs[spaceOf(source)]?.includes(spaceOf(target)))
    return `copies from '${spaceOf(source)}' to '${spaceOf(target)}', which no DMA joins`;
  return commonRuns(source, target) ? undefined : 'needs more than one level of strides; split it into several copies';
}

/** Starts a copy; neither side may be touched by other units before the next `mlu.sync`. */
export const copy = op('mlu.copy', {
  summary: 'starts a copy between two memories',
  operands: { source: anyType, target: anyType },
  assembly: '$source `,` $target attr-dict `:` type($source) `->` type($target)',
  verifyOperation: copyError,
});

/** Waits until everything that this core started is done. */
export const sync = op('mlu.sync', {
  summary: 'waits until everything that this core started is done',
  assembly: 'attr-dict',
});

/** Waits for all cores of the program; what they wrote to GDRAM before is visible after. */
export const barrier = op('mlu.barrier', {
  summary: 'waits for all cores of the program',
  assembly: 'attr-dict',
  verifyOperation: (operation) =>
    operation.parentOperation?.hasTrait('symbol')
      ? undefined
      : 'must stand at the top level of a core program, so that all cores meet it',
});
