/** The page about the rules of paleozoic. */
import { usualWidths } from './all-rules.ts';
import { markdownTable, outcomeOf } from './table.ts';
import type { Verdict } from './verdict.ts';

/** The page `docs/rule-proofs.md`. */
export function page(verdicts: readonly Verdict[]): string {
  const from = (isOne: (source: string) => boolean): string =>
    markdownTable(verdicts.filter((one) => isOne(one.source)));
  const number = (outcome: string): number => verdicts.filter((one) => outcomeOf(one) === outcome).length;
  return `# Which rules are proved

\`paleo-diff rules\` judges folds, patterns and rules of files. This page is its table: proofs of folds and of patterns at all widths of
1 to 64 bits and at that of \`index\`, the rest at ${usualWidths.join(', ')}. To make it anew:
\`PALEO_BLESS=1 npx vitest run tests/unit/proofs/rules-command.test.ts\`. Of ${verdicts.length} rules ${number('proved')} are proved,
${number('exhausted')} exhausted, ${number('tested')} tested, and none is wrong.

\`\`\`sh
paleo-diff rules                                 # the rules of paleozoic, at the widths that have corners
paleo-diff rules --width=32 --only=arith.select  # some of them, at one width
paleo-diff rules my.rules                        # your own
\`\`\`

A rule that is wrong is shown with its counterexample, and the exit code is 1:

\`\`\`
swap                         refuted    proved for i1; wrong for i2
'swap' is wrong for %arg0 = -2, %arg1 = -1: -1 before, 1 after
\`\`\`

| verdict | says |
| --- | --- |
| proved | Z3 finds no values for which the program after the rule is not as good as the one before |
| exhausted | run on all inputs of at least 8 bits (integers) or of half precision; on edges and random inputs in larger types |
| tested | run on pairs of edges (zeros of both signs, subnormals, ones and their neighbours, the largest, infinities, NaN; ends of ranges, powers of two) and on random inputs |
| refuted | there are values for which it is wrong; they are printed with both programs, and the exit code is 1 |

## How
- A rule is applied to the smallest programs that it matches: a fold to its operation on arguments (\`x\`, \`y\`; the same letter
  is the same value) and constants (\`c\`, \`d\`), a pattern to the expression that it looks for. All types are tried that fit
  around one of the asked width, all predicates and flags, all constants of up to 8 bits; of wider ones the edges, as the rule
  itself runs as a program. For these programs, a proof is about all values of all arguments.
- *As good as*: where the program before has a meaning and its result is not poison, the one after has a meaning and the same
  result. A division by zero or that overflows has no meaning; a shift by the width or more is poison, and so is what breaks a
  promise (\`nsw\`, \`nuw\`, \`exact\`). Arguments may be poison.
- What arithmetic means to Z3 is written apart from the interpreter (\`tools/proofs/arith-terms.ts\`), and tests hold the two
  against each other; every counterexample without poison is run by the interpreter
  before it is shown.
- Fixed point: \`tensorop.requantize\` is a function of each element, and so its rules are asked for tensors of one, in which an
  integer may have any of 1 to 64 bits; source and target have widths around that in the middle. What it means to Z3
  (\`tools/proofs/requantize-terms.ts\`) are sums and shifts, held against the interpreter on all integers of up to 8 bits. Shifts
  and roundings are numbers of the program, of which some dozens of combinations are tried for each typing, small shifts and
  those of a type's digits first. Rules with floating-point numbers beside are run on all bytes, all integers of 16 bits
  and all halves; that one applies exactly at the positions at which a format holds every integer is tried at all positions.
- What takes longer than \`--budget\` is run instead. Floating-point numbers are only run; where they are just moved, they are
  their bits.
- Operations on constants alone are compared with the interpreter.
- Without the optional package \`z3-solver\` everything is run.

## Folds

${from((source) => source === 'fold')}
## Patterns

${from((source) => source === 'pattern')}
## \`examples/arith.rules\`

${from((source) => source !== 'fold' && source !== 'pattern')}`;
}
