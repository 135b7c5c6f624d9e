/**
 * Declared assembly formats as data. A format is a text of `$names`, directives (`attr-dict`,
 * `type($x)`, `functional-type(operands, results)`, …), literals (punctuation as it is, words
 * between backticks or bare) and optional groups `( … $anchor^ … )?`, as upstream has them.
 */
import type { OpDefinition } from '../definition.ts';

/** What a type directive speaks of: one declared group, or all of a side. */
export interface TypeSource {
  readonly side: 'operand' | 'result';
  /** Index of the declared group; −1 for all. */
  readonly group: number;
}
/** One element of a format. */
export type FormatElement =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'space'; readonly text: '' | ' ' | '\n' }
  | { readonly kind: 'operand' | 'attribute' | 'region' | 'successor'; readonly index: number }
  | { readonly kind: 'operands' | 'regions' | 'successors' }
  | { readonly kind: 'type'; readonly of: TypeSource }
  | { readonly kind: 'functional-type'; readonly inputs: TypeSource; readonly results: TypeSource }
  | { readonly kind: 'attr-dict'; readonly keyword: boolean }
  | {
      readonly kind: 'group';
      readonly elements: readonly FormatElement[];
      readonly anchor: number;
      readonly otherwise: readonly FormatElement[];
    };

/** A compiled format. */
export interface Format {
  readonly elements: readonly FormatElement[];
  /** Declared attributes that are written by name, which `attr-dict` leaves out. */
  readonly mentioned: ReadonlySet<string>;
  /** The same as a list. */
  readonly said: readonly string[];
  /** The declared groups whose types are written; −1 for all. */
  readonly typedOperands: ReadonlySet<number>;
  readonly typedResults: ReadonlySet<number>;
}

const tokenPattern = /\s+|`[^`]*`|\$[A-Za-z_]\w*|\.\.\.|->|::|[A-Za-z_][\w.-]*|[()[\]{}<>:,=?^|*+]/y;

function tokenize(format: string, complain: (message: string) => never): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  for (let at = 0; at < format.length; at = tokenPattern.lastIndex) {
    tokenPattern.lastIndex = at;
    const token = tokenPattern.exec(format)?.[0];
    if (token === undefined) return complain(`'${format.slice(at)}' is not understood`);
    if (token.trim() !== '' || token.startsWith('`')) tokens.push(token);
  }
  return tokens;
}

/** Reads one format against the names of a declaration. */
class FormatReader {
  readonly mentioned: Set<string>;
  readonly typedOperands: Set<number>;
  readonly typedResults: Set<number>;
  private readonly definition: OpDefinition;
  private readonly tokens: readonly string[];
  private at: number;

  constructor(definition: OpDefinition, format: string) {
    this.definition = definition;
    this.tokens = tokenize(format, (message) => this.complain(message));
    this.at = 0;
    this.mentioned = new Set();
    this.typedOperands = new Set();
    this.typedResults = new Set();
  }

  complain(message: string): never {
    throw new Error(`assembly format of ${this.definition.opName}: ${message}`);
  }

  private expect(token: string): void {
    const found = this.tokens[this.at++];
    if (found !== token) this.complain(`found '${found ?? 'the end'}', expected '${token}'`);
  }

  /** Elements up to the end, or up to the `)` of a group. */
  elements(inGroup: boolean): { readonly elements: FormatElement[]; readonly anchor: number } {
    const elements: FormatElement[] = [];
    let anchor = -1;
    let open = 0;
    for (; this.at < this.tokens.length; ) {
      const token = this.tokens[this.at] as string;
      if (token === ')' && inGroup && open === 0) return { elements, anchor };
      if (token === '^') {
        anchor = elements.length - 1;
        this.at++;
        continue;
      }
      if (token === '(' && !this.opensGroup()) open++;
      if (token === ')') open--;
      elements.push(this.element());
    }
    return inGroup ? this.complain(`a group is not closed`) : { elements, anchor };
  }

