/** Verdicts as lines for a terminal and as a table for a page. */
import { elementTypeOf, type Type } from '../../ir/index.ts';
import { bitsOfType } from './samples.ts';
import { numberType } from './symbolic-function.ts';
import { type Counterexample, type Outcome, outcomes, type TypeVerdict, type Verdict } from './verdict.ts';

const bitsOf = (type: Type): number => bitsOfType(elementTypeOf(type));
const kindOf = (type: Type | undefined): string =>
  type?.kind === 'index' ? 'integer' : type?.kind === 'tensor' ? type.element.kind : (type?.kind ?? '');
const isCertain = ({ outcome }: TypeVerdict): boolean => outcome === 'proved' || outcome === 'exhausted';

/**
 * A rule's outcome in a word. It is exhausted when what could only be tested has a smaller type of the same kind, of 8
 * bits at least, in which nothing was left out.
 */
export function outcomeOf({ types }: Verdict): Outcome | 'not tried' {
  if (types.length === 0) return 'not tried';
  if (types.some(({ outcome }) => outcome === 'refuted')) return 'refuted';
  if (types.every(({ outcome }) => outcome === 'proved')) return 'proved';
  const certain = types.filter((one) => isCertain(one) && (one.type === undefined || bitsOf(one.type) >= 8));
  const kinds = new Set(certain.map(({ type }) => kindOf(type)));
  return types.every((one) => isCertain(one) || kinds.has(kindOf(one.type))) ? 'exhausted' : 'tested';
}

const widthOf = (type: Type): number | undefined => (type.kind === 'integer' ? type.width : undefined);
/** Types of numbers; a tensor of one is told as its element. */
const told = (types: readonly Type[]): readonly Type[] => [...new Set(types.map(numberType))];

/** Types as a list in which neighbouring widths are joined: `i1–i4, i8, index`. */
export function typesText(types: readonly Type[]): string {
  const runs: Type[][] = [];
  for (const type of told(types)) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    const width = widthOf(type);
    if (before && width !== undefined && widthOf(before) === width - 1) last?.push(type);
    else runs.push([type]);
  }
  return runs
    .flatMap((run) => (run.length > 2 ? [`${run[0]?.text}–${run.at(-1)?.text}`] : run.map(({ text }) => text)))
    .join(', ');
}

const count = (of: number): string => of.toLocaleString('en-US');
const how: Readonly<Record<Outcome, (inputs: number, unit: string) => string>> = {
  proved: () => 'proved',
  exhausted: (inputs, unit) => `all ${count(inputs)} ${unit}`,
  tested: (inputs, unit) => `${count(inputs)} ${unit}`,
  refuted: () => 'wrong',
};

/** What was found, by how sure it is and for which types. */
export function detailText({ types, untried, unit }: Verdict): string {
  if (untried !== undefined) return untried;
  return outcomes
    .flatMap((outcome) => {
      const found = types.filter((one) => one.outcome === outcome);
      if (found.length === 0) return [];
      const given = found.flatMap(({ type }) => (type ? [type] : []));
      const inputs = found.reduce((sum, one) => sum + one.inputs, 0);
      return [`${how[outcome](inputs, unit)}${given.length > 0 ? ` for ${typesText(given)}` : ''}`];
    })
    .join('; ');
}

/** One verdict in a line. */
export const line = (verdict: Verdict): string =>
  `${verdict.rule.padEnd(28)} ${outcomeOf(verdict).padEnd(10)} ${detailText(verdict)}`;

/** What is wrong about a rule. */
export const counterexampleOf = ({ types }: Verdict): Counterexample | undefined =>
  types.map(({ counterexample }: TypeVerdict) => counterexample).find((one) => one !== undefined);

const indented = (text: string): string => text.replace(/^/gm, '    ');

/** A counterexample as it is told: the inputs, both values, both programs. */
export function counterexampleText(rule: string, { given, before, after, programs }: Counterexample): string {
  const inputs = given.map((value, at) => `%arg${at} = ${value}`).join(', ');
  const [first, second] = programs;
  return [
    `'${rule}' is wrong${inputs ? ` for ${inputs}` : ''}: ${before} before, ${after} after`,
    '  before:',
    indented(first.trim()),
    ...(second ? ['  after:', indented(second.trim())] : []),
    '',
  ].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** Verdicts as a table of Markdown. */
export const markdownTable = (verdicts: readonly Verdict[]): string =>
  [
    row(['rule', 'verdict', 'what was found']),
    row(['---', '---', '---']),
    ...verdicts.map((verdict) => row([`\`${verdict.rule}\``, outcomeOf(verdict), detailText(verdict)])),
    '',
  ].join('\n');
