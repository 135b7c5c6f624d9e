/**
 * Passes as a user at the command line has them: parse, verify, run one pass, verify, print in generic form.
 * The conversion turns arith into another dialect: upstream's into llvm, ours into the one of `arith-to-machine.mjs`.
 *
 *   node bench/passes/whole-process.mjs [--runs=5] [--large] [--only=TEXT]
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare } from '../against-mlir-opt.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    large: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const same = (flag) => ({ ours: [flag], theirs: [flag] });
const passes = ['--canonicalize', '--cse', '--sccp', '--loop-invariant-code-motion', '--control-flow-sink'];
const extension = fileURLToPath(new URL('arith-to-machine.mjs', import.meta.url));
const conversion = { ours: [`--load=${extension}`, '--arith-to-machine'], theirs: ['--convert-arith-to-llvm'] };

const comparisons = [100_000, ...(values.large ? [1_000_000] : [])].flatMap((operations) => {
  const row = (kind, name, flags) => ({ name: `${name}, ${kind} ${operations / 1000}k`, kind, operations, ...flags });
  return [
    ...passes.flatMap((flag) => ['arith', 'nest'].map((kind) => row(kind, flag.slice(2), same(flag)))),
    row('arith', 'conversion', conversion),
  ];
});
compare(
  comparisons.filter(({ name }) => name.includes(values.only)),
  Number(values.runs),
  {},
);
