/** Runs a few instructions on one core, through the encoded object file. */
import {
  control,
  copies,
  Emulator,
  type EmulatorOptions,
  type Instruction,
  mlu100,
  type Program,
  readObjectFile,
  type RunReport,
  SectionBuilder,
  writeObjectFile,
} from '../../../target-mlu/index.ts';

/** One instruction with its operands. */
export type Step = readonly [row: Instruction, operands: Readonly<Record<string, unknown>>];

/** Memory contents by address. */
export type Contents = readonly (readonly [address: number, data: ArrayBufferView])[];

/** Any row as the tests pass it around. */
export const step = (row: unknown, operands: Readonly<Record<string, unknown>> = {}): Step => [
  row as Instruction,
  operands,
];

const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
const roundUp = (n: number): number => Math.ceil(n / 64) * 64;

/** Loads `nram` and `wram`, runs the steps, and stores `bytes` bytes of NRAM from `from` as symbol `out`. */
export function program(nram: Contents, wram: Contents, steps: readonly Step[], from = 0, bytes = 0): Program {
  const code = new SectionBuilder();
  const segments: { address: number; bytes: Uint8Array }[] = [];
  let at = 0;
  for (const [row, list] of [
    [copies.loadNramGdram, nram],
    [copies.loadWramGdram, wram],
  ] as const) {
    for (const [address, data] of list) {
      segments.push({ address: at, bytes: bytesOf(data) });
      code.emit(row as typeof copies.loadNramGdram, { dst: address, src: at, bytes: data.byteLength });
      at += roundUp(data.byteLength);
    }
  }
  code.emit(control.sync, {});
  for (const [row, operands] of steps) code.emit(row, operands as never);
  code.emit(control.sync, {});
  if (bytes > 0) code.emit(copies.storeGdramNram, { dst: at, src: from, bytes });
  code.emit(control.halt, {});
  const out = { name: 'out', kind: 'output', element: 'u8', address: at, shape: [bytes], physical: [bytes] } as const;
  return {
    machine: 'mlu100',
    gdramBytes: at + roundUp(bytes),
    segments,
    symbols: [out],
    locations: [],
    sections: [code.finish([0])],
  };
}

/** Runs the steps and returns `bytes` bytes of NRAM from `from`. */
export function runRows(
  nram: Contents,
  wram: Contents,
  steps: readonly Step[],
  from: number,
  bytes: number,
): Uint8Array {
  const machine = new Emulator(readObjectFile(writeObjectFile(program(nram, wram, steps, from, bytes))), mlu100);
  machine.run();
  return machine.read('out');
}

/** The same, as halves. */
export function runHalves(
  nram: Contents,
  wram: Contents,
  steps: readonly Step[],
  from: number,
  count: number,
): Uint16Array {
  return new Uint16Array(runRows(nram, wram, steps, from, 2 * count).buffer);
}

/** Runs the steps for their report, or for the fault that they end in. */
export function report(
  nram: Contents,
  wram: Contents,
  steps: readonly Step[],
  options: EmulatorOptions = {},
): RunReport {
  return new Emulator(program(nram, wram, steps), mlu100, options).run();
}
