/** Copies between the spaces that the DMA engines join, and filling. All asynchronous: a sync makes them complete. */
import { destination, groups, number, size, source, type Space, stride } from '../field.ts';
import { instruction } from '../instruction.ts';
import type { Pipe } from '../pipe.ts';

type Verb = 'ld' | 'st' | 'mv';

const pipeOf = (verb: Verb): Pipe => (verb === 'mv' ? 'move' : 'io');

/** Copies one run of bytes. */
function copy<const V extends Verb, const D extends Space, const S extends Space>(
  verb: V,
  opcode: number,
  to: D,
  from: S,
) {
  return instruction(`${verb}.async.${to}.${from}`, {
    opcode,
    pipe: pipeOf(verb),
    summary: `copy bytes from ${from} to ${to}`,
    fields: { dst: destination(to, `${to} address`), src: source(from, `${from} address`), bytes: size('bytes') },
    syntax: '[$dst], [$src], $bytes',
    touches: ({ bytes }) => ({ dst: { bytes }, src: { bytes } }),
    execute({ memory }, { dst, src, bytes }) {
      memory[to].bytes.set(memory[from].bytes.subarray(src, src + bytes), dst);
    },
    cycles: (throughput, { bytes }) => (verb === 'mv' ? throughput.move(bytes) : throughput.dram(bytes)),
  });
}

/** Copies equally long runs of bytes at regular distances. */
function strided<const V extends Verb, const D extends Space, const S extends Space>(
  verb: V,
  opcode: number,
  to: D,
  from: S,
) {
  return instruction(`${verb}.async.stride.${to}.${from}`, {
    opcode,
    pipe: pipeOf(verb),
    summary: `copy 1 + further runs of bytes from ${from} to ${to}`,
    fields: {
      dst: destination(to, `${to} address`),
      src: source(from, `${from} address`),
      bytes: size('bytes of a run'),
      dststride: stride(`bytes from one run to the next in ${to}, at least the bytes of a run`),
      srcstride: stride(`bytes from one run to the next in ${from}; 0 repeats one run`),
      further: size('runs after the first', 0),
    },
    syntax: '[$dst], [$src], $bytes, $dststride, $srcstride, $further',
    verify: ({ bytes, dststride, further }) =>
      further > 0 && dststride < bytes
        ? `'dststride' is ${dststride}, expected at least 'bytes' = ${bytes}`
        : undefined,
    touches: ({ bytes, dststride, srcstride, further }) => ({
      dst: { bytes, segments: further + 1, stride: dststride },
      src: { bytes, segments: srcstride === 0 ? 1 : further + 1, stride: srcstride },
    }),
    execute({ memory }, { dst, src, bytes, dststride, srcstride, further }) {
      const read = memory[from].bytes;
      const written = memory[to].bytes;
      for (let i = 0; i <= further; i++) {
        const at = src + i * srcstride;
        written.set(read.subarray(at, at + bytes), dst + i * dststride);
      }
    },
    cycles(throughput, { bytes, further }) {
      return verb === 'mv' ? throughput.move(bytes * (further + 1)) : throughput.dram(bytes * (further + 1));
    },
  });
}

/** Sets elements of `width` bytes to a bit pattern. */
function fill<const T extends string>(type: T, opcode: number, width: 2 | 4) {
  return instruction(`set.nram.${type}`, {
    opcode,
    pipe: 'vector',
    summary: `set elements to a ${8 * width}-bit pattern`,
    fields: {
      dst: destination('nram', 'result'),
      pattern: number(`bit pattern; the low ${8 * width} bits count`),
      count: groups('elements'),
    },
    syntax: '[$dst], $pattern, $count',
    touches: ({ count }) => ({ dst: { bytes: width * count } }),
    execute({ nram }, { dst, pattern, count }) {
      const elements = width === 2 ? nram.halves : nram.words;
      elements.fill(pattern % 2 ** 32, dst / width, dst / width + count);
    },
    cycles: (throughput, { count }) => throughput.vector(width * count),
  });
}

const zero = instruction('zero.nram', {
  opcode: 0x054,
  pipe: 'vector',
  summary: 'set bytes to zero',
  fields: { dst: destination('nram', 'result'), bytes: groups('bytes') },
  syntax: '[$dst], $bytes',
  touches: ({ bytes }) => ({ dst: { bytes } }),
  execute: ({ nram }, { dst, bytes }) => {
    nram.bytes.fill(0, dst, dst + bytes);
  },
  cycles: (throughput, { bytes }) => throughput.vector(bytes),
});

/** Copies of one run. Runs in one memory may not overlap. */
export const copies = {
  loadNramGdram: copy('ld', 0x010, 'nram', 'gdram'),
  loadWramGdram: copy('ld', 0x011, 'wram', 'gdram'),
  loadNramLdram: copy('ld', 0x012, 'nram', 'ldram'),
  loadWramLdram: copy('ld', 0x013, 'wram', 'ldram'),
  storeGdramNram: copy('st', 0x014, 'gdram', 'nram'),
  storeGdramWram: copy('st', 0x015, 'gdram', 'wram'),
  storeLdramNram: copy('st', 0x016, 'ldram', 'nram'),
  storeLdramWram: copy('st', 0x017, 'ldram', 'wram'),
  moveNramNram: copy('mv', 0x018, 'nram', 'nram'),
  moveWramNram: copy('mv', 0x019, 'wram', 'nram'),
  moveNramWram: copy('mv', 0x01a, 'nram', 'wram'),
} as const;

/** Copies of several runs. */
export const stridedCopies = {
  loadStrideNramGdram: strided('ld', 0x030, 'nram', 'gdram'),
  loadStrideWramGdram: strided('ld', 0x031, 'wram', 'gdram'),
  loadStrideNramLdram: strided('ld', 0x032, 'nram', 'ldram'),
  loadStrideWramLdram: strided('ld', 0x033, 'wram', 'ldram'),
  storeStrideGdramNram: strided('st', 0x034, 'gdram', 'nram'),
  storeStrideGdramWram: strided('st', 0x035, 'gdram', 'wram'),
  storeStrideLdramNram: strided('st', 0x036, 'ldram', 'nram'),
  storeStrideLdramWram: strided('st', 0x037, 'ldram', 'wram'),
  moveStrideNramNram: strided('mv', 0x038, 'nram', 'nram'),
  moveStrideWramNram: strided('mv', 0x039, 'wram', 'nram'),
  moveStrideNramWram: strided('mv', 0x03a, 'nram', 'wram'),
} as const;

/** Filling of neuron memory. */
export const fills = {
  setF16: fill('f16', 0x050, 2),
  setI16: fill('i16', 0x051, 2),
  setF32: fill('f32', 0x052, 4),
  setI32: fill('i32', 0x053, 4),
  zero,
} as const;
