import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assemble,
  AssemblyError,
  control,
  disassemble,
  elementBytes,
  type ElementType,
  Emulator,
  fills,
  gpr,
  mlu100,
  ObjectFileError,
  type Program,
  readObjectFile,
  scalar,
  scalarComparison,
  SectionBuilder,
  writeObjectFile,
} from '../../../target-mlu/index.ts';

const elements = Object.keys(elementBytes) as readonly ElementType[];
const unique = (arb: fc.Arbitrary<string>) => fc.uniqueArray(arb, { maxLength: 10 });
const programs: fc.Arbitrary<Program> = fc
  .record({
    locations: unique(fc.string({ unit: 'binary', maxLength: 12 })),
    names: unique(fc.string({ maxLength: 8 })),
    chunks: fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.uint8Array({ maxLength: 80 })), { maxLength: 3 }),
    shape: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 })), { maxLength: 3 }),
    loops: fc.array(fc.tuple(fc.integer({ min: -1, max: 9 }), fc.integer({ min: -(2 ** 47), max: 2 ** 47 - 1 })), {
      minLength: 1,
      maxLength: 4,
    }),
    cores: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ locations, names, chunks, shape, loops, cores }) => {
    let end = 0;
    const segments = chunks.map(([gap, bytes]) => {
      const address = end + gap;
      end = address + bytes.length;
      return { address, bytes };
    });
    const symbols = names.map(
      (name, i) =>
        ({
          name,
          kind: (['input', 'output', 'constant', 'scratch'] as const)[i % 4] ?? 'input',
          element: elements[i % elements.length] as ElementType,
          address: 64 * i,
          shape: shape.map(([n]) => n),
          physical: shape.map(([n, more]) => n + more),
        }) as const,
    );
    const section = (list: number[]) => {
      const code = new SectionBuilder();
      for (const [location, value] of loops) {
        const at = location < locations.length ? location : -1;
        const again = code.label();
        code.emit(scalar.move, { dst: 1, value }, at);
        code.place(again);
        code.emit(scalarComparison.lt, { dst: 2, a: gpr(1, -7), b: -12 }, at);
        code.emit(control.jumpIf, { condition: 2, target: again });
        code.emit(fills.zero, { dst: gpr(3), bytes: 64 }, at);
      }
      code.emit(control.halt, {});
      return code.finish(list);
    };
    const sections = Array.from({ length: cores }, (_, core) => section(core === 0 ? [0] : [core]));
    return { machine: 'mlu100', gdramBytes: end + 4096 * 8, segments, symbols, locations, sections };
  });

