/** Findings as text. */
import { NdArray, type RuntimeValue } from '../../interpreter/index.ts';
import { prettyLocation } from '../../ir/index.ts';
import { actionText, numbered } from '../../rewrite/index.ts';
import { scalarText, type ValueDifference } from '../check/values.ts';
import type { Culprit } from './bisect.ts';
import type { Finding } from './finding.ts';
import type { Difference } from './judge.ts';

/** So many elements of an input are written out. */
const shownElements = 16;

const inputText = (value: RuntimeValue): string => {
  if (typeof value !== 'object') return scalarText(value);
  if (!(value instanceof NdArray)) return `a ${value.runtimeKind}`;
  const elements = Array.from(value.data.subarray(0, shownElements), scalarText).join(', ');
  return `${[...value.shape, value.element.text].join('x')} [${elements}${value.data.length > shownElements ? ', …' : ''}]`;
};

/** `4 before and 5 after`. */
const apart = ({ before, after, bound }: ValueDifference): string =>
  `${before} before and ${after} after${bound === undefined ? '' : `, more than ${bound} apart`}`;
/** `, element 3`, of an array. */
const elementText = ({ element }: ValueDifference): string => (element === undefined ? '' : `, element ${element}`);

/** `result #0 of @f, element 3 is 4 before and 5 after`. */
export const differenceText = ({ entry, output, step, value }: Difference): string =>
  step
    ? `'${step.operation}' of ${prettyLocation(step.location)} in @${entry}${elementText(value)} is, on the same inputs, ${apart(value)}`
    : output === undefined
      ? `@${entry} gives ${apart(value)}`
      : `result #${output} of @${entry}${elementText(value)} is ${apart(value)}`;

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');

function culpritText(culprit: Culprit | undefined, pass: string): string {
  if (!culprit) return `'${pass}' does it by itself, not by one application of a pattern, fold or step\n`;
  const { kind, name, line, made, number, tries, operation } = culprit;
  const [before = '', ...after] = numbered([line, ...made]);
  const which = number === undefined ? 'it is the only one that was applied' : `try ${number} of ${tries}`;
  return [
    `${actionText(kind, name)} does it, on '${operation}' (${which}):`,
    `  - ${before.trim()}`,
    ...after.map((one) => `  + ${one.trim()}`),
    '',
  ].join('\n');
}

/** What was found: the difference, the program that shows it, before and after, and what did it. */
export function findingText({ pass, contract, difference, firstDifferent, reduced, culprit }: Finding): string {
  const { input } = reduced.difference;
  return [
    `pass '${pass}' changes what the program gives, though ${contract}`,
    `  ${differenceText(difference)}`,
    ...(firstDifferent
      ? [
          `  first different: '${firstDifferent.operation}' of ${prettyLocation(firstDifferent.location)}` +
            `${elementText(firstDifferent.value)} gives ${apart(firstDifferent.value)}`,
        ]
      : []),
    `reduced to ${reduced.operations} operations:`,
    indented(reduced.before),
    `after '${pass}':`,
    indented(reduced.after),
    `on the inputs (${input.style}${input.style === 'given' ? '' : `, seed ${input.seed}`}) ${input.values.map(inputText).join('; ') || 'none'}`,
    `  ${differenceText(reduced.difference)}`,
    culpritText(culprit, pass),
  ].join('\n');
}
