/** Pairs of rules and a module, rewritten by us and by upstream's own engine. */
import { Context, stringAttribute } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { rewriteGreedily } from '../../rewrite/index.ts';
import {
  compileRule,
  condition,
  expandOrders,
  exportRules,
  importRules,
  type Native,
  parseRules,
  type RuleData,
} from '../../rewrite/rules/index.ts';
import { allDialects } from '../../tools/lists.ts';
import { Random } from '../../tools/check/random.ts';
import { judge, separator } from '../mlir-opt.ts';
import { randomModule } from './random-module.ts';
import { randomRule } from './random-rules.ts';

/** The native helpers that upstream's test pass has, by the names that it gives them. */
export const judgeNatives: ReadonlyMap<string, Native> = new Map<string, Native>([
  ['single_entity_constraint', condition(['operation'], (operation) => operation.name === 'test.op')],
  [
    'multi_entity_var_constraint',
    condition(['values', 'types'], (values, types) => values.length === 2 && types.length === 2),
  ],
  [
    'str_creator',
    { kind: 'function', parameters: [], results: ['attribute'], pure: true, call: () => [stringAttribute('test.str')] },
  ],
]);

/** One pair: what goes in, and what came of it here. */
export interface Pair {
  readonly seed: number;
  readonly rules: string;
  readonly module: string;
  /** The patterns and the module, for the judge. */
  readonly question: string;
  /** The module as our driver left it. */
  readonly answer: string;
  readonly rewrites: number;
}

/** Orders of one rule, so that each has a benefit of its own. */
const ordersOfRule = 16;

/** The rules of a text for the judge: one order each, with benefits that say which is tried first. */
export const plainRules = (rules: readonly RuleData[], context: Context): readonly RuleData[] =>
  rules.flatMap((rule) =>
    expandOrders(rule, context).map((plain, at) => ({ ...plain, benefit: rule.benefit * ordersOfRule - at })),
  );

/** The pair that a seed stands for. */
export function pairOf(seed: number): Pair {
  const random = new Random(seed);
  const context = new Context(allDialects, { allowUnregistered: true });
  const count = 1 + random.below(4);
  const text = Array.from({ length: count }, (_, at) => randomRule(random, `rule-${at}`, 1 + at)).join('\n');
  const rules = parseRules(text, `pair-${seed}.rules`, context, { natives: judgeNatives });
  const module = randomModule(random, rules);
  const top = parseModule(`module {\n${module}}\n`, context, { fileName: `pair-${seed}.mlir` });
  const patterns = parseModule('module @patterns {\n}', context);
  exportRules(plainRules(rules, context), patterns.region().entry ?? patterns.region().addBlock());
  const ir = top.region().entry?.first;
  if (!ir) throw new Error('the module is empty');
  const asked = printOperation(patterns, { generic: true });
  // Every other pair is rewritten by rules that have been text of PDL in between.
  const run = seed % 2 === 0 ? rules : importRules(parseModule(asked, context, { fileName: 'asked.mlir' }));
  const { rewrites } = rewriteGreedily(
    ir,
    run.map((rule) => compileRule(rule, context, { natives: judgeNatives })),
    // As upstream's test pass works.
    { check: true, topDown: false },
  );
  return {
    seed,
    rules: text,
    module,
    question: `module {\n${asked}\n${module}}\n`,
    answer: printOperation(top, { generic: true }),
    rewrites,
  };
}

/** A pair on which the judge ends elsewhere. */
export interface Difference {
  readonly pair: Pair;
  readonly ours: string;
  readonly theirs: string;
}

const flags = ['-allow-unregistered-dialect', '--mlir-print-op-generic', '-split-input-file'] as const;

/** Asks the judge about pairs, all in two runs. */
export function differences(pairs: readonly Pair[]): readonly Difference[] {
  const run = (args: readonly string[], texts: readonly string[]): readonly string[] => {
    const { status, stdout, stderr } = judge([...flags, ...args], texts.join(separator));
    if (status !== 0) throw new Error(`the judge refuses: ${stderr.slice(0, 4000)}`);
    const parts = stdout.split(separator);
    if (parts.length !== texts.length) throw new Error(`${texts.length} texts, ${parts.length} results`);
    return parts;
  };
  const theirs = run(
    ['-test-pdl-bytecode-pass'],
    pairs.map(({ question }) => question),
  );
  const ours = run(
    [],
    pairs.map(({ answer }) => answer),
  );
  return pairs.flatMap((pair, at) => {
    const [a = '', b = ''] = [ours[at]?.trim(), theirs[at]?.trim()];
    return a === b ? [] : [{ pair, ours: a, theirs: b }];
  });
}
