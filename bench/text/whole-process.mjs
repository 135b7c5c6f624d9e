/**
 * Text in, text out, as a user at the command line has it: parse, verify and print in generic form.
 *
 *   node bench/text/whole-process.mjs [--runs=5] [--large]
 */
import { parseArgs } from 'node:util';
import { compare } from '../against-mlir-opt.mjs';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, large: { type: 'boolean', default: false } },
});

/** Seconds of xdsl-opt for the same work. */
const stored = { 'arith 10k': 2.1, 'arith 100k': 21.3, 'nest 10k': 2.07, 'nest 100k': 22, 'tosa 10k': 5.96 };

const sizes = [
  ['empty', 0],
  ...['arith', 'nest', 'tosa'].flatMap((kind) => [
    [kind, 10_000],
    [kind, 100_000],
    ...(values.large ? [[kind, kind === 'tosa' ? 300_000 : 1_000_000]] : []),
  ]),
];
const comparisons = sizes.map(([kind, operations]) => ({
  name: operations === 0 ? kind : `${kind} ${operations / 1000}k`,
  kind,
  operations,
  ours: [],
  theirs: [],
}));
compare(comparisons, Number(values.runs), stored);
