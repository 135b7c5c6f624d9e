import { describe, expect, test } from 'vitest';
import {
  control,
  convolution,
  copies,
  cycleForms,
  elementwise,
  Emulator,
  fills,
  gpr,
  MachineFault,
  mlu100,
  type Program,
  reduction,
  scalar,
  scalarComparison,
  scalarMemory,
  SectionBuilder,
  stridedCopies,
} from '../../../target-mlu/index.ts';
import { type Contents, report, type Step, step } from './run-rows.ts';

const { loadNramGdram, moveNramNram, storeGdramNram } = copies;
const sync = step(control.sync);
const halves: Contents = [[0, new Uint16Array(256)]];
const conv = { dst: 0, src: 0, kernel: 0, cin: 64, h: 1, w: 1, kh: 1, kw: 1, sx: 1, sy: 1, cout: 64 };
const add = { dst: 0, a: 0, b: 0, count: 64 };

const faults: [string, Step[], string][] = [
  [
    'bounds',
    [step(fills.zero, { dst: 524288 - 64, bytes: 128 })],
    "'dst' touches nram bytes 524224..524351, outside its 524288 bytes",
  ],
  ['bounds below', [step(fills.zero, { dst: gpr(0, -128), bytes: 64 })], "'dst' (result) is -128, expected at least 0"],
  [
    'vector alignment',
    [step(elementwise.add, { ...add, a: 64 })],
    "'a' is nram address 64, expected a multiple of 128",
  ],
  ['groups', [step(elementwise.add, { ...add, count: 63 })], "'count' (elements) is 63, expected at least 64"],
  [
    'groups of 64',
    [step(elementwise.add, { ...add, count: 96 })],
    "'count' (elements) is 96, expected a multiple of 64",
  ],
  ['channels', [step(convolution.convF16, { ...conv, cin: 32 })], "'cin' (input channels) is 32, expected at least 64"],
  [
    'weights alignment',
    [step(convolution.convF16, { ...conv, kernel: 32 })],
    "'kernel' is wram address 32, expected a multiple of 64",
  ],
  ['kernel size', [step(convolution.convF16, { ...conv, kh: 2 })], 'the kernel 2 x 1 is larger than the image 1 x 1'],
  [
    'dram alignment',
    [step(loadNramGdram, { dst: 0, src: 32, bytes: 64 })],
    "'src' is gdram address 32, expected a multiple of 64",
  ],
  [
    'dram stride',
    [step(stridedCopies.loadStrideNramGdram, { dst: 8192, src: 0, bytes: 2, dststride: 2, srcstride: 32, further: 1 })],
    "the stride of 'src' in gdram is 32, expected a multiple of 64",
  ],
  [
    'never written',
    [step(elementwise.add, { ...add, b: 512, dst: 1024 })],
    "'b' reads nram byte 512, which was never written",
  ],
  ['partly written', [step(reduction.reduceSum, { dst: 1024, src: 384, count: 128 })], 'nram byte 512'],
  ['weights never written', [step(convolution.convF16, { ...conv, dst: 1024 })], "'kernel' reads wram byte 0"],
  [
    'local memory never written',
    [step(copies.loadNramLdram, { dst: 0, src: 64, bytes: 64 })],
    "'src' reads ldram byte 64",
  ],
  [
    'read after write',
    [step(loadNramGdram, { dst: 0, src: 0, bytes: 64 }), step(elementwise.add, add)],
    "'dst' touches nram byte 0, which an instruction in flight on the io pipe writes as 'dst'; a sync must stand",
  ],
  [
    'write after read',
    [step(storeGdramNram, { dst: 256, src: 0, bytes: 64 }), step(fills.zero, { dst: 0, bytes: 64 })],
    'reads as',
  ],
  [
    'vector after tensor',
    [step(moveNramNram, { dst: 1024, src: 0, bytes: 256 }), step(elementwise.add, { ...add, a: 1024 })],
    'move pipe',
  ],
  [
    'the wrong sync',
    [step(loadNramGdram, { dst: 0, src: 0, bytes: 64 }), step(control.syncMove), step(elementwise.add, add)],
    'io pipe',
  ],
  [
    'overlapping operands',
    [step(elementwise.add, { ...add, dst: 128, count: 128 })],
    'share nram byte 128, expected disjoint memory',
  ],
  ['overlapping copy', [step(moveNramNram, { dst: 16, src: 0, bytes: 64 })], 'share nram byte 16'],
  [
    'period',
    [step(cycleForms.addCycle, { ...add, count: 192, period: 128, dst: 1024 })],
    "'count' is 192, expected a multiple of 'period' = 128",
  ],
  ['division', [step(scalar.div, { dst: 1, a: 1, b: gpr(2) })], 'division by zero'],
  ['shift', [step(scalar.shl, { dst: 1, a: 1, b: 48 })], 'shift by 48'],
  [
    'word alignment',
    [step(scalarMemory.loadNram, { dst: 1, src: 2 })],
    "'src' is nram address 2, expected a multiple of 4",
  ],
  [
    'overlapping runs',
    [step(stridedCopies.moveStrideNramNram, { dst: 1024, src: 0, bytes: 8, dststride: 4, srcstride: 8, further: 1 })],
    "'dststride' is 4",
  ],
];