  /** Whether the parenthesis here is closed by `)?` or `):(`. */
  private opensGroup(): boolean {
    let depth = 0;
    for (let at = this.at; at < this.tokens.length; at++) {
      if (this.tokens[at] === '(') depth++;
      else if (this.tokens[at] === ')' && --depth === 0) {
        const next = this.tokens[at + 1];
        return (
          next === '?' || (next === ':' && this.tokens[at + 2] === '(' && this.tokens.slice(this.at, at).includes('^'))
        );
      }
    }
    return false;
  }

  private element(): FormatElement {
    const token = this.tokens[this.at] as string;
    if (token === '(' && this.opensGroup()) return this.group();
    this.at++;
    if (token.startsWith('`')) {
      const text = token.slice(1, -1);
      if (text.trim() === '') return { kind: 'space', text: text === '' ? '' : ' ' };
      return text === '\\n' ? { kind: 'space', text: '\n' } : { kind: 'literal', text };
    }
    if (token.startsWith('$')) return this.reference(token.slice(1));
    switch (token) {
      case 'attr-dict':
      case 'attr-dict-with-keyword':
        return { kind: 'attr-dict', keyword: token !== 'attr-dict' };
      case 'operands':
      case 'regions':
      case 'successors':
        return { kind: token };
      case 'type': {
        this.expect('(');
        const of = this.source();
        this.expect(')');
        return { kind: 'type', of };
      }
      case 'functional-type': {
        this.expect('(');
        const inputs = this.source();
        this.expect(',');
        const results = this.source();
        this.expect(')');
        return { kind: 'functional-type', inputs, results };
      }
      default:
        return { kind: 'literal', text: token };
    }
  }

  private group(): FormatElement {
    this.expect('(');
    const { elements, anchor } = this.elements(true);
    this.expect(')');
    let otherwise: readonly FormatElement[] = [];
    if (this.tokens[this.at] === ':') {
      this.at += 2;
      otherwise = this.elements(true).elements;
      this.expect(')');
    }
    this.expect('?');
    if (anchor < 0) return this.complain(`a group has no anchor '^'`);
    return { kind: 'group', elements, anchor, otherwise };
  }

  private source(): TypeSource {
    const token = this.tokens[this.at++] ?? '';
    const { operands, results } = this.definition;
    const name = token.slice(1);
    const operand = token === 'operands' ? -1 : operands.findIndex((value) => value.name === name);
    if (token === 'operands' || operand >= 0) {
      this.typedOperands.add(operand);
      return { side: 'operand', group: operand };
    }
    const result = token === 'results' ? -1 : results.findIndex((value) => value.name === name);
    if (token !== 'results' && result < 0) return this.complain(`'${token}' is neither an operand nor a result`);
    this.typedResults.add(result);
    return { side: 'result', group: result };
  }

  private reference(name: string): FormatElement {
    const { operands, attributes, regions, successors } = this.definition;
    const operand = operands.findIndex((value) => value.name === name);
    if (operand >= 0) return { kind: 'operand', index: operand };
    const attribute = attributes.findIndex((value) => value.name === name);
    if (attribute >= 0) {
      this.mentioned.add(name);
      return { kind: 'attribute', index: attribute };
    }
    const region = regions.findIndex((value) => value.name === name);
    if (region >= 0) return { kind: 'region', index: region };
    const successor = successors.indexOf(name);
    if (successor >= 0) return { kind: 'successor', index: successor };
    return this.complain(`'$${name}' is not an operand, attribute, region or successor`);
  }
}

const compiled = new WeakMap<OpDefinition, Format>();

/** The compiled format of a declaration; throws when the format is not well formed. */
export function formatOf(definition: OpDefinition, text: string): Format {
  let format = compiled.get(definition);
  if (!format) {
    const reader = new FormatReader(definition, text);
    const { elements } = reader.elements(false);
    const { mentioned, typedOperands, typedResults } = reader;
    format = { elements, mentioned, said: [...mentioned], typedOperands, typedResults };
    compiled.set(definition, format);
  }
  return format;
}
