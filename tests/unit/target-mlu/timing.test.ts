import { expect, test } from 'vitest';
import {
  control,
  convolution,
  copies,
  elementwise,
  Emulator,
  gpr,
  isa,
  machineVariant,
  mlu100,
  MachineError,
  manual,
  families,
  parseMachine,
  type Program,
  scalar,
  scalarComparison,
  scalarMemory,
  SectionBuilder,
  throughputOf,
} from '../../../target-mlu/index.ts';

const options = { watchWritten: false };

function cycles(cores: number, build: (code: SectionBuilder) => void): number {
  const code = new SectionBuilder();
  build(code);
  code.emit(control.halt, {});
  const numbers = Array.from({ length: cores }, (_, core) => core);
  const program: Program = {
    machine: 'mlu100',
    gdramBytes: 65536,
    segments: [],
    symbols: [],
    locations: [],
    sections: [code.finish(numbers)],
  };
  return new Emulator(program, mlu100, options).run().cycles;
}

const add = { dst: 0, a: 0, b: 0, count: 6400 };
const conv = { dst: 65536, src: 0, kernel: 0, cin: 64, h: 8, w: 8, kh: 3, kw: 3, sx: 1, sy: 1, cout: 64 };
const load = { dst: 262144, src: 0, bytes: 25600 };

test('a vector instruction takes issue, start-up and 128 bytes a cycle', () => {
  // Issue at 0, 16 start-up + 12800 / 128 work; the halt waits for the pipe.
  expect(cycles(1, (code) => code.emit(elementwise.add, add))).toBe(116 + 0);
  expect(
    cycles(1, (code) => {
      code.emit(elementwise.add, add);
      code.emit(elementwise.add, add);
    }),
  ).toBe(232);
});
test('pipes overlap until a sync', () => {
  const both = (sync: boolean) =>
    cycles(1, (code) => {
      code.emit(copies.loadNramGdram, load);
      if (sync) code.emit(control.sync, {});
      code.emit(convolution.convF16, conv);
    });
  // 200 + 25600 / 25.6 for the load; 32 + 36·9·64·64 / 256 for the convolution.
  expect(both(false)).toBe(1 + 32 + 5184);
  expect(both(true)).toBe(1200 + 32 + 5184);
});
test('cores of a channel share its bandwidth, cores of another do not', () => {
  const time = (cores: number): number => cycles(cores, (code) => code.emit(copies.loadNramGdram, load));
  expect([1, 2, 8].map(time)).toEqual([1200, 2200, 8200]);
  expect([9, 16].map(time)).toEqual([8200, 8200]);
});
test('a core without DRAM traffic leaves the bandwidth to the others', () => {
  const code = new SectionBuilder();
  code.emit(copies.loadNramGdram, load);
  code.emit(control.halt, {});
  const idle = new SectionBuilder();
  idle.emit(control.halt, {});
  const sections = [code.finish([0]), idle.finish([1])];
  const program = { machine: 'mlu100', gdramBytes: 65536, segments: [], symbols: [], locations: [], sections };
  expect(new Emulator(program, mlu100, options).run().cycles).toBe(1200);
});
test('never above the published peaks', () => {
  const { tensor } = throughputOf(mlu100, 1);
  for (const macs of [1, 255, 256, 257, 1e6 + 1]) {
    expect(tensor('half', macs)).toBeGreaterThanOrEqual(macs / 256);
    expect(tensor('int8', macs)).toBeGreaterThanOrEqual(macs / 512);
  }
  for (let sharers = 1; sharers <= 8; sharers++) {
    const { dram } = throughputOf(mlu100, sharers);
    for (const bytes of [1, 64, 12345, 2 ** 20])
      expect(dram(bytes)).toBeGreaterThanOrEqual((bytes * sharers) / 25.6 - 1e-6);
  }
  const work = cycles(1, (code) => {
    for (let i = 0; i < 5; i++) code.emit(convolution.convF16, conv);
  });
  expect(work).toBe(5 * (32 + 5184));
});
test('the cycle register and a scalar loop', () => {
  // Three rounds of sub, gt and jump.if, after one move; each takes a cycle, and so does the halt.
  expect(
    cycles(1, (code) => {
      code.emit(scalar.move, { dst: 1, value: 3 });
      const loop = code.label();
      code.place(loop);
      code.emit(scalar.sub, { dst: 1, a: gpr(1), b: 1 });
      code.emit(scalarComparison.gt, { dst: 0, a: gpr(1), b: 0 });
      code.emit(control.jumpIf, { condition: 0, target: loop });
    }),
  ).toBe(1 + 3 * 3 + 1);
  const code = new SectionBuilder();
  for (let i = 0; i < 3; i++) code.emit(scalar.move, { dst: 1, value: i });
  code.emit(scalar.special, { dst: 2, from: 'cycle' });
  code.emit(scalarMemory.storeGdram, { dst: 0, value: gpr(2) });
  code.emit(control.halt, {});
  const machine = new Emulator(
    { machine: 'mlu100', gdramBytes: 64, segments: [], symbols: [], locations: [], sections: [code.finish([0])] },
    mlu100,
  );
  machine.run();
  expect(machine.gdram.words[0]).toBe(4);
});
test('the machine description is checked, and every wrong entry named', () => {
  expect(mlu100.cores).toBe(32);
  expect(machineVariant(mlu100, { clockHz: 1.3e9, memory: { nram: 262144 } }).memory).toEqual({
    ...mlu100.memory,
    nram: 262144,
  });
  expect(() => machineVariant(mlu100, { coresPerChannel: 5 })).toThrow(MachineError);
  expect(() => machineVariant(mlu100, { coresPerChannel: 5 })).toThrow('coresPerChannel: expected a divisor of cores');
  expect(() => parseMachine({ ...mlu100, memory: { ...mlu100.memory, nram: -1 }, colour: 'red' })).toThrow(
    /memory\.nram: .*\n.*colour/s,
  );
});
test('the manual has an entry for every instruction', () => {
  const text = manual(families);
  for (const row of isa) expect(text).toContain(`### \`${row.mnemonic}\`\n`);
});
