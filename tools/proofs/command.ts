/** `paleo-diff rules`: whether folds, patterns and rules of files keep what programs mean. */
import { readFileSync } from 'node:fs';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { Context, type Type } from '../../ir/index.ts';
import { parseRules } from '../../rewrite/rules/index.ts';
import { UsageError } from '../cli/options.ts';
import { exitCode, type Sources, tool } from '../cli/tool.ts';
import { allDialects } from '../lists.ts';
import {
  allRules,
  allWidths,
  arrays,
  elementsOf,
  floats,
  integerArrays,
  integersOf,
  type RuleSet,
  usualWidths,
} from './all-rules.ts';
import { judgeConstantFold } from './constant-fold.ts';
import { judgeDrawn } from './drawn.ts';
import { usualSettings } from './instances.ts';
import { judge, type JudgeOptions } from './judge.ts';
import type { Verdict } from './verdict.ts';
import { type CheckedRule, fileRule } from './rule.ts';
import { startSolver } from './solver.ts';
import { counterexampleOf, counterexampleText, line, markdownTable, outcomeOf } from './table.ts';

const options = {
  only: { kind: 'value', metavar: 'TEXT', doc: 'only rules whose name contains TEXT' },
  width: {
    kind: 'list',
    metavar: 'N',
    doc: `bits of integers, 'all' for 1 to 64; may be repeated (${usualWidths.join(', ')})`,
  },
  budget: { kind: 'value', metavar: 'MS', doc: 'what one question to the solver may take (1000)' },
  samples: {
    kind: 'value',
    metavar: 'N',
    doc: 'random inputs where neither a proof nor all inputs are possible (1000)',
  },
  markdown: { kind: 'flag', doc: 'print the table as Markdown' },
} as const;

/** Beyond so many widths, what only is run is run at the usual ones of them. */
const manyWidths = 16;

const { quantize, dequantize, requantize } = tensorop.ops;
const fixedPointNames: readonly (string | undefined)[] = [quantize, dequantize, requantize].map(({ opName }) => opName);
const isFixedPoint = ({ template }: CheckedRule): boolean =>
  template.some(({ opName }) => fixedPointNames.includes(opName));

const fewSettings = 30;

/** Judges rules one after the other for the types that they are over. */
export async function* judgeAll(
  sets: readonly RuleSet[],
  widths: readonly number[],
  judging: JudgeOptions,
): AsyncGenerator<Verdict> {
  const some = widths.length > manyWidths ? widths.filter((width) => usualWidths.includes(width)) : widths;
  for (const { rules, constants, drawn, over } of sets) {
    const numbers = [...integersOf(widths), ...floats];
    const fixedPoint = [...elementsOf(widths), ...integerArrays];
    const mainsOf: Readonly<Record<RuleSet['over'], (rule: CheckedRule) => readonly Type[]>> = {
      numbers: () => numbers,
      integers: () => elementsOf(widths),
      arrays: () => [...arrays, ...integerArrays],
      anything: (rule) => [...numbers, ...arrays, ...(isFixedPoint(rule) ? fixedPoint : [])],
    };
    // What is tried at many widths needs not so much of each.
    const settings = over === 'integers' && some !== widths ? fewSettings : usualSettings;
    for (const rule of rules) {
      const verdict = await judge(rule, mainsOf[over](rule), { settings, ...judging });
      // Most shapes of operands fold to nothing; a rule that somebody wrote should match something.
      if (verdict.untried === undefined || rule.source !== 'fold') yield verdict;
    }
    for (const fold of constants) {
      const verdict = judgeConstantFold(fold, [...integersOf(some), ...floats], judging);
      if (verdict.untried === undefined) yield verdict;
    }
    for (const rule of drawn) {
      const verdict = judgeDrawn(rule);
      if (verdict.untried === undefined || rule.source !== 'fold') yield verdict;
    }
  }
}

function widthsOf(given: readonly string[]): readonly number[] {
  if (given.length === 0) return usualWidths;
  if (given.includes('all')) return allWidths;
  return given.map((text) => {
    const width = Number(text);
    if (Number.isInteger(width) && width >= 1 && width <= 64) return width;
    throw new UsageError(`option '--width' is '${text}', expected 1 to 64, or 'all'`);
  });
}

function numberOf(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`option '--${name}' is '${text}', expected a whole number from 1 on`);
}

/** The rules of files; throws a `DiagnosticError` that is located in one of them. */
export function rulesOfFiles(files: readonly string[], sources: Sources): readonly RuleSet[] {
  const context = new Context(allDialects, { allowUnregistered: true });
  const rules = files.flatMap((file) => {
    const bytes = readFileSync(file);
    sources.add(file, bytes);
    return parseRules(bytes, file, context).map((rule) => fileRule(rule, file, context, allDialects));
  });
  return [{ rules, constants: [], drawn: [], over: 'anything' }];
}

const named = (sets: readonly RuleSet[], text: string): readonly RuleSet[] => {
  const left = sets.map((set) => ({
    ...set,
    rules: set.rules.filter(({ name }) => name.includes(text)),
    constants: set.constants.filter(({ name }) => name.includes(text)),
    drawn: set.drawn.filter(({ name }) => name.includes(text)),
  }));
  if (left.every(({ rules, constants, drawn }) => rules.length + constants.length + drawn.length === 0))
    throw new UsageError(`no rule has '${text}' in its name`);
  return left;
};

/** The command. */
export const rulesCommand = tool({
  name: 'paleo-diff rules',
  summary: 'proves folds, patterns and rules of files, or shows where they are wrong',
  usage: ['paleo-diff rules [--only=TEXT] [--width=N …] [--budget=MS] [--markdown]', 'paleo-diff rules FILE.rules …'],
  options,
  notes: `Without a file, the rules of paleozoic are judged. Exit code 1 says that a rule is wrong.
Proofs need the optional package z3-solver; without it rules are run only.`,
  async run({ options: given, files }, streams, sources) {
    const widths = widthsOf(given.width);
    const [budget, samples] = [numberOf('budget', given.budget, 1000), numberOf('samples', given.samples, 1000)];
    const sets = files.length > 0 ? rulesOfFiles(files, sources) : allRules;
    const asked = given.only === undefined ? sets : named(sets, given.only);
    const solver = await startSolver();
    if (!solver) streams.err('z3-solver is not installed: rules are run, none is proved\n');
    const verdicts: Verdict[] = [];
    try {
      for await (const verdict of judgeAll(asked, widths, { solver, budget, samples })) {
        verdicts.push(verdict);
        if (!given.markdown) streams.out(`${line(verdict)}\n`);
        const wrong = counterexampleOf(verdict);
        if (wrong) (given.markdown ? streams.err : streams.out)(counterexampleText(verdict.rule, wrong));
      }
    } finally {
      await solver?.close();
    }
    if (given.markdown) streams.out(markdownTable(verdicts));
    return verdicts.some((verdict) => outcomeOf(verdict) === 'refuted') ? exitCode.diagnostic : exitCode.done;
  },
});