describe('object files', () => {
  test('read ∘ write = id', () => {
    fc.assert(
      fc.property(programs, (program) => {
        expect(readObjectFile(writeObjectFile(program))).toEqual(program);
      }),
    );
  });
  test('a file cut anywhere ends in a located error', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const bytes = writeObjectFile(program);
        for (let length = 0; length < bytes.length; length++) {
          let error: unknown;
          try {
            readObjectFile(bytes.subarray(0, length));
          } catch (caught) {
            error = caught;
          }
          if (!(error instanceof ObjectFileError) || error.offset > length)
            throw new Error(`cut at ${length}: ${String(error)}`);
        }
        expect(() => readObjectFile(Uint8Array.from([...bytes, 0]))).toThrow('1 bytes too many');
      }),
      { numRuns: 5 },
    );
  });
  test('changed bytes end in a program or in a located error', () => {
    fc.assert(
      fc.property(
        programs,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        (program, changes) => {
          const bytes = writeObjectFile(program);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          try {
            writeObjectFile(readObjectFile(bytes));
          } catch (error) {
            expect(error).toBeInstanceOf(ObjectFileError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
  test('any bytes end in a located error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(() => readObjectFile(noise)).toThrow(ObjectFileError);
        expect(() => readObjectFile(Uint8Array.from([0x7f, 0x50, 0x5a, 0x4f, 1, 0, 0, 0, ...noise]))).toThrow(
          ObjectFileError,
        );
      }),
    );
  });

  test('parts without content take no room', () => {
    const base = fc.sample(programs, 1)[0] as Program;
    for (const count of [1, 40, 400]) {
      const segments = Array.from({ length: count }, () => ({ address: 0, bytes: new Uint8Array(0) }));
      const scalars = Array.from({ length: count }, (_, i) => {
        const name = String.fromCodePoint(0x4e00 + i);
        return { name, kind: 'scratch', element: 'u8', address: 0, shape: [], physical: [] } as const;
      });
      const locations = Array.from({ length: count }, (_, i) => (i === 0 ? '' : String.fromCodePoint(0x20 + i)));
      const program: Program = { ...base, segments, symbols: scalars, locations, sections: base.sections };
      const known = base.sections.map((section) => ({ ...section, locations: section.locations.map(() => -1) }));
      expect(readObjectFile(writeObjectFile({ ...program, sections: known }))).toEqual({ ...program, sections: known });
    }
  });
  test('so large are programs by default, and no larger', () => {
    const base = { ...(fc.sample(programs, 1)[0] as Program), symbols: [], segments: [] };
    expect(readObjectFile(writeObjectFile({ ...base, gdramBytes: 2 ** 33 })).gdramBytes).toBe(2 ** 33);
    const larger = writeObjectFile({ ...base, gdramBytes: 2 ** 33 + 1 });
    expect(() => readObjectFile(larger)).toThrow('at most 8589934592 are accepted');
    expect(readObjectFile(larger, { gdramBytes: 2 ** 34 }).gdramBytes).toBe(2 ** 33 + 1);
    const count = base.sections.reduce((sum, { locations }) => sum + locations.length, 0);
    const file = writeObjectFile(base);
    expect(readObjectFile(file, { instructions: count })).toEqual(base);
    expect(() => readObjectFile(file, { instructions: count - 1 })).toThrow(ObjectFileError);
  });
});

/** The bytes of an element as the standard types have them. */
const widths: Readonly<Record<ElementType, number>> = {
  ...{ i8: 1, u8: 1, i16: 2, u16: 2, f16: 2, i32: 4, f32: 4, i64: 8, f64: 8 },
};

describe('the tensors of a program', () => {
  const tensors = fc.record({
    element: fc.constantFrom(...elements),
    shape: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 })), { maxLength: 4 }),
    gap: fc.integer({ min: 0, max: 9 }),
    seed: fc.nat(255),
  });
  const halting = new SectionBuilder();
  halting.emit(control.halt, {});
  test('lie padded in memory and come back as they were given', () => {
    fc.assert(
      fc.property(tensors, ({ element, shape, gap, seed }) => {
        const logical = shape.map(([extent]) => extent);
        const physical = shape.map(([extent, more]) => extent + more);
        const size = widths[element];
        const count = logical.reduce((product, extent) => product * extent, size);
        const room = physical.reduce((product, extent) => product * extent, size);
        const emulator = new Emulator(
          {
            machine: 'mlu100',
            gdramBytes: gap + room,
            segments: [],
            symbols: [{ name: 'x', kind: 'input', element, address: gap, shape: logical, physical }],
            locations: [],
            sections: [halting.finish([0])],
          },
          mlu100,
        );
        const given = Uint8Array.from({ length: count }, (_, at) => 1 + ((seed + 7 * at) % 255));
        emulator.write('x', given);
        emulator.run();
        expect(emulator.read('x')).toEqual(given);
        for (const wrong of [count - 1, count + 1])
          if (wrong >= 0)
            expect(() => emulator.write('x', new Uint8Array(wrong))).toThrow(`'x' takes ${count} bytes, got ${wrong}`);
        // Every byte where its indices put it, zeros beside.
        const expected = new Uint8Array(room);
        for (let at = 0; at < count; at++) {
          let [rest, place, step] = [Math.floor(at / size), at % size, size];
          for (let d = logical.length - 1; d >= 0; d--) {
            place += step * (rest % (logical[d] as number));
            rest = Math.floor(rest / (logical[d] as number));
            step *= physical[d] as number;
          }
          expected[place] = given[at] as number;
        }
        expect(emulator.gdram.bytes.slice(gap, gap + room)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('assembler', () => {
  test('assemble ∘ disassemble = id, byte for byte', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const text = disassemble(program);
        const again = assemble(text);
        expect(again).toEqual(program);
        expect(writeObjectFile(again)).toEqual(writeObjectFile(program));
      }),
    );
  });
  test('reads labels, comments, registers and hexadecimal numbers', () => {
    const program = assemble(`
      .machine mlu100   # the only one
      .gdram 0x1000
      .symbol input "x # not a comment" f16 [1, 3] in [1, 64] at 64
      .cores 0 1
      start: move.gpr r1,0x10   // sixteen
        .loc "layer // one"
        zero.nram [ r1 - 16 ] , 64
      again:
        jump @again
        jump.if p3, @start
        barrier.sync.group 8
        halt`);
    expect(disassemble(program)).toBe(`.machine mlu100
.gdram 4096
.location "layer // one"
.symbol input "x # not a comment" f16 [1, 3] in [1, 64] at 64
.cores 0 1
L0:
  move.gpr r1, 16
  .loc "layer // one"
  zero.nram [r1-16], 64
L2:
  jump @L2
  jump.if p3, @L0
  barrier.sync.group 8
  halt
`);
  });
  test('reports every mistake at its place', () => {
    const text = `.machine mlu100
.gdarm 4
halt
.cores 0
  frobnicate r1
  move.gpr r1 5
  move.gpr r1, 99999999999999999
  move.gpr r64, 1
  zero.nram [r1, 64
  jump @nowhere
  zero.nram [r1], 5 6
a: halt
a: barrier.sync.group 5
  special.gpr r1,
.bytes zz
.symbol input x f16`;
    let error: unknown;
    try {
      assemble(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(AssemblyError);
    expect(
      (error as AssemblyError).message,
    ).toBe(`2:1: no directive '.gdarm', there are .machine, .gdram, .location, .symbol, .segment, .bytes, .cores, .loc
3:1: an instruction needs a .cores section before it
5:3: no instruction 'frobnicate'
6:15: expected ',', the form is: move.gpr $dst, $value
7:3: move.gpr: 'value' is 100000000000000000, expected an integer -140737488355328..140737488355327
8:3: move.gpr: 'dst' is 64, expected an integer 0..63
9:16: expected ']', the form is: zero.nram [$dst], $bytes
10:8: no label 'nowhere' in this section
11:21: nothing may follow, the form is: zero.nram [$dst], $bytes
13:1: label 'a' is in this section already
14:18: 'from' (special register): found the end of the line, expected taskid, coreid, clusterid, cycle
15:8: expected .bytes with pairs of hexadecimal digits
16:9: expected .symbol KIND "name" TYPE [shape] in [physical shape] at ADDRESS`);
  });
  test('any text ends in a program or in diagnostics', () => {
    const words = fc.constantFrom(
      '.cores',
      '.machine',
      '.segment',
      '.bytes',
      '.symbol',
      'halt',
      'zero.nram',
      '[',
      ']',
      ',',
      'r1',
      '0',
      ':',
      'a',
      '@a',
      '"',
      '\n',
      '#',
      '\\',
      '__proto__',
      'toString',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ maxLength: 3 })), { maxLength: 30 }), (parts) => {
        try {
          assemble(parts.join(' '));
        } catch (error) {
          expect(error).toBeInstanceOf(AssemblyError);
          for (const { line, column } of (error as AssemblyError).diagnostics)
            expect(Math.min(line, column)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