describe('a fault names its cause', () => {
  test.each(faults)('%s', (_, steps, message) => {
    expect(() => report(halves, [], steps)).toThrow(MachineFault);
    expect(() => report(halves, [], steps)).toThrow(message);
  });
});

const fine: [string, Step[]][] = [
  ['a sync between', [step(loadNramGdram, { dst: 0, src: 0, bytes: 64 }), sync, step(elementwise.add, add)]],
  [
    'the right partial sync',
    [step(loadNramGdram, { dst: 0, src: 0, bytes: 64 }), step(control.syncIo), step(elementwise.add, add)],
  ],
  ['other memory in flight', [step(loadNramGdram, { dst: 1024, src: 0, bytes: 64 }), step(elementwise.add, add)]],
  [
    'both only read',
    [step(storeGdramNram, { dst: 256, src: 0, bytes: 64 }), step(elementwise.add, { ...add, dst: 1024 })],
  ],
  ['the same pipe in order', [step(elementwise.add, add), step(elementwise.add, add)]],
  [
    'interleaved runs',
    [
      step(stridedCopies.moveStrideNramNram, {
        dst: 1024,
        src: 0,
        bytes: 128,
        dststride: 256,
        srcstride: 128,
        further: 1,
      }),
      step(fills.zero, { dst: 1024 + 128, bytes: 128 }),
    ],
  ],
];
test.each(fine)('no fault: %s', (_, steps) => {
  expect(report(halves, [], steps).instructions).toBeGreaterThan(0);
});

test('unwritten memory may be read when it is not watched', () => {
  const steps = [step(elementwise.add, { ...add, b: 512, dst: 1024 })];
  expect(() => report(halves, [], steps)).toThrow('never written');
  expect(report(halves, [], steps, { watchWritten: false }).instructions).toBe(5);
});

/** A program of `count` cores that run `build`. */
function onCores(count: number, build: (code: SectionBuilder) => void, locations: string[] = []): Program {
  const code = new SectionBuilder();
  build(code);
  const cores = Array.from({ length: count }, (_, core) => core);
  return { machine: 'mlu100', gdramBytes: 4096, segments: [], symbols: [], locations, sections: [code.finish(cores)] };
}

test('the fault names core, pc, instruction and origin', () => {
  const program = onCores(
    2,
    (code) => {
      const skip = code.label();
      code.emit(scalar.special, { dst: 1, from: 'coreid' });
      code.emit(control.jump, { target: skip });
      code.place(skip);
      code.emit(fills.zero, { dst: gpr(1, 64), bytes: 64 }, 0);
      code.emit(control.halt, {});
    },
    ['conv "first" of the model'],
  );
  expect(() => new Emulator(program, mlu100).run()).toThrow(
    "core 0, pc 2: 'dst' is nram address 64, expected a multiple of 128\n" +
      '  in zero.nram [r1+64], 64\n  from conv "first" of the model',
  );
});

