/** Rules as the text that they are read from. */
import { quote, unitAttribute } from '../../../ir/attribute.ts';
import { keyOf } from '../frame.ts';
import { type MatchedOperation, type RuleData, type Sort, type Step, termText } from '../rule-data.ts';

const nameText = (name: string): string => (/^[A-Za-z_][\w.-]*$/.test(name) ? name : quote(name));
const opText = (name: string): string => (/^[A-Za-z_][\w$.]*$/.test(name) && name !== '_' ? name : quote(name));
const keyText = (name: string): string => (/^[A-Za-z_][\w$.]*$/.test(name) ? name : quote(name));

/** The sorts that a name shows by its sigil. */
const plain: Readonly<Partial<Record<Sort, boolean>>> = { value: true, attribute: true, type: true };

const entries = (list: readonly (readonly [string, string])[]): string =>
  list.length === 0
    ? ''
    : ` {${list.map(([name, text]) => (text === unitAttribute.text ? keyText(name) : `${keyText(name)} = ${text}`)).join(', ')}}`;
const list = (texts: readonly string[]): string => texts.join(', ');

function matchedText(matched: MatchedOperation): string {
  const typed = (type: MatchedOperation['results'][number] | undefined): string => (type ? ` : ${termText(type)}` : '');
  const operands = matched.operands.map(({ value, type }) => termText(value) + typed(type));
  if (matched.restOperands !== undefined) operands.push(`%${matched.restOperands}...`);
  const attributes = matched.attributes.map(({ name, value, type }) => [name, termText(value) + typed(type)] as const);
  const types = matched.results.map(termText);
  if (matched.restResults !== undefined) types.push(`!${matched.restResults}...`);
  const name = matched.opName === undefined ? '_' : opText(matched.opName);
  const head = `${matched.commutative ? 'commutative ' : ''}${name}${operands.length > 0 ? ' ' : ''}`;
  return `%${matched.name} = (${head}${list(operands)}${entries(attributes)} -> (${list(types)}))`;
}

function stepText(step: Step, root: string): string {
  switch (step.kind) {
    case 'create': {
      const operands = step.operands.map(termText);
      const attributes = step.attributes.map(({ name, value }) => [name, termText(value)] as const);
      const types = step.types ? ` -> (${list(step.types.map(termText))})` : '';
      const head = `${opText(step.opName)}${operands.length > 0 ? ' ' : ''}${list(operands)}`;
      return `%${step.name} = (${head}${entries(attributes)}${types})`;
    }
    case 'call': {
      const call = `${nameText(step.native)}(${list(step.arguments.map(termText))})`;
      if (step.results.length === 0) return call;
      const [only, ...others] = step.results.map(
        ({ name, sort }) => `${keyOf(sort, name)}${plain[sort] ? '' : ` : ${sort}`}`,
      );
      return others.length > 0 || only?.includes(':')
        ? `let ${list([only ?? '', ...others])} = ${call}`
        : `${only} = ${call}`;
    }
    case 'replace': {
      const by = list(step.by.map(termText));
      return step.operation === root && by !== '' ? by : `replace %${step.operation} with ${by}`;
    }
    default:
      return `erase %${step.operation}`;
  }
}

/** A rule as text. */
export function printRule(rule: RuleData): string {
  const benefit = rule.benefit === 1 ? '' : ` benefit ${rule.benefit}`;
  const groups = rule.groups.length === 0 ? '' : ` group ${list(rule.groups.map(nameText))}`;
  const conditions = rule.conditions.map(
    ({ native, negated, arguments: given }) =>
      `${negated ? 'not ' : ''}${nameText(native)}(${list(given.map(termText))})`,
  );
  const root = rule.operations.at(-1)?.name ?? '';
  return [
    `rule ${nameText(rule.name)}${benefit}${groups} {`,
    ...rule.operations.map((matched) => `  ${matchedText(matched)}`),
    ...(conditions.length > 0 ? [`  where ${list(conditions)}`] : []),
    '  =>',
    ...rule.steps.map((step) => `  ${stepText(step, root)}`),
    '}',
    '',
  ].join('\n');
}

/** Rules as text. */
export const printRules = (rules: readonly RuleData[]): string => rules.map(printRule).join('\n');
