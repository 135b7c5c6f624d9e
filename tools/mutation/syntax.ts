/** The syntax tree of a TypeScript source, as far as mutation looks at it. */
import { parse } from '@babel/parser';

/** A node of any kind. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly operator?: string;
  readonly name?: string;
  /** Of a literal what it stands for, of a field a node. */
  readonly value?: unknown;
  readonly computed?: boolean;
  readonly prefix?: boolean;
  readonly left?: SyntaxNode;
  readonly right?: SyntaxNode;
  readonly argument?: SyntaxNode | null;
  readonly expression?: SyntaxNode;
  readonly callee?: SyntaxNode;
  readonly object?: SyntaxNode;
  readonly property?: SyntaxNode;
  readonly key?: SyntaxNode;
  readonly test?: SyntaxNode;
  readonly consequent?: SyntaxNode;
  readonly alternate?: SyntaxNode | null;
  readonly body?: SyntaxNode | readonly SyntaxNode[];
  readonly elements?: readonly (SyntaxNode | null)[];
}

/** The tree of a source. Throws a `SyntaxError` when it is none. */
export const syntaxOf = (source: string): SyntaxNode =>
  parse(source, { sourceType: 'module', plugins: ['typescript'] }).program as unknown as SyntaxNode;

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

/** Forms of an expression that say something of its type only. */
const typedForms: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
]);

/** The nodes right below, with the fields that they are in; what is about types is left out. */
export function childrenOf(node: SyntaxNode): readonly (readonly [field: string, child: SyntaxNode])[] {
  if (typedForms.has(node.type)) return [['expression', node.expression as SyntaxNode]];
  return Object.entries(node)
    .filter(([field]) => field !== 'loc' && !field.endsWith('Comments') && field !== 'typeAnnotation')
    .flatMap(([field, value]) =>
      (Array.isArray(value) ? value : [value]).map((child: unknown) => [field, child] as const),
    )
    .filter((pair): pair is readonly [string, SyntaxNode] => isNode(pair[1]))
    .filter(([, { type }]) => typedForms.has(type) || !type.startsWith('TS'));
}
