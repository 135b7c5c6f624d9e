/** What both sides of a rule are written with: names, types, attributes, calls. */
import { failAt } from '../../../ir/text/failure.ts';
import { token } from '../../../ir/text/token.ts';
import type { Natives } from '../native.ts';
import type { Sort, Step, Term, TypeTerm, ValueTerm } from '../rule-data.ts';
import type { RuleTokens } from './rule-tokens.ts';

/** How deep expressions may be nested. */
const deepest = 200;

/** Reads parts of one rule and collects its steps. */
export abstract class RuleExpressions {
  protected readonly tokens: RuleTokens;
  protected readonly steps: Step[];
  /** Names that stand for operations rather than values. */
  protected readonly operationNames: Set<string>;
  protected readonly natives: Natives;
  protected depth: number;
  private next: number;

  constructor(tokens: RuleTokens, natives: Natives) {
    this.tokens = tokens;
    this.steps = [];
    this.operationNames = new Set();
    this.natives = natives;
    this.depth = 0;
    this.next = 0;
  }

  /** A number that the text does not use as a name. */
  protected freshName(): string {
    while (this.tokens.numericNames().has(String(this.next))) this.next++;
    return String(this.next++);
  }

  protected opening(): { readonly opName: string | undefined; readonly commutative: boolean } {
    const { tokens } = this;
    if (++this.depth > deepest) failAt(`nested deeper than ${deepest} operations`, tokens.start);
    tokens.expect(token.LPAREN, "'('");
    const commutative = tokens.takeKeyword('commutative');
    return { opName: tokens.operationName(), commutative };
  }

  protected moreOperands(first: boolean): boolean {
    const { tokens } = this;
    if (!first) return tokens.take(token.COMMA);
    return !(tokens.kind === token.LBRACE || tokens.kind === token.ARROW || tokens.kind === token.RPAREN);
  }

  /** `{name = …, …}` with what stands after each name read by `entry`. */
  protected dictionary(entry: (name: string) => void): void {
    const { tokens } = this;
    tokens.expect(token.LBRACE, "'{'");
    while (tokens.kind !== token.RBRACE) {
      entry(tokens.attributeName());
      if (!tokens.take(token.COMMA)) break;
    }
    tokens.expect(token.RBRACE, "',' or '}'");
  }

  /** `-> type` or `-> (types)`; undefined where nothing is said. */
  protected resultTypes(): { readonly types: TypeTerm[]; readonly rest: string | undefined } | undefined {
    const { tokens } = this;
    if (!tokens.take(token.ARROW)) return undefined;
    const types: TypeTerm[] = [];
    const one = (): string | undefined => {
      const rest = tokens.typeRest();
      if (rest !== undefined) return rest === '' ? this.freshName() : rest;
      types.push(this.type());
      return undefined;
    };
    if (!tokens.take(token.LPAREN)) return { rest: one(), types };
    let rest: string | undefined;
    while (tokens.kind !== token.RPAREN && rest === undefined) {
      rest = one();
      if (!tokens.take(token.COMMA)) break;
    }
    tokens.expect(token.RPAREN, rest === undefined ? "',' or ')'" : "')', as the rest of the types comes last");
    return { types, rest };
  }

  protected type(): TypeTerm {
    return this.tokens.type();
  }

  /** `%x` or `%x#1`; the name of an operation means its first result. */
  protected value(): ValueTerm {
    const { name, part } = this.tokens.value();
    if (part !== undefined) return { kind: 'result', of: name, at: part };
    return this.operationNames.has(name) ? { kind: 'result', of: name, at: 0 } : { kind: 'value', name };
  }

  protected arguments(): readonly Term[] {
    const { tokens } = this;
    tokens.expect(token.LPAREN, "'(' and arguments");
    const terms: Term[] = [];
    while (tokens.kind !== token.RPAREN) {
      terms.push(this.argument());
      if (!tokens.take(token.COMMA)) break;
    }
    tokens.expect(token.RPAREN, "',' or ')'");
    return terms;
  }

  protected argument(): Term {
    const { tokens } = this;
    const rest = tokens.rest();
    if (rest !== undefined) return { kind: 'values', name: rest };
    if (tokens.kind === token.VALUE_ID) {
      const { name, part } = tokens.value();
      if (part !== undefined) return { kind: 'result', of: name, at: part };
      if (tokens.takeAllResults()) return { kind: 'results', of: name };
      return { kind: this.operationNames.has(name) ? 'operation' : 'value', name };
    }
    const types = tokens.typeRest();
    if (types !== undefined) return { kind: 'types', name: types };
    if (tokens.atCall()) return this.call('attribute', undefined);
    return tokens.atType() ? this.type() : tokens.attribute();
  }

  /** A call of a native function whose result is named by `name`, or by a number. */
  protected call(wanted: 'attribute' | 'type' | 'value', given: string | undefined): Term {
    const { tokens } = this;
    const location = tokens.location();
    if (++this.depth > deepest) failAt(`nested deeper than ${deepest} calls`, tokens.start);
    const native = tokens.name('a function');
    const terms = this.arguments();
    this.depth--;
    const name = given ?? this.freshName();
    const helper = this.natives.get(native);
    const [only] = helper?.kind === 'function' ? helper.results : [];
    // What has `%` may be an operation or several values as well.
    const sort: Sort = wanted === 'value' && (only === 'operation' || only === 'values') ? only : wanted;
    if (sort === 'operation') this.operationNames.add(name);
    this.steps.push({ kind: 'call', native, arguments: terms, results: [{ name, sort }], location });
    return { kind: wanted, name };
  }
}
