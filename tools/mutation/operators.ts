/** The ways in which code is made wrong. */
import type { SyntaxNode } from './syntax.ts';

/** Other text in the place of a node. */
export interface Replacement {
  readonly operator: string;
  readonly text: string;
}

const binarySwaps: Readonly<Record<string, string>> = {
  ...{ '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '**': '*' },
  ...{ '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===', '==': '!=', '!=': '==' },
  ...{ '&': '|', '|': '&', '^': '&', '<<': '>>', '>>': '<<', '>>>': '>>' },
};
const assignmentSwaps: Readonly<Record<string, string>> = {
  ...{
    '+=': '-=',
    '-=': '+=',
    '*=': '/=',
    '|=': '&=',
    '&=': '|=',
    '^=': '|=',
    '<<=': '>>=',
    '>>=': '<<=',
    '>>>=': '>>=',
  },
};
/** Methods that can be left out: what they are called on stands for the result. */
const droppable: ReadonlySet<string> = new Set([
  'filter',
  'reverse',
  'slice',
  'sort',
  'toReversed',
  'toSorted',
  'subarray',
]);
const methodSwaps: Readonly<Record<string, string>> = {
  ...{ min: 'max', max: 'min', ceil: 'floor', floor: 'ceil', trunc: 'ceil', some: 'every', every: 'some' },
  ...{ getInt8: 'getUint8', getInt16: 'getUint16', getInt32: 'getUint32', push: 'unshift', shift: 'pop', pop: 'shift' },
};
const comparisons: ReadonlySet<string> = new Set(['===', '!==', '==', '!=']);

const isText = (node: SyntaxNode | undefined): boolean =>
  node?.type === 'StringLiteral' || node?.type === 'TemplateLiteral';

/** Whether the negation of a condition is what another operator makes of it already. */
const isNegatedElsewhere = (test: SyntaxNode): boolean =>
  (test.type === 'UnaryExpression' && test.operator === '!') ||
  (test.type === 'BinaryExpression' && comparisons.has(test.operator ?? '')) ||
  test.type === 'BooleanLiteral';

/** What may stand in the place of an expression, by its kind. `role` is the field of its parent that it is in. */
export function replacements(
  node: SyntaxNode,
  source: string,
  parent: SyntaxNode,
  role: string,
): readonly Replacement[] {
  const text = ({ start, end }: SyntaxNode): string => source.slice(start, end);
  const of = (field: 'left' | 'right' | 'argument'): string => `(${text(node[field] ?? node)})`;
  const found: Replacement[] = [];
  const add = (operator: string, written: string): void => void found.push({ operator, text: written });
  const isTest = role === 'test' && ['IfStatement', 'ConditionalExpression', 'WhileStatement'].includes(parent.type);
  if (isTest && !isNegatedElsewhere(node)) add('negated condition', `!(${text(node)})`);
  switch (node.type) {
    case 'BinaryExpression': {
      const other = binarySwaps[node.operator ?? ''];
      if (other && !isText(node.left) && !isText(node.right))
        add(`${node.operator} to ${other}`, `${of('left')} ${other} ${of('right')}`);
      break;
    }
    case 'LogicalExpression':
      if (node.operator === '??') add('always the default', of('right'));
      else {
        const other = node.operator === '&&' ? '||' : '&&';
        add(`${node.operator} to ${other}`, `${of('left')} ${other} ${of('right')}`);
      }
      break;
    case 'UnaryExpression':
      if (node.operator === '!' || node.operator === '-' || node.operator === '~')
        add(`without ${node.operator}`, of('argument'));
      break;
    case 'UpdateExpression':
      // Loops that count the other way have no end, and tell nothing.
      if (parent.type !== 'ForStatement') {
        const other = node.operator === '++' ? '--' : '++';
        const target = text(node.argument ?? node);
        add(`${node.operator} to ${other}`, node.prefix ? `${other}${target}` : `${target}${other}`);
      }
      break;
    case 'AssignmentExpression': {
      const other = assignmentSwaps[node.operator ?? ''];
      if (other && !isText(node.right))
        add(`${node.operator} to ${other}`, `${text(node.left ?? node)} ${other} ${of('right')}`);
      break;
    }
    case 'NumericLiteral':
      add('number plus 1', String((node.value as number) + 1));
      break;
    case 'BigIntLiteral':
      add('number plus 1', `${BigInt(node.value as string) + 1n}n`);
      break;
    case 'BooleanLiteral':
      add('other truth', String(!(node.value as boolean)));
      break;
    case 'StringLiteral':
      if (/^[\w.-]+$/.test(node.value as string)) add('other string', `'${node.value as string}~'`);
      break;
    case 'ArrayExpression': {
      const { elements = [] } = node;
      const [first, second] = elements;
      if (
        first &&
        second &&
        elements.every((one) => one && one.type !== 'SpreadElement') &&
        text(first) !== text(second)
      ) {
        const rest = source.slice(second.end, node.end);
        add('first two swapped', `[${text(second)}, ${text(first)}${rest}`);
      }
      break;
    }
    case 'CallExpression':
      found.push(...callReplacements(node, source));
      break;
  }
  return found;
}

function callReplacements(node: SyntaxNode, source: string): readonly Replacement[] {
  const { object, property, computed, type } = node.callee ?? node;
  if (type !== 'MemberExpression' || computed === true || !object || !property) return [];
  const { name = '' } = property;
  const found: Replacement[] = [];
  if (droppable.has(name)) {
    found.push({ operator: `without ${name}`, text: `(${source.slice(object.start, object.end)})` });
  }
  const other = methodSwaps[name];
  if (other && Object.hasOwn(methodSwaps, name))
    found.push({
      operator: `${name} to ${other}`,
      text: `${source.slice(node.start, property.start)}${other}${source.slice(property.end, node.end)}`,
    });
  return found;
}