describe('cores', () => {
  test('a barrier orders what cores write for each other', () => {
    const program = onCores(4, (code) => {
      code.emit(scalar.special, { dst: 1, from: 'coreid' });
      code.emit(scalar.mul, { dst: 2, a: gpr(1), b: 64 });
      code.emit(scalarMemory.storeGdram, { dst: gpr(2), value: gpr(1, 100) });
      code.emit(control.barrierGlobal, {});
      code.emit(scalar.xor, { dst: 3, a: gpr(2), b: 192 });
      code.emit(scalarMemory.loadGdram, { dst: 4, src: gpr(3) });
      code.emit(scalarMemory.storeGdram, { dst: gpr(2, 1024), value: gpr(4) });
      code.emit(control.halt, {});
    });
    const machine = new Emulator(program, mlu100);
    const report = machine.run();
    expect([0, 1, 2, 3].map((core) => machine.gdram.words[256 + 16 * core])).toEqual([103, 102, 101, 100]);
    expect(report.instructions).toBe(32);
    expect(new Set(report.perCore.map((core) => core.cycles)).size).toBe(1);
  });
  test('group barriers join neighbours only', () => {
    const program = onCores(8, (code) => {
      code.emit(scalar.special, { dst: 1, from: 'coreid' });
      code.emit(scalar.shr, { dst: 1, a: gpr(1), b: 2 });
      code.emit(scalar.mul, { dst: 1, a: gpr(1), b: 50 });
      const [loop, done] = [code.label(), code.label()];
      code.place(loop);
      code.emit(scalarComparison.eq, { dst: 0, a: gpr(1), b: 0 });
      code.emit(control.jumpIf, { condition: 0, target: done });
      code.emit(scalar.sub, { dst: 1, a: gpr(1), b: 1 });
      code.emit(control.jump, { target: loop });
      code.place(done);
      code.emit(control.barrierGroup, { cores: '4' });
      code.emit(control.halt, {});
    });
    const { perCore } = new Emulator(program, mlu100).run();
    expect(new Set(perCore.slice(0, 4).map((core) => core.cycles)).size).toBe(1);
    expect((perCore[4]?.cycles ?? 0) - (perCore[0]?.cycles ?? 0)).toBeGreaterThan(100);
  });
  test('a core that halts before a barrier is a deadlock', () => {
    const program = onCores(2, (code) => {
      const end = code.label();
      code.emit(scalar.special, { dst: 1, from: 'coreid' });
      code.emit(scalarComparison.eq, { dst: 0, a: gpr(1), b: 1 });
      code.emit(control.jumpIf, { condition: 0, target: end });
      code.emit(control.barrierGlobal, {});
      code.place(end);
      code.emit(control.halt, {});
    });
    expect(() => new Emulator(program, mlu100).run()).toThrow(
      'core 0, pc 3: deadlock: core 0 waits at a barrier that core 1 never reaches; it has halted',
    );
  });
  test('an endless loop ends at the budget, running off the code at its end', () => {
    const endless = onCores(1, (code) => {
      const loop = code.label();
      code.place(loop);
      code.emit(control.jump, { target: loop });
    });
    expect(() => new Emulator(endless, mlu100, { steps: 1000 }).run()).toThrow(
      'the budget of 1000 instructions is used up',
    );
    expect(() =>
      new Emulator(
        onCores(1, (code) => code.emit(control.sync, {})),
        mlu100,
      ).run(),
    ).toThrow('the code ends here, expected halt');
  });
});

test('a second run starts from the same memory', () => {
  const code = new SectionBuilder();
  code.emit(scalarMemory.loadGdram, { dst: 1, src: 0 });
  code.emit(scalarMemory.storeGdram, { dst: 0, value: gpr(1, 5) });
  code.emit(scalarMemory.storeGdram, { dst: 64, value: gpr(1, 7) });
  code.emit(control.halt, {});
  const symbol = (name: string, address: number, kind: 'input' | 'output') =>
    ({ name, kind, element: 'i32', address, shape: [1], physical: [1] }) as const;
  const program: Program = {
    machine: 'mlu100',
    gdramBytes: 128,
    segments: [{ address: 0, bytes: new Uint8Array([3, 0, 0, 0]) }],
    symbols: [symbol('x', 0, 'input'), symbol('y', 64, 'output')],
    locations: [],
    sections: [code.finish([0])],
  };
  const machine = new Emulator(program, mlu100);
  expect(() => machine.read('y')).toThrow("'y': byte 0 of the tensor was never written");
  const y = (): number | undefined => {
    machine.run();
    return new Int32Array(machine.read('y').buffer)[0];
  };
  expect([y(), y()]).toEqual([10, 10]);
  machine.write('x', new Uint8Array([30, 0, 0, 0]));
  expect([y(), y()]).toEqual([37, 37]);
  expect(() => machine.write('x', new Uint8Array(3))).toThrow("'x' takes 4 bytes, got 3");
  expect(() => machine.read('z')).toThrow("no symbol 'z', the program has x, y");
});
