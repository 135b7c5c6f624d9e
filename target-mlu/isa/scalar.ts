/** Scalar instructions: 48-bit signed registers, predicates, single words of memory. */
import { type ComparisonName, comparisons } from '../../interpreter/scalar.ts';
import { Violation } from '../fault.ts';
import { choice, destination, number, predicate, result, source, type Space, wide } from '../field.ts';
import { instruction } from '../instruction.ts';
import { wrap48, wrapBig48 } from '../register-value.ts';

const move = instruction('move.gpr', {
  opcode: 0x400,
  pipe: 'alu',
  summary: 'set a register to a 48-bit constant',
  fields: { dst: result('result'), value: wide('constant') },
  syntax: '$dst, $value',
  execute: ({ gpr }, { dst, value }) => {
    gpr[dst] = value;
  },
  cycles: () => 0,
});

const special = instruction('special.gpr', {
  opcode: 0x401,
  pipe: 'alu',
  summary: 'read a special register; cycle is the modelled cycle at which this instruction ends',
  fields: {
    dst: result('result'),
    from: choice('special register', ['taskid', 'coreid', 'clusterid', 'cycle']),
  },
  syntax: '$dst, $from',
  execute({ gpr, id, clusterId, clock }, { dst, from }) {
    gpr[dst] = { taskid: id, coreid: id, clusterid: clusterId, cycle: clock.now }[from];
  },
  cycles: () => 0,
});

type Arithmetic = (a: number, b: number) => number;

const shiftBy = (b: number): number => {
  if (b < 0 || b > 47) throw new Violation(`shift by ${b}, expected 0..47`);
  return 2 ** b;
};

const byBits =
  (f: (a: bigint, b: bigint) => bigint): Arithmetic =>
  (a, b) =>
    wrapBig48(f(BigInt(a), BigInt(b)));

/** dst = f(a, b), wrapped to 48 bits. */
function arithmetic<const N extends string>(name: N, opcode: number, summary: string, f: Arithmetic) {
  return instruction(`${name}.gpr`, {
    opcode,
    pipe: 'alu',
    summary: `${summary}, wrapped to 48 bits`,
    fields: { dst: result('result'), a: number('first operand'), b: number('second operand') },
    syntax: '$dst, $a, $b',
    execute: ({ gpr }, { dst, a, b }) => {
      gpr[dst] = wrap48(f(a, b));
    },
    cycles: () => 0,
  });
}

const nonZero = (b: number): number => {
  if (b === 0) throw new Violation('division by zero');
  return b;
};

/** dst = a compared with b. */
function compare<const N extends ComparisonName>(name: N, opcode: number, summary: string) {
  return instruction(`${name}.gpr`, {
    opcode,
    pipe: 'alu',
    summary: `set a predicate to whether ${summary}`,
    fields: { dst: predicate('result'), a: number('first operand'), b: number('second operand') },
    syntax: '$dst, $a, $b',
    execute: ({ predicates }, { dst, a, b }) => {
      predicates[dst] = comparisons[name](a, b) ? 1 : 0;
    },
    cycles: () => 0,
  });
}

function load<const S extends Space>(space: S, opcode: number) {
  return instruction(`ld.gpr.${space}`, {
    opcode,
    pipe: 'alu',
    summary: `read a signed 32-bit word of ${space} into a register`,
    fields: { dst: result('result'), src: source(space, `${space} address, a multiple of 4`) },
    syntax: '$dst, [$src]',
    touches: () => ({ src: { bytes: 4 } }),
    execute: ({ gpr, memory }, { dst, src }) => {
      gpr[dst] = memory[space].words[src / 4] as number;
    },
    cycles: (throughput) => (space === 'nram' ? 0 : throughput.dram(4)),
  });
}

function store<const S extends Space>(space: S, opcode: number) {
  return instruction(`st.gpr.${space}`, {
    opcode,
    pipe: 'alu',
    summary: `write the low 32 bits of a number to a word of ${space}`,
    fields: { dst: destination(space, `${space} address, a multiple of 4`), value: number('number') },
    syntax: '[$dst], $value',
    touches: () => ({ dst: { bytes: 4 } }),
    execute: ({ memory }, { dst, value }) => {
      memory[space].words[dst / 4] = value % 2 ** 32;
    },
    cycles: (throughput) => (space === 'nram' ? 0 : throughput.dram(4)),
  });
}

/** Scalar arithmetic. */
export const scalar = {
  move,
  special,
  add: arithmetic('add', 0x410, 'a + b', (a, b) => a + b),
  sub: arithmetic('sub', 0x411, 'a - b', (a, b) => a - b),
  mul: arithmetic(
    'mul',
    0x412,
    'a · b',
    byBits((a, b) => a * b),
  ),
  div: arithmetic('div', 0x413, 'a / b towards zero', (a, b) => Math.trunc(a / nonZero(b))),
  rem: arithmetic('rem', 0x414, 'the rest of a / b, with the sign of a', (a, b) => a % nonZero(b)),
  shl: arithmetic(
    'shl',
    0x415,
    'a shifted left by b',
    byBits((a, b) => a << BigInt(Math.log2(shiftBy(Number(b))))),
  ),
  shr: arithmetic('shr', 0x416, 'a shifted right by b, keeping the sign', (a, b) => Math.floor(a / shiftBy(b))),
  and: arithmetic(
    'and',
    0x417,
    'bitwise and',
    byBits((a, b) => a & b),
  ),
  or: arithmetic(
    'or',
    0x418,
    'bitwise or',
    byBits((a, b) => a | b),
  ),
  xor: arithmetic(
    'xor',
    0x419,
    'bitwise exclusive or',
    byBits((a, b) => a ^ b),
  ),
} as const;

/** Comparisons of registers. */
export const scalarComparison = {
  eq: compare('eq', 0x420, 'a = b'),
  ne: compare('ne', 0x421, 'a ≠ b'),
  lt: compare('lt', 0x422, 'a < b'),
  le: compare('le', 0x423, 'a ≤ b'),
  gt: compare('gt', 0x424, 'a > b'),
  ge: compare('ge', 0x425, 'a ≥ b'),
} as const;

/** Words of memory. */
export const scalarMemory = {
  loadNram: load('nram', 0x430),
  loadGdram: load('gdram', 0x431),
  loadLdram: load('ldram', 0x432),
  storeNram: store('nram', 0x434),
  storeGdram: store('gdram', 0x435),
  storeLdram: store('ldram', 0x436),
} as const;
