/** Every operation of every level, and every instruction, is located at the layers that it comes from. */
import { expect, test } from 'vitest';
import { graph } from '../../dialects/graph/index.ts';
import { mlu } from '../../dialects/mlu/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import {
  arrayAttribute,
  clone,
  f16,
  f32,
  nameLocation,
  namesIn,
  type Operation,
  stringAttribute,
} from '../../ir/index.ts';
import { compileToMachine } from '../../lowering/mlu-to-machine/index.ts';
import { tensorPasses } from '../../lowering/pipelines.ts';
import { corePrograms } from '../../lowering/plan-memory.ts';
import { tilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import { runPass } from '../../rewrite/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { drawSettings } from '../../tools/check/knobs.ts';
import { atHardware, namesWithRole } from '../../tools/check/levels.ts';
import { drawingForMachine, layerOps, machineOps } from '../../tools/check/lowerings.ts';
import { caseText, drawProgram } from '../../tools/check/program.ts';
import { checkProperty, told } from '../../tools/check/property.ts';
import { Random } from '../../tools/check/random.ts';
import { drawContraction } from './draw-contraction.ts';

/** Calls every operation of a function after its place; gives the names. */
function named(module: Operation): readonly string[] {
  const body = module.region().entry?.first?.region().entry;
  return (body?.operations ?? []).map((operation, at) => {
    const name = `${operation.name} ${at}`;
    operation.setLocation(nameLocation(name));
    return name;
  });
}

test('tensor operations are located at the layers that they were made from', () => {
  checkProperty(
    fromChoices((draw) => told(drawProgram(graph, layerOps, draw, { elements: [f32], extent: 3 }), caseText)),
    ({ module }) => {
      const names = named(module);
      const after = clone(module);
      after.context.load(tensorop);
      for (const one of tensorPasses) {
        runPass(one, after);
        after.walk((operation) => {
          if (operation.dialectName !== tensorop.name) return;
          const found = namesIn(operation.location);
          expect(found.length, operation.name).toBeGreaterThan(0);
          for (const name of found) expect(names).toContain(name);
        });
      }
      // What is returned is made by the layer that made it before, or by one that reads that.
      const [before, behind] = [module, after].map(
        (one) => one.region().entry?.first?.region().entry?.last as Operation,
      );
      for (const [at, value] of (before as Operation).operands.entries()) {
        const layer = value.owner && namesIn(value.owner.location)[0];
        const made = (behind as Operation).operand(at).owner;
        if (layer && made?.dialectName === tensorop.name && !made.hasTrait('constant-like'))
          expect(names.indexOf(namesIn(made.location)[0] as string)).toBeLessThanOrEqual(names.indexOf(layer));
      }
    },
    { cases: 100 },
  );
});

test('instructions are located at the operation that they are made for, one after the other', () => {
  checkProperty(
    fromChoices((draw) => {
      const drawn = drawProgram(tensorop, machineOps, draw, { ...drawingForMachine, extent: 4 });
      drawn.module.walk((operation) => {
        if (operation.is(tensorop.ops.depthwiseConv2d)) operation.setAttribute('accumulator', stringAttribute('f16'));
      });
      return told({ ...drawn, settings: drawSettings(tilingKnobs, draw) }, caseText);
    }),
    ({ module, settings }) => {
      const names = named(module);
      const hardware = atHardware(module, mlu100, settings);
      for (const func of corePrograms(hardware))
        func.walk((operation) => {
          if (operation !== func) expect(namesIn(operation.location), operation.name).toHaveLength(1);
        });
      const { sections, locations } = compileToMachine(hardware, mlu100);
      expect(new Set(locations).size).toBe(locations.length);
      const seen = new Set<string>();
      for (const { locations: places } of sections) {
        const order = [...places].map((place) => names.indexOf(locations[place] as string));
        expect(order.every((place) => place >= 0)).toBe(true);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        for (const place of places) seen.add(locations[place] as string);
      }
      // All that is stored anywhere has instructions; what changes nothing may be another name for the same memory.
      const silent = names.filter((name) => !seen.has(name) && !name.startsWith('func.return'));
      expect(silent.filter((name) => !/^tensorop\.(reshape|constant)/.test(name))).toEqual([]);
    },
    { cases: 40 },
  );
});

test('buffers are called as the network calls its inputs and outputs, numbered where a name is taken', () => {
  checkProperty(
    fromChoices((draw) => {
      const drawn = drawProgram(tensorop, machineOps.slice(0, 12), draw, { elements: [f16], extent: 3 });
      drawn.module.walk((operation) => {
        if (operation.is(tensorop.ops.depthwiseConv2d)) operation.setAttribute('accumulator', stringAttribute('f16'));
      });
      const word = (): string => draw.of(['x', 'x', 'x0', 'y', 't', 'constant']);
      return told({ ...drawn, words: Array.from({ length: 40 }, word) }, caseText);
    }),
    ({ module, words }) => {
      const main = module.region().entry?.first as Operation;
      const body = main.region().entry;
      const inputs = (body?.arguments ?? []).map((_, at) => words[at] as string);
      const outputs = (body?.last?.operands ?? []).map((_, at) => words[20 + at] as string);
      main.setAttribute('onnx.inputs', arrayAttribute(inputs.map((word) => stringAttribute(word))));
      main.setAttribute('onnx.outputs', arrayAttribute(outputs.map((word) => stringAttribute(word))));
      const taken = new Set<string>();
      const free = (word: string): string => {
        const name = [word, ...Array.from({ length: 60 }, (_, n) => `${word}${n}`)].find(
          (one) => !taken.has(one),
        ) as string;
        taken.add(name);
        return name;
      };
      const expected = [inputs.map(free), outputs.map(free)];
      const hardware = atHardware(module, mlu100, {});
      expect([namesWithRole(hardware, 'input'), namesWithRole(hardware, 'output')]).toEqual(expected);
      const all: string[] = [];
      let below = false;
      for (const operation of hardware.region().entry?.operations ?? []) {
        const buffer = operation.as(mlu.ops.buffer);
        if (buffer) all.push(buffer.sym_name);
        if (buffer) expect(buffer.sym_name).toMatch(/^\w+$/);
        // Buffers stand before the programs that read them.
        if (buffer) expect(below).toBe(false);
        else below = true;
      }
      expect(new Set(all).size).toBe(all.length);
    },
    { cases: 60 },
  );
});

test('every buffer that is neither an input nor an output is read by a core', () => {
  let constants = 0;
  for (let number = 0; number < 60; number++) {
    const { module, text } = drawContraction(new Random(109, number));
    const hardware = atHardware(module, mlu100, { cores: 1 + (number % 3) });
    const named = new Set<string>();
    hardware.walk((operation) => {
      const read = operation.as(mlu.ops.getBuffer);
      if (read) named.add(read.buffer);
    });
    for (const operation of hardware.region().entry?.operations ?? []) {
      const buffer = operation.as(mlu.ops.buffer);
      if (!buffer || buffer.role === 'input' || buffer.role === 'output') continue;
      expect(buffer.sym_name).toMatch(/^\w+$/);
      expect([...named], text).toContain(buffer.sym_name);
      if (buffer.role === 'constant') constants++;
    }
  }
  expect(constants).toBeGreaterThan(10);
});
