/** Jumps, the end of a program, waiting for pipes and for other cores. */
import { choice, predicate, target } from '../field.ts';
import { instruction } from '../instruction.ts';
import type { Pipe } from '../pipe.ts';

const jump = instruction('jump', {
  opcode: 0x001,
  pipe: 'control',
  summary: 'go on at a label',
  fields: { target: target('label') },
  syntax: '$target',
  execute: (core, { target }) => {
    core.pc = target;
  },
  cycles: () => 0,
});

/** Jumps when the predicate has the given truth value. */
function conditional<const N extends string>(name: N, opcode: number, when: 0 | 1) {
  return instruction(`jump.${name}`, {
    opcode,
    pipe: 'control',
    summary: `go on at a label ${name} a predicate holds`,
    fields: { condition: predicate('condition'), target: target('label') },
    syntax: '$condition, $target',
    execute: (core, { condition, target }) => {
      if (core.predicates[condition] === when) core.pc = target;
    },
    cycles: () => 0,
  });
}

const halt = instruction('halt', {
  opcode: 0x004,
  pipe: 'control',
  summary: 'end the program of this core when all its pipes are done',
  fields: {},
  syntax: '',
  execute(core) {
    core.pending.drain();
    core.clock.drain();
    core.status = 'halted';
  },
  cycles: () => 0,
});

/** Waits until the instructions on some pipes are done. */
function sync<const N extends string>(name: N, opcode: number, summary: string, pipes: readonly Pipe[]) {
  return instruction(name, {
    opcode,
    pipe: 'control',
    summary: `wait until ${summary} done`,
    fields: {},
    syntax: '',
    execute(core) {
      core.pending.drain(...pipes);
      core.clock.drain(...pipes);
    },
    cycles: () => 0,
  });
}

const barrierGlobal = instruction('barrier.sync.global', {
  opcode: 0x00c,
  pipe: 'control',
  summary: 'wait until all pipes are done and every core of the program has come to a barrier',
  fields: {},
  syntax: '',
  execute(core) {
    core.pending.drain();
    core.clock.drain();
    core.status = 'waiting';
    core.barrierSize = 0;
  },
  cycles: () => 0,
});

const barrierGroup = instruction('barrier.sync.group', {
  opcode: 0x00d,
  pipe: 'control',
  summary: 'the same for a group of n neighbouring cores, the first of which is a multiple of n',
  fields: { cores: choice('cores of a group', ['4', '8', '16', '32']) },
  syntax: '$cores',
  execute(core, { cores }) {
    core.pending.drain();
    core.clock.drain();
    core.status = 'waiting';
    core.barrierSize = Number(cores);
  },
  cycles: () => 0,
});

/** Control flow and synchronisation. A barrier drains the core's own pipes first. */
export const control = {
  jump,
  jumpIf: conditional('if', 0x002, 1),
  jumpUnless: conditional('unless', 0x003, 0),
  halt,
  sync: sync('sync', 0x008, 'all pipes are', []),
  syncIo: sync('sync.io', 0x009, 'the copies between DRAM and the core are', ['io']),
  syncMove: sync('sync.move', 0x00a, 'the copies on the chip are', ['move']),
  syncCompute: sync('sync.compute', 0x00b, 'the vector and tensor units are', ['vector', 'tensor']),
  barrierGlobal,
  barrierGroup,
} as const;
