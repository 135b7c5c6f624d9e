/** All mutants of a source, and the source with all of them in it, each behind a switch. */
import { replacements } from './operators.ts';
import { childrenOf, type SyntaxNode, syntaxOf } from './syntax.ts';

/** One change that makes a source another program. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly operator: string;
  /** What is there, and what would be there instead, on one line each. */
  readonly before: string;
  readonly after: string;
}

interface Change extends Pick<Mutant, 'operator'> {
  readonly node: SyntaxNode;
  readonly text: string;
  /** A statement is left out, an expression replaced. */
  readonly kind: 'statement' | 'expression';
}

/** Functions that refuse an input or tell of a mistake: what they say is no behaviour that values depend on. */
const telling =
  /^(errorAt|warningAt|remarkAt|refuse|refusal|stop|fail|failAt|fault|invalid|reject|wrong|report)$|Error$|Fault$|^Violation$/;

/** Fields of declarations that no value depends on: what is for readers, and how long something takes. */
const withoutValue: ReadonlySet<string> = new Set(['doc', 'summary', 'description', 'message', 'reason', 'cycles']);

const nameOf = (callee: SyntaxNode | undefined): string =>
  (callee?.type === 'MemberExpression' ? callee.property?.name : callee?.name) ?? '';

function isTelling(node: SyntaxNode | null | undefined): boolean {
  switch (node?.type) {
    case 'ThrowStatement':
    case 'TemplateLiteral':
      return true;
    case 'CallExpression':
    case 'NewExpression':
      return telling.test(nameOf(node.callee));
    case 'ReturnStatement':
      return isTelling(node.argument);
    case 'ExpressionStatement':
      return isTelling(node.expression);
    case 'BlockStatement':
      return Array.isArray(node.body) && node.body.length === 1 && isTelling(node.body[0] as SyntaxNode);
    default:
      return false;
  }
}

const canBeLeftOut = ({ type, callee }: SyntaxNode): boolean =>
  type === 'AssignmentExpression' ||
  type === 'UpdateExpression' ||
  (type === 'CallExpression' && callee?.type !== 'Super');

class Collector {
  readonly changes: Change[];
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
    this.changes = [];
  }

  visit(node: SyntaxNode, parent: SyntaxNode, role: string): void {
    if (isTelling(node) && node.type !== 'ReturnStatement') return;
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'Directive':
        return;
      case 'ObjectProperty':
        if (withoutValue.has(node.key?.name ?? '')) return;
        break;
      case 'IfStatement':
        // Whether something is refused: only that it always is shows in programs that are valid.
        if (isTelling(node.consequent) && !node.alternate && node.test) {
          this.change(node.test, 'always refused', 'true');
          return;
        }
        break;
      case 'ExpressionStatement':
        if (node.expression && canBeLeftOut(node.expression))
          this.changes.push({ node, operator: 'without statement', text: '', kind: 'statement' });
        break;
      case 'AssignmentExpression':
        this.replace(node, parent, role);
        if (node.right) this.visit(node.right, node, 'right');
        return;
      case 'UpdateExpression':
        this.replace(node, parent, role);
        return;
      default:
    }
    this.replace(node, parent, role);
    for (const [field, child] of childrenOf(node)) {
      const named = field === 'key' || field === 'property' || field === 'id' || field === 'label';
      if (!named || node.computed === true) this.visit(child, node, field);
    }
  }

  private change(node: SyntaxNode, operator: string, text: string): void {
    this.changes.push({ node, operator, text, kind: 'expression' });
  }

  private replace(node: SyntaxNode, parent: SyntaxNode, role: string): void {
    for (const { operator, text } of replacements(node, this.source, parent, role)) this.change(node, operator, text);
  }
}

function changesOf(source: string): readonly Change[] {
  const program = syntaxOf(source);
  const collector = new Collector(source);
  for (const [field, child] of childrenOf(program)) collector.visit(child, program, field);
  return collector.changes;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 100);

/** The mutants of a source, in the order of the text; the same source has the same ones. */
export const mutantsOf = (file: string, source: string): readonly Mutant[] =>
  changesOf(source).map(({ node, operator, text }) => ({
    file,
    line: source.slice(0, node.start).split('\n').length,
    operator,
    before: oneLine(source.slice(node.start, node.end)),
    after: oneLine(text),
  }));

/** The source with one of its mutants, by its place in `mutantsOf`. */
export function withMutant(source: string, number: number): string {
  const change = changesOf(source)[number];
  if (!change) throw new RangeError(`there is no mutant ${number}`);
  const { node, text, kind } = change;
  return source.slice(0, node.start) + (kind === 'statement' ? ';' : `(${text})`) + source.slice(node.end);
}

/** The name of the switch in instrumented sources: says whether mutant `id` is the one that is on. */
export const switchName = '__mutant';

/** The source with all its mutants, of which the first has the number `first`. */
export function instrumented(source: string, first: number): string {
  const pieces: { readonly at: number; readonly order: number; readonly text: string }[] = [];
  const byNode = new Map<SyntaxNode, { readonly id: number; readonly change: Change }[]>();
  for (const [at, change] of changesOf(source).entries()) {
    const known = byNode.get(change.node) ?? [];
    byNode.set(change.node, known);
    known.push({ id: first + at, change });
  }
  let depth = 0;
  for (const [node, changes] of byNode) {
    depth++;
    const statement = changes.find(({ change }) => change.kind === 'statement');
    const before = statement
      ? `{if(!${switchName}(${statement.id})){`
      : `(${changes.map(({ id, change }) => `${switchName}(${id})?(${change.text}):`).join('')}(`;
    // Outer nodes come first: they begin before inner ones and end after them.
    pieces.push({ at: node.start, order: depth, text: before });
    pieces.push({ at: node.end, order: -1e9 + -depth, text: statement ? '}}' : '))' });
  }
  pieces.sort((a, b) => a.at - b.at || a.order - b.order);
  let text = `const ${switchName}=globalThis.${switchName};`;
  let done = 0;
  for (const { at, text: piece } of pieces) {
    text += source.slice(done, at) + piece;
    done = at;
  }
  return text + source.slice(done);
}
